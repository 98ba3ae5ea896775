"""How well search finds: `./chosao bench relevance`. An invented catalogue and questions with judgements.

Per kind: P@10, nDCG@10, how many questions that must find something find nothing, and how many fall short of anything
asked of them; then each of those. Last the corrector, on typos and on words that are none of its business. The engine
is the shop's: with ELASTICSEARCH_URL set it is Elasticsearch, under an alias of the benchmarks' own.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence

SHOWN = 20


def main() -> None:
    """Index, ask, print. Ends with 1 where a question falls short."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-typos", action="store_true", help="only the questions")
    parser.add_argument("--seed", type=int, default=20260601, help="of the typos")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="chosao-bench-") as home:
        os.environ.update(CHOSAO_HOME=home, DATABASE_URL=f"sqlite:///{home}/bench.sqlite3")
        os.environ["DJANGO_SETTINGS_MODULE"] = "deploy.settings"
        import django  # noqa: PLC0415

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415

        call_command("migrate", interactive=False, verbosity=0)  # an index bears the mark of its database
        short = questions()
        if not arguments.no_typos:
            corrector(arguments.seed)
    sys.exit(1 if short else 0)


def questions() -> int:
    """Ask everything of this process's engine and print; how many fall short."""
    from catalog.search.services import engine  # noqa: PLC0415
    from deploy.bench._relevance.catalogue import specialities  # noqa: PLC0415
    from deploy.bench._relevance.measuring import by_kind, fill, means, measure  # noqa: PLC0415

    fill(engine())
    scores = measure(engine())
    short = [score for score in scores if not score.perfect]
    print(f"{len(specialities())} specialities, {len(scores)} questions, {type(engine()).__name__}")
    print(f"{'':<20}{'n':>5}{'P@10':>8}{'nDCG@10':>9}{'zero hits':>11}{'short':>7}")
    for kind, some in [*by_kind(scores).items(), ("all", scores)]:
        mean, failed = means(some), sum(not score.perfect for score in some)
        print(f"{kind:<20}{mean.count:>5}{mean.precision:>8.3f}{mean.ndcg:>9.3f}{mean.zero_rate:>11.1%}{failed:>7}")
    for score in short:
        print(f"\n{score.question.kind}: {score.question}  P@10 {score.precision:.2f}  nDCG {score.ndcg:.3f}")
        print(f"  {score.total} hits, {len(score.question.grades)} are right; {'; '.join(score.broken) or 'order'}")
        print(f"  first: {', '.join(score.first)}")
    return len(short)


def corrector(seed: int) -> None:
    """Typos put right, and words left alone: what the thresholds were chosen with, then what they had not seen."""
    from catalog.search.services import engine  # noqa: PLC0415
    from deploy.bench._relevance.typos import TUNED_ON, falsely_corrected, typos  # noqa: PLC0415

    for accents, how in ((False, "without accents"), (True, "with accents")):
        for seeds, part in ((TUNED_ON, "seen"), ((seed,), "unseen")):
            tried = [one for number in seeds for one in typos(engine(), accents=accents, seed=number)]
            restored, asked = sum(one.restored for one in tried), sum(one.asked_back for one in tried)
            print(f"\n{part} typos {how}: {len(tried)}, the same words again {restored / len(tried):.1%}, "
                  f"offered {asked / len(tried):.1%}, what was meant among the first ten "
                  f"{sum(one.found for one in tried) / len(tried):.1%}")  # fmt: skip
            count, wrong = falsely_corrected(engine(), accents=accents, seen=part == "seen")
            print(f"{part} real words and brands {how}: {count}, falsely corrected {len(wrong) / count:.1%}")
            _some("falsely corrected", [f"{typed} → {became}" for typed, became in wrong.items()])
        _some("not restored", [f"{one.typed} ({one.meant}) → {one.taken_for}" for one in tried if not one.restored])


def _some(name: str, lines: Sequence[str]) -> None:
    if lines:
        more = f"; {len(lines) - SHOWN} more" if len(lines) > SHOWN else ""
        print(f"  {name}: {'; '.join(lines[:SHOWN])}{more}")


if __name__ == "__main__":
    main()

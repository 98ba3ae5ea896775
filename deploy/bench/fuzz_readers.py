"""Damaged and crafted sources for every registry reader: `./chosao bench fuzz_readers [--minutes N] [--reader NAME]`.

Whatever is read gives records or SourceUnusable, within 10 seconds and 1 GB, and no row is lost. Inputs are made by
hypothesis; where atheris is installed, half of the time goes to inputs that it finds by coverage (a workbook's cells
are read in another process, and are left to hypothesis). What breaks a rule is shrunk, printed and kept in var/fuzz.
"""

import argparse
import hashlib
import importlib.util
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "var" / "fuzz"
READERS = ("workbook", "csv", "json", "jsonl", "feed", "dates", "stars")
BY_COVERAGE = ("csv", "json", "jsonl", "dates", "stars")
SHRINKING = 60  # seconds that the smallest input may be looked for after the time is up
BATCH = 200  # examples between two looks at the clock


def main() -> None:
    """Print a summary for each reader; 1 when a rule was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--reader", choices=READERS, action="append")
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings")
    import django  # noqa: PLC0415

    django.setup()
    readers = arguments.reader or list(READERS)
    seconds = arguments.minutes * 60 / len(readers)
    broken = sum(fuzz(reader, seconds) for reader in readers)
    sys.exit(1 if broken else 0)


def fuzz(reader: str, seconds: float) -> int:
    """Try one reader for so long. Returns how many rules were broken in different ways."""
    by_coverage = reader in BY_COVERAGE and importlib.util.find_spec("atheris") is not None
    failures = generate(reader, seconds / 2 if by_coverage else seconds)
    if by_coverage:
        command = [sys.executable, "-m", "deploy.bench._fuzz_coverage", reader, str(int(seconds / 2)), str(KEPT)]
        done = subprocess.run(command, cwd=ROOT, check=False, stderr=subprocess.PIPE, text=True)
        if done.returncode:
            failures += 1
            print(f"{reader}: BROKEN by coverage, kept in {KEPT}\n{done.stderr[-3000:]}", flush=True)
    return failures


def generate(reader: str, seconds: float) -> int:
    """Inputs by hypothesis; each failure is shrunk and printed once."""
    from deploy.bench import _fuzz_checks as checks  # noqa: PLC0415

    tally, met = checks.Tally(), set[str]()
    until = time.monotonic() + seconds
    seed = int(time.time())
    while time.monotonic() < until:
        seed += 1
        try:
            batch(reader, tally, seed, until)
        except checks.Broken as error:
            kind = str(error)[:80]
            if kind not in met:
                met.add(kind)
                print(
                    f"{reader}: BROKEN: {error}", "\n  ".join(getattr(error, "__notes__", [])), sep="\n  ", flush=True
                )
    own, children = checks.memory()
    told = ", ".join(f"{name} {count}" for name, count in tally.outcomes.most_common())
    print(f"{reader}: {tally.inputs} inputs by hypothesis, {tally.seconds:.0f} s in the reader, slowest "
          f"{tally.slowest:.2f} s, memory {own} MB (process of the cells {children} MB), broken {len(met)}\n    {told}",
          flush=True)  # fmt: skip
    return len(met)


def batch(reader: str, tally: Any, seed: int, until: float) -> None:
    """One round of examples. Raises Broken with the smallest input that was found."""
    from hypothesis import HealthCheck, given, settings  # noqa: PLC0415
    from hypothesis import seed as seeded  # noqa: PLC0415

    from deploy.bench import _fuzz_checks as checks  # noqa: PLC0415

    failed: list[Any] = []

    @seeded(seed)
    @settings(
        max_examples=BATCH,
        deadline=None,
        database=None,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy_of(reader))
    def one(given_input: Any) -> None:
        if time.monotonic() < until + SHRINKING:
            try:
                checks.check(reader, given_input, tally)
            except checks.Broken:
                failed[:] = [given_input]
                raise

    try:
        one()
    except checks.Broken as error:
        error.add_note(f"kept as {keep(reader, failed[0])}")
        raise


def strategy_of(reader: str) -> Any:
    """The inputs of a reader."""
    from deploy.bench import _fuzz_inputs as inputs  # noqa: PLC0415

    return {
        "workbook": inputs.workbooks(), "csv": inputs.tables(), "json": inputs.pages(), "jsonl": inputs.item_lines(),
        "feed": inputs.walks(), "dates": inputs.texts, "stars": inputs.texts,
    }[reader]  # fmt: skip


def keep(reader: str, given_input: Any) -> Path:
    """Put an input aside."""
    content = given_input if isinstance(given_input, bytes) else repr(given_input).encode("utf-8", "surrogatepass")
    KEPT.mkdir(parents=True, exist_ok=True)
    path = KEPT / f"{reader}-{hashlib.sha256(content).hexdigest()[:12]}"
    path.write_bytes(content)
    return path


if __name__ == "__main__":
    main()

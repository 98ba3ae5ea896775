"""Inputs for one reader found by coverage: `python -m deploy.bench._fuzz_coverage READER SECONDS FOLDER` (atheris)."""

import os
import sys
import tempfile
import time
from pathlib import Path

import atheris

SEEDS = {
    "csv": ("Tên sản phẩm;Chủ thể;Hạng sao;Ngày\nMứt;HTX;4 sao;02/03/2026\n", 'product,producer\n"a\nb",c\n'),
    "json": ('{"as_of": "2026-11-23T00:00:00+07:00", "items": [{"registry_id": "1", "product_name": "a", "producer": '
             '{"name": "b"}, "recognitions": [{"star": 4, "score": 69.25}]}], "next_cursor": null}',),
    "jsonl": ('{"registry_id": "1", "product_name": "a", "producer": "b", "recognitions": [{"star": 4}]}\n{"a": 1}\n',),
    "dates": ("02/03/2026", "2026-03-02", "ngày 5 tháng 8 năm 2026", "46910"),
    "stars": ("4 sao (tiềm năng 5 sao)", "★★★★", "04", "4 SP OCOP 5 sao"),
}  # fmt: skip


def main() -> None:
    """Run libFuzzer for so long; it ends the process, with an error when a rule was broken."""
    reader, seconds, kept = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings")
    with atheris.instrument_imports(include=["ocop_sync.sources", "ocop_sync.normalise", "json", "csv"]):
        import django  # noqa: PLC0415

        django.setup()
        from deploy.bench import _fuzz_checks as checks  # noqa: PLC0415

    tally, started = checks.Tally(), time.monotonic()

    def one(data: bytes) -> None:
        checks.check(reader, data.decode("utf-8", "replace") if reader in ("dates", "stars") else data, tally)
        if time.monotonic() - started > seconds:
            told = ", ".join(f"{name} {count}" for name, count in tally.outcomes.most_common())
            print(f"{reader}: {tally.inputs} inputs by coverage, slowest {tally.slowest:.2f} s, "
                  f"memory {checks.memory()[0]} MB, broken 0\n    {told}", flush=True)  # fmt: skip
            os._exit(0)

    kept.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="chosao-fuzz-") as corpus:
        for number, text in enumerate(SEEDS[reader]):
            (Path(corpus) / str(number)).write_text(text, encoding="utf-8")
        options = ["-verbosity=0", "-max_len=4096", "-timeout=20", "-rss_limit_mb=1024"]
        options.append(f"-artifact_prefix={kept}/{reader}-")
        atheris.Setup([sys.argv[0], *options, corpus], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()

"""Processes of a shop side by side: `python -m tests.ocop_sync.runs.workers SOURCE FILE`: a run of this source."""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings")
django.setup()

from ocop_sync.runs.services import run_sync  # noqa: E402 - Django first
from tests.ocop_sync.held.making import DAY  # noqa: E402


def main(source: str, path: str) -> None:
    """Say `ready`, wait for a line, then run at once with the others; prints how many records were listed."""
    print("ready", flush=True)
    sys.stdin.readline()
    print(run_sync(path, source_name=source, as_of=DAY, allow_mass_delist=True).listed)


if __name__ == "__main__":
    main(*sys.argv[1:])

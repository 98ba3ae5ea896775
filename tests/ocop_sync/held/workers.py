"""Processes of a shop side by side: `python -m tests.ocop_sync.held.workers COMMAND ARGUMENT`.

sync FILE         a run of the source "nguon" over this table; prints how many records it listed, or the refusal's code
correct OFFICER   give the record "Mứt dâu 1" its decision's number, with a file; prints "in" or the refusal's code
"""

import os
import sys
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings")
django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402 - Django first

from catalog import clock  # noqa: E402
from catalog.errors import ShopError  # noqa: E402
from ocop_sync.held.deeds import Deed  # noqa: E402
from ocop_sync.held.models import Action  # noqa: E402
from ocop_sync.held.services import decide_on  # noqa: E402
from ocop_sync.runs.services import run_sync  # noqa: E402
from tests.ocop_sync.held.making import DAY, make_officer, record, seen  # noqa: E402


def sync(path: str) -> Callable[[], object]:
    return lambda: run_sync(path, source_name="nguon", as_of=DAY).listed


def correct(name: str) -> Callable[[], object]:
    officer, shown = make_officer(name), seen(record())
    deed = Deed(Action.CORRECTED, "Quyết định đã ký.", {"decision": "1207/QĐ-UBND"})

    def act() -> object:
        with clock.as_of(DAY):
            told = decide_on(officer, shown, deed, SimpleUploadedFile("qd.pdf", b"%PDF-1.7 scan"))
        return told.refused[0][1].code if told.refused else "in"

    return act


def main(command: str, argument: str) -> None:
    """Look, say `ready`, wait for a line, then act at once with the others."""
    act = {"sync": sync, "correct": correct}[command](argument)
    print("ready", flush=True)
    sys.stdin.readline()
    try:
        print(act())
    except ShopError as error:
        print(error.code)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Processes of a shop side by side: `python -m tests.catalog.synonyms.workers COMMAND ARGUMENT`.

put "OFFICER PHRASE,PHRASE"   add a group to version 1; prints the version's number or the refusal's code
follow NUMBER                 search until this version is in force here; prints what "kẹo" also finds then
"""

import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings")
django.setup()

from catalog.errors import ShopError  # noqa: E402 - Django first
from catalog.people.models import User  # noqa: E402
from catalog.search.synonyms import clauses  # noqa: E402
from catalog.search.tokens import tokens  # noqa: E402
from catalog.synonyms import services  # noqa: E402
from catalog.synonyms.groups import Kind, typed_group  # noqa: E402
from catalog.synonyms.in_force import synonyms_in_force  # noqa: E402


def put(argument: str) -> str:
    officer, phrases = argument.split(" ", 1)
    groups = (*services.version(1).groups, typed_group(Kind.GOODS, phrases, "", ""))
    try:
        by = User.objects.get(username=officer)
        return str(services.put_in_force(groups, base=1, by=by, why="thử").number)
    except ShopError as error:
        return error.code


def follow(number: str) -> str:
    until = time.monotonic() + 60
    while synonyms_in_force().number < int(number) and time.monotonic() < until:
        time.sleep(0.02)
    (clause,) = clauses(tokens("kẹo"))
    return " ".join(" ".join(alternative.words) for alternative in clause.alternatives)


def main(command: str, argument: str) -> None:
    """Say `ready`, wait for a line, then do it at once with the others."""
    synonyms_in_force()
    print("ready", flush=True)
    sys.stdin.readline()
    print({"put": put, "follow": follow}[command](argument))


if __name__ == "__main__":
    main(*sys.argv[1:])

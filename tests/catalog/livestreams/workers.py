"""Processes of a shop side by side: `python -m tests.catalog.livestreams.workers COMMAND ARGUMENT`.

prepare N     a host and an announced session; prints its code
draft CODE    make the draft of this code; prints its key
change TITLE  give the one session, as its version 1 was seen, this title; prints "in" or the refusal's code
publish CODE  publish the draft of this code; prints "in" or the refusal's code
withdraw WHY  an officer withdraws the host's first approval; prints "in" or the refusal's code
stop REASON   an officer stops it; prints "in" or the refusal's code
"""

import os
import sys
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings")
django.setup()

from catalog import clock  # noqa: E402 - Django first
from catalog.errors import ShopError  # noqa: E402
from catalog.livestreams import overseeing, services  # noqa: E402
from catalog.livestreams.models import LiveHost, Livestream  # noqa: E402
from catalog.people.models import User  # noqa: E402
from tests.catalog.livestreams.making import HOUR, announced, make_host, plan  # noqa: E402


def prepare(_: str) -> object:
    user, _host = make_host()
    return announced(user).code


def draft(code: str) -> object:
    user = User.objects.get(producer_memberships__isnull=False)
    return services.draft(user, services.owners_of(user)[0], code, plan(clock.now() + HOUR)).pk


def change(title: str) -> object:
    user = User.objects.get(producer_memberships__isnull=False)
    session = Livestream.objects.get()
    seen = plan(session.starts_at, title=title)
    return _outcome(lambda: services.change(user, session.code, 1, seen, confirmed=True))


def stop(reason: str) -> object:
    officer = User.objects.get(is_officer=True)
    return _outcome(lambda: overseeing.stop(Livestream.objects.get().code, officer, reason))


def publish(code: str) -> object:
    user = User.objects.get(producer_memberships__isnull=False)
    session = Livestream.objects.get(code=code)
    seen = plan(session.starts_at)
    return _outcome(lambda: services.change(user, code, 0, seen, confirmed=True))


def withdraw(why: str) -> object:
    officer = User.objects.get(is_officer=True)
    return _outcome(lambda: overseeing.withdraw(LiveHost.objects.get().pk, officer, 1, why))


def _outcome(act: Callable[[], object]) -> str:
    try:
        act()
    except ShopError as error:
        return error.code
    return "in"


def main(command: str, argument: str) -> None:
    """Say `ready`, wait for a line, then do it all at once with the others."""
    print("ready", flush=True)
    sys.stdin.readline()
    deeds = {"prepare": prepare, "draft": draft, "change": change, "stop": stop, "publish": publish}
    print({**deeds, "withdraw": withdraw}[command](argument))


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Signs of life, and what follows from them for ordering."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from catalog import clock
from catalog.health.models import Sign
from catalog.health.services import SALEOR, STALE, look_at_saleor, note, noted, pause
from catalog.saleor.client import client
from tests.embedded_server import Api

pytestmark = pytest.mark.django_db
NOWHERE = "http://127.0.0.1:9/graphql/"


def aged(name: str, by: timedelta) -> None:
    """As if everything about it had happened so much earlier."""
    sign = Sign.objects.get(name=name)
    good = sign.good_at and sign.good_at - by
    Sign.objects.filter(name=name).update(at=sign.at - by, since=sign.since - by, good_at=good)


def test_a_sign_is_written_over_and_remembers_since_when() -> None:
    note("x", detail={"n": 1})
    first = Sign.objects.get()
    note("x", detail={"n": 2})
    second = Sign.objects.get()
    note("x", ok=False, detail={"n": 3})
    third = Sign.objects.get()

    assert (second.since, second.detail) == (first.since, {"n": 2})
    assert second.at > first.at
    assert (third.ok, third.since, third.good_at, third.detail) == (False, third.at, second.at, {"n": 3})


def test_there_is_one_row_a_name() -> None:
    note("x")
    now = clock.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        Sign.objects.create(name="x", at=now, ok=True, since=now)


def test_work_that_fails_is_noted_and_the_failure_goes_on() -> None:
    def work() -> None:
        with noted("x") as detail:
            detail["read"] = 7
            raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        work()

    sign = Sign.objects.get()
    assert (sign.ok, sign.detail) == (False, {"read": 7, "why": "ValueError: broken"})
    assert sign.good_at is None


def test_a_saleor_that_answers_leaves_ordering_open(saleor: Api) -> None:
    assert look_at_saleor()

    sign = Sign.objects.get(name=SALEOR)
    assert (sign.ok, sign.detail["answers"], sign.detail["knows_us"]) == (True, True, True)
    assert pause() is None


def test_one_vain_look_says_nothing_two_in_a_row_do(settings) -> None:
    settings.SALEOR_API_URL = NOWHERE
    assert not look_at_saleor()
    assert pause() is None

    look_at_saleor()

    found = pause()
    assert found
    assert found.since == Sign.objects.get(name=SALEOR).since


def test_a_token_that_saleor_does_not_know_pauses_ordering_too(saleor: Api, settings) -> None:
    settings.SALEOR_APP_TOKEN = "of-somebody-else"

    look_at_saleor()
    look_at_saleor()

    assert Sign.objects.get(name=SALEOR).detail["answers"]
    assert pause()


def test_a_look_that_is_old_stops_nobody(settings) -> None:
    settings.SALEOR_API_URL = NOWHERE
    look_at_saleor()
    look_at_saleor()

    aged(SALEOR, STALE)

    assert pause() is None


def test_it_goes_away_by_itself(saleor: Api, settings) -> None:
    address, settings.SALEOR_API_URL = settings.SALEOR_API_URL, NOWHERE
    look_at_saleor()
    look_at_saleor()
    assert pause()

    settings.SALEOR_API_URL = address
    look_at_saleor()

    assert pause() is None


def test_what_this_process_has_just_met_counts_at_once(settings) -> None:
    settings.SALEOR_API_URL = "http://127.0.0.1:9/other/"
    client().breaker.failed(wait=5)

    found = pause()

    assert found
    assert found.since is None

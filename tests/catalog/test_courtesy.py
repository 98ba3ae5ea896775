"""A batch waits for people who are served, for a moment, and for nobody else."""

import time
from pathlib import Path
from threading import Thread

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from catalog import courtesy
from catalog.courtesy import CourtesyMiddleware, give_way

pytestmark = pytest.mark.django_db
PAUSES = 5  # of a batch, before its patience ends


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings) -> list[float]:
    """The pauses that a batch made, by a clock of their own."""
    settings.HOME = tmp_path
    made: list[float] = []
    monkeypatch.setattr(time, "sleep", made.append)
    monkeypatch.setattr(time, "monotonic", lambda: courtesy.LONGEST * len(made) / PAUSES)
    return made


def serving(method: str) -> HttpResponse:
    """A request during which a batch finishes a transaction."""

    def answer(_: HttpRequest) -> HttpResponse:
        give_way()
        return HttpResponse("served")

    return CourtesyMiddleware(answer)(RequestFactory().generic(method, "/dat-hang/"))


def test_a_batch_waits_while_somebody_who_may_write_is_served_and_goes_on_in_the_end(pauses: list[float]) -> None:
    assert serving("POST").content == b"served"
    assert len(pauses) == (PAUSES if connection.vendor == "sqlite" else 0)


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_a_batch_does_not_wait_for_a_reader(method: str, pauses: list[float]) -> None:
    serving(method)
    assert pauses == []


def test_a_batch_does_not_wait_once_people_have_been_served(pauses: list[float]) -> None:
    def fail(_: HttpRequest) -> HttpResponse:
        raise RuntimeError

    CourtesyMiddleware(lambda _: HttpResponse())(RequestFactory().post("/"))
    with pytest.raises(RuntimeError):
        CourtesyMiddleware(fail)(RequestFactory().post("/"))
    give_way()
    assert pauses == []


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite has one writer at a time")
def test_people_do_not_wait_for_each_other(pauses: list[float]) -> None:
    served: list[bytes] = []
    inner = CourtesyMiddleware(lambda _: HttpResponse("both"))
    outer = CourtesyMiddleware(lambda _: inner(RequestFactory().post("/")))
    waiting = Thread(target=lambda: served.append(outer(RequestFactory().post("/")).content), daemon=True)
    waiting.start()
    waiting.join(30)  # of two that waited for each other neither would ever be served
    assert served == [b"both"]

"""How many people of a process may wait for Saleor at once, and how long."""

import threading
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from django.http import HttpRequest, HttpResponse

from catalog.saleor import patience
from catalog.saleor.client import Saleor, SaleorUnavailable
from catalog.saleor.errors import SaleorBusy
from catalog.saleor.patience import PLACES, PatienceMiddleware, at_most, take_place, visit


@pytest.fixture(autouse=True)
def _short_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "WAIT", 0.05)


def test_two_wait_and_the_third_is_told_at_once() -> None:
    seated, over = threading.Barrier(PLACES + 1), threading.Event()

    def waits() -> None:
        with visit():
            take_place()
            seated.wait(10)
            over.wait(10)

    with ThreadPoolExecutor(PLACES) as pool:
        waiting = [pool.submit(waits) for _ in range(PLACES)]
        seated.wait(10)
        with visit(), pytest.raises(SaleorBusy):
            take_place()
        over.set()
        for one in waiting:
            one.result(10)
    with visit():
        take_place()


def test_one_visit_takes_one_place_however_often_it_asks() -> None:
    with visit():
        for _ in range(PLACES + 1):
            take_place()


def test_a_visit_that_fails_gives_its_place_back() -> None:
    def breaks(_request: HttpRequest) -> HttpResponse:
        take_place()
        raise KeyError

    for _ in range(PLACES + 1):
        with pytest.raises(KeyError):
            PatienceMiddleware(breaks)(HttpRequest())


def test_a_visit_that_never_speaks_to_saleor_takes_no_place() -> None:
    with visit(), visit(), visit():
        assert at_most(7) == 7


def test_work_without_a_person_has_no_limit() -> None:
    for _ in range(PLACES + 1):
        take_place()
    assert at_most(90) == 90


def test_what_is_left_grows_less_and_ends_with_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "BUDGET", 5.0)
    with visit():
        assert at_most(10) == 10
        take_place()
        assert 4 < at_most(10) <= 5
        assert at_most(1) == 1
    monkeypatch.setattr(patience, "BUDGET", 0.0)
    with visit():
        take_place()
        with pytest.raises(SaleorUnavailable, match="not available"):
            at_most(10)


def test_the_client_gives_a_person_what_is_left_and_the_worker_all_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    limits = []

    def answer(request: httpx.Request) -> httpx.Response:
        limits.append(request.extensions["timeout"]["read"])
        return httpx.Response(200, json={"data": {"order": None}})

    saleor = Saleor("http://saleor.invalid/", "", transport=httpx.MockTransport(answer))
    monkeypatch.setattr(patience, "BUDGET", 3.0)

    saleor.order(id="T")
    with visit():
        saleor.order(id="T")

    assert limits[0] == 10
    assert 2 < limits[1] <= 3

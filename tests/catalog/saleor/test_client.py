"""The client over a bad line: what is tried again, what is not, and how it says that it does not know."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from catalog.breaker import Circuit
from catalog.saleor import client as client_module
from catalog.saleor.client import PermissionDenied, Presence, Saleor, SaleorFault, SaleorUnavailable
from catalog.saleor.setup import category_id

Answer = Callable[[httpx.Request], httpx.Response]
PROBED = {"data": {"app": {"id": "QXBwOjE="}}}
AWAY = {"errors": [{"message": "Internal Server Error", "extensions": {"exception": {"code": "OperationalError"}}}]}
STOCKED = {"data": {"stockBulkUpdate": {"count": 0, "results": [], "errors": []}}}
CANCELLED: dict[str, Any] = {"data": {"orderCancel": {"order": None, "errors": []}}}


class Script:
    """Answers documents in the order of `answers`, the small question by `there`; keeps the names that were sent."""

    def __init__(self, *answers: httpx.Response | Exception, there: bool = True) -> None:
        self.answers, self.there = list(answers), there
        self.sent: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        name = json.loads(request.content)["operationName"]
        self.sent.append(name)
        if name == "Probe" and self.sent != ["Probe"] * len(self.sent):
            return httpx.Response(200, json=PROBED) if self.there else httpx.Response(503)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def speaking(script: Script, pauses: tuple[float, ...] = (0.0, 0.0)) -> Saleor:
    return Saleor("http://saleor.invalid/graphql/", "t", transport=httpx.MockTransport(script), pauses=pauses)


def fine(answer: object) -> httpx.Response:
    return httpx.Response(200, json=answer)


@pytest.mark.parametrize(
    "fault",
    [
        httpx.Response(500, text="<h1>Server Error (500)</h1>"),
        httpx.Response(502, json={"message": "bad gateway"}),
        httpx.Response(503),
        httpx.Response(504),
        httpx.Response(429),
        httpx.Response(200, content=b'{"data": {"ord'),
        httpx.Response(200, json=AWAY),
        httpx.ReadError("reset"),
        httpx.ReadTimeout("hangs"),
        httpx.RemoteProtocolError("cut off"),
    ],
    ids=lambda fault: str(fault)[:30],
)  # fmt: skip
def test_a_question_is_asked_again_after_any_fault(fault: httpx.Response | Exception) -> None:
    script = Script(fault, fine({"data": {"order": None}}))

    assert speaking(script).order(id="T").order is None

    assert script.sent == ["Order", "Probe", "Order"]


@pytest.mark.parametrize("fault", [httpx.Response(500), httpx.ReadTimeout("hangs"), httpx.Response(200, text="{")])
def test_what_may_have_been_done_is_not_sent_twice(fault: httpx.Response | Exception) -> None:
    script = Script(fault, fine(CANCELLED))

    with pytest.raises(SaleorUnavailable) as silence:
        speaking(script).cancel_order(id="T")

    assert script.sent == ["CancelOrder"]
    assert silence.value.was_sent


@pytest.mark.parametrize("fault", [httpx.ConnectError("refused"), httpx.ConnectTimeout("no"), httpx.Response(429)])
def test_what_cannot_have_been_done_is_sent_again(fault: httpx.Response | Exception) -> None:
    script = Script(fault, fine(CANCELLED))

    speaking(script).cancel_order(id="T")

    assert script.sent == ["CancelOrder", "Probe", "CancelOrder"]


def test_a_refusal_is_an_answer() -> None:
    script = Script(*[httpx.Response(400, json={"errors": [{"message": "no"}]})] * 9)
    saleor = speaking(script)

    for _ in range(9):
        with pytest.raises(SaleorFault):
            saleor.order(id="T")

    assert script.sent == ["Order"] * 9
    assert saleor.breaker.state is Circuit.CLOSED


def test_once_it_is_known_to_be_silent_nothing_is_sent() -> None:
    script = Script(httpx.ReadTimeout("hangs"), there=False)
    saleor = speaking(script, pauses=(0.0,))
    with pytest.raises(SaleorUnavailable):
        saleor.order(id="T")
    before = len(script.sent)

    with pytest.raises(SaleorUnavailable) as silence:
        saleor.complete_checkout(id="T")

    assert len(script.sent) == before
    assert not silence.value.was_sent
    assert 0 < silence.value.again_in <= 0.7


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("30", 30.0), ("600", 60.0), ("0", 0.0), ("soon", 0.0), ("-3", 0.0),
        ("Fri, 31 Dec 2999 23:59:59 GMT", 60.0), ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0),
    ],
    ids=["half a minute", "longer than is waited", "none", "a word", "negative", "a date to come", "a date gone by"],
)  # fmt: skip
def test_a_time_that_the_server_names_is_kept(header: str, seconds: float) -> None:
    busy = httpx.Response(429, headers={"Retry-After": header})
    saleor = speaking(Script(busy), pauses=())

    with pytest.raises(SaleorUnavailable) as silence:
        saleor.order(id="T")

    assert silence.value.again_in == seconds
    assert saleor.breaker.state is (Circuit.OPEN if seconds else Circuit.DOUBTED)


def test_long_work_goes_over_connections_of_its_own() -> None:
    """A connection that is kept stays with one process of Saleor's; what people wait for keeps it all the same."""
    kept: dict[str, str] = {}

    def answer(request: httpx.Request) -> httpx.Response:
        name = json.loads(request.content)["operationName"]
        kept[name] = request.headers["Connection"]
        return fine(STOCKED if name == "UpdateStocks" else CANCELLED)

    api = Saleor("http://saleor.invalid/graphql/", "t", transport=httpx.MockTransport(answer))
    api.update_stocks(stocks=[])
    api.cancel_order(id="T3JkZXI6MQ==")
    assert kept == {"UpdateStocks": "close", "CancelOrder": "keep-alive"}


def test_a_category_is_asked_for_once() -> None:
    asked = []

    def answer(request: httpx.Request) -> httpx.Response:
        slugs = json.loads(request.content)["variables"]["slugs"]
        asked.append(slugs)
        edges = [{"node": {"id": f"id of {slug}", "slug": slug, "name": slug}} for slug in slugs]
        return fine({"data": {"categories": {"edges": edges}}})

    api = Saleor("http://saleor.invalid/graphql/", "t", transport=httpx.MockTransport(answer))
    found = {category_id(api, set_no=13, branch=branch) for branch in range(1, 7)}
    assert len(found) == len(asked) == 1
    assert category_id(api, set_no=None, branch=2) not in found


@pytest.mark.parametrize(
    ("answer", "presence"),
    [
        (fine(PROBED), Presence(answers=True, knows_us=True)),
        (fine({"data": {"app": None}}), Presence(answers=True, knows_us=False)),
        (
            fine({"data": {"app": None}, "errors": [
                {"message": "need: AUTHENTICATED_APP", "extensions": {"exception": {"code": "PermissionDenied"}}}
            ]}),
            Presence(answers=True, knows_us=False, why="need: AUTHENTICATED_APP"),
        ),
        (httpx.Response(502), Presence(answers=False, knows_us=False, why="HTTP 502")),
        (httpx.ReadTimeout("hangs"), Presence(answers=False, knows_us=False, why="ReadTimeout: hangs")),
    ],
)  # fmt: skip
def test_presence_tells_silence_from_a_token_that_is_not_known(answer: httpx.Response, presence: Presence) -> None:
    assert speaking(Script(answer)).presence(1.0) == presence


def test_to_a_stranger_nothing_exists_and_that_is_not_believed() -> None:
    with pytest.raises(PermissionDenied):
        speaking(Script(fine({"data": {"app": None}}))).recognised()
    speaking(Script(fine(PROBED))).recognised()


@contextmanager
def server(talk: Callable[[socket.socket], None]) -> Iterator[str]:
    """A socket that accepts, reads a request, and then does as `talk` says; its address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            while True:
                try:
                    line, _ = listening.accept()
                except OSError:
                    return
                threading.Thread(target=answer, args=[line], daemon=True).start()

        def answer(line: socket.socket) -> None:
            with line:
                line.recv(65536)
                talk(line)

        accepting = threading.Thread(target=serve, daemon=True)
        accepting.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/graphql/"
        listening.shutdown(socket.SHUT_RDWR)
    accepting.join(10)


def test_a_server_that_accepts_and_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()

    def hang(_line: socket.socket) -> None:
        over.wait(10)

    monkeypatch.setattr(client_module, "SECONDS", 0.2)
    monkeypatch.setattr(client_module, "PROBE_SECONDS", 0.1)
    with server(hang) as url:
        saleor = Saleor(url, "t", pauses=(0.0,))
        with pytest.raises(SaleorUnavailable) as silence:
            saleor.order(id="T")
        over.set()
    assert silence.value.was_sent
    assert saleor.breaker.state is not Circuit.CLOSED


def test_an_answer_that_trickles_in_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each byte comes in time, so that the time-outs of the line alone would wait for ever."""
    over = threading.Event()
    monkeypatch.setattr(client_module, "SECONDS", 0.3)

    def trickle(line: socket.socket) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n")
        while not over.wait(0.05):
            try:
                line.sendall(b" ")
            except OSError:
                return

    with server(trickle) as url:
        saleor = Saleor(url, "t", pauses=())
        with pytest.raises(SaleorUnavailable) as silence:
            saleor.order(id="T")
        over.set()
    assert silence.value.data["reason"] == "ReadTimeout: the answer came too slowly"

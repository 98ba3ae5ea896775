"""A line to the real server that loses named documents: before they arrive, after they were done, or for later."""

import json
from collections import Counter

import httpx
import pytest

from catalog.saleor import client as client_module
from catalog.saleor.client import Saleor
from tests.embedded_server import Api


class TornLine(httpx.BaseTransport):
    """`lose` is {document: "before", "after" or "late"}; `wake` has what came late worked off. Counts what was sent."""

    def __init__(self) -> None:
        self.inner = httpx.HTTPTransport()
        self.lose: dict[str, str] = {}
        self.sent = Counter[str]()
        self._asleep: list[httpx.Request] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Pass it on, or lose it."""
        name = json.loads(request.content)["operationName"]
        self.sent[name] += 1
        how = self.lose.get(name, "")
        if how == "late":
            self._asleep.append(request)
        if how in ("late", "before"):
            raise httpx.ReadTimeout("hangs")
        response = self.inner.handle_request(request)
        if how == "after":
            response.read()
            raise httpx.ReadError("cut")
        return response

    def wake(self) -> list[dict[str, object]]:
        """The server works off what it was sent while it slept; its answers, which nobody hears."""
        asleep, self._asleep = self._asleep, []
        return [json.loads(self.inner.handle_request(request).read())["data"] for request in asleep]


def torn_line(monkeypatch: pytest.MonkeyPatch, server: Api) -> TornLine:
    """Let everything of this process speak over such a line, without pauses between tries."""
    line = TornLine()
    api = Saleor(server.url, server.token, transport=line, pauses=(0.0,))
    monkeypatch.setattr(client_module, "_kept", lambda _url, _token: api)
    return line

"""One try over the line: an answer of the API, or a fault of the line that says what it means.

Here stands what httpx does not do: a limit for a whole answer (its time-outs start anew with every byte), and the
reading of `Retry-After`.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from catalog import clock

BUSY = frozenset({429, 502, 503, 504})
LONGEST_RETRY_AFTER = 60.0  # seconds
ANSWER = "chosao.answer"  # where a response keeps its parsed body
# What Saleor's own database and queue raise while they are away; it answers with HTTP 200 then.
_AWAY = frozenset({"InterfaceError", "OperationalError"})


@dataclass(frozen=True, slots=True)
class Fault:
    """No answer. `untouched`: nothing can have been done; `wait`: seconds that the server asked for."""

    reason: str
    untouched: bool = False
    wait: float = 0.0


class Line:
    """What the generated client posts through. Safe for use by threads."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http

    def post(self, url: str, *, timeout: httpx.Timeout, **request: Any) -> httpx.Response:
        """The response with its whole body, within about the read time-out. Raises httpx.TransportError."""
        until = time.monotonic() + (timeout.read or 0.0)
        with self._http.stream("POST", url, timeout=timeout, **request) as response:
            parts = []
            for part in response.iter_bytes():
                parts.append(part)
                if time.monotonic() > until:
                    raise httpx.ReadTimeout("the answer came too slowly", request=response.request)
        kept = {name: response.headers[name] for name in ("content-type", "retry-after") if name in response.headers}
        return httpx.Response(response.status_code, headers=kept, content=b"".join(parts), request=response.request)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()


def attempt(send: Callable[[], httpx.Response]) -> httpx.Response | Fault:
    """One try. A response comes back with its body parsed under `extensions[ANSWER]`."""
    try:
        response = send()
    except httpx.TransportError as error:
        unsent = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)
        return Fault(f"{type(error).__name__}: {error}", untouched=unsent)
    status = response.status_code
    if status in BUSY:
        return Fault(f"HTTP {status}", untouched=status == 429, wait=_retry_after(response))
    try:
        answer = response.json()
    except ValueError:
        answer = None
    if isinstance(answer, dict) and answer.keys() & {"data", "errors"}:
        response.extensions[ANSWER] = answer
        away = {code_of(error) for error in answer.get("errors") or ()} & _AWAY
        return Fault(f"Saleor's own {away.pop()}") if away else response
    if status >= 500 or status == 200:  # broken, or cut off on its way here
        return Fault(f"HTTP {status} without an answer of the API")
    return response


def code_of(error: Any) -> str:
    """The class of the exception behind an entry of `errors`."""
    extensions = (error.get("extensions") if isinstance(error, dict) else None) or {}
    return str((extensions.get("exception") or {}).get("code") or "")


def _retry_after(response: httpx.Response) -> float:
    """Seconds of the header, which is a number or a date; 0 without one."""
    told = response.headers.get("retry-after", "").strip()
    try:
        seconds = float(told) if told[:1].isdigit() and "," not in told else _until(told)
    except (TypeError, ValueError):
        return 0.0
    return min(max(0.0, seconds), LONGEST_RETRY_AFTER)


def _until(date: str) -> float:
    return (parsedate_to_datetime(date) - clock.now()).total_seconds() if date else 0.0

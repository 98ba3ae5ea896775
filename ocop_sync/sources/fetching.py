"""One address fetched again and again, guardedly: checked hosts, limits of time and size, patience when asked."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from ocop_sync.sources.addresses import Place, place_of, resolved
from ocop_sync.sources.refusals import Refusal

CONNECT_WITHIN, READ_WITHIN = 5.0, 30.0  # seconds, each time something is awaited
PAGE_WITHIN = 120.0  # seconds for one page, all in all
FEED_WITHIN = 1800.0  # seconds for all pages
LARGEST_PAGE = 16 * 1024 * 1024  # bytes, unpacked
TRIES = 5
LONGEST_WAIT = 60.0  # seconds between two tries; a server that asks for more is left alone until the next run
MOST_REDIRECTS = 3
_PATIENCE = (429, 502, 503, 504)
_REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True)
class Answer:
    """Status, headers and the whole body (of a 200 alone)."""

    status: int
    headers: Mapping[str, str]
    content: bytes = b""


class Fetcher:
    """GETs of one place. The token goes to that origin alone, and into no error and no log."""

    def __init__(self, place: Place, token: str, source: str) -> None:
        if not (token.isascii() and token.isprintable()) or " " in token:
            raise Refusal("bad_token", source=source)
        self.source = source
        self._place, self._token = place, token
        self._until = time.monotonic() + FEED_WITHIN
        timeout = httpx.Timeout(READ_WITHIN, connect=CONNECT_WITHIN)
        # No proxy and no .netrc of the environment: either would send the token, or us, to somebody else.
        self._http = httpx.Client(timeout=timeout, trust_env=False, verify=httpx.create_ssl_context())

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()

    def get(self, query: Mapping[str, str], headers: Mapping[str, str]) -> Answer:
        """The answer, redirects of the same origin followed, 429 and 5xx waited for. Raises SourceUnusable."""
        place = self._place
        for _ in range(MOST_REDIRECTS + 1):
            answer = self._patiently(place, query, headers)
            if answer.status not in _REDIRECTS:
                return answer
            target = httpx.URL(_url(place, place.host)).copy_merge_params(query)
            place, query = self._redirected(target, answer.headers.get("Location", ""))
        raise Refusal("redirect", source=self.source, to=place.netloc, most=MOST_REDIRECTS)

    def _redirected(self, asked: httpx.URL, location: str) -> tuple[Place, Mapping[str, str]]:
        try:
            target = asked.join(location) if location else None
            place = place_of(str(target.copy_with(query=None, fragment=None))) if target else None
        except (httpx.InvalidURL, ValueError, Refusal):
            target = place = None
        if target is None or place is None or place.origin != self._place.origin:
            to = place.netloc if place else "—"
            raise Refusal("redirect", source=self.source, to=to, most=MOST_REDIRECTS)
        return place, dict(target.params)

    def _patiently(self, place: Place, query: Mapping[str, str], headers: Mapping[str, str]) -> Answer:
        reason = ""
        for attempt in range(TRIES):
            wait = 2.0**attempt
            if time.monotonic() > self._until:
                raise Refusal("too_slow", source=self.source, seconds=int(FEED_WITHIN))
            try:
                answer = self._once(place, query, headers)
            except (httpx.TransportError, httpx.DecodingError, OSError) as error:
                reason = type(error).__name__
            else:
                if answer.status not in _PATIENCE:
                    return answer
                reason, wait = f"HTTP {answer.status}", retry_after(answer.headers.get("Retry-After", ""), wait)
                if wait > LONGEST_WAIT:
                    raise Refusal("wait_longer", source=self.source, seconds=int(wait), status=answer.status)
            if attempt + 1 < TRIES:
                time.sleep(wait)
        raise Refusal("no_answer", source=self.source, tries=TRIES, reason=reason)

    def _once(self, place: Place, query: Mapping[str, str], headers: Mapping[str, str]) -> Answer:
        """Calls the address that was checked, under the name that the certificate has to bear."""
        until = min(self._until, time.monotonic() + PAGE_WITHIN)
        failed: Exception = OSError("no address")
        for address in resolved(place, self.source):
            request = self._http.build_request(
                "GET", _url(place, address), params=query, headers={**self._headers(place), **headers},
                extensions={"sni_hostname": place.host},
            )  # fmt: skip
            try:
                response = self._http.send(request, stream=True)
            except httpx.InvalidURL as error:  # httpx takes a redirect apart even when it is not to follow it
                raise Refusal("redirect", source=self.source, to="—", most=MOST_REDIRECTS) from error
            except httpx.ConnectError as error:  # the next address of the same host may answer
                failed = error
                continue
            try:
                return self._answer(response, until)
            finally:
                response.close()
        raise failed

    def _headers(self, place: Place) -> dict[str, str]:
        told = {"Host": place.netloc, "Accept": "application/json", "User-Agent": "chosao"}
        if self._token and place.origin == self._place.origin:
            told["Authorization"] = f"Bearer {self._token}"
        return told

    def _answer(self, response: httpx.Response, until: float) -> Answer:
        if response.status_code != httpx.codes.OK:
            return Answer(response.status_code, response.headers)
        chunks, size = [], 0
        for chunk in response.iter_bytes(1 << 16):
            chunks.append(chunk)
            size += len(chunk)
            if size > LARGEST_PAGE:
                raise Refusal("large_page", source=self.source, most=LARGEST_PAGE)
            if time.monotonic() > until:
                raise Refusal("too_slow", source=self.source, seconds=int(PAGE_WITHIN))
        return Answer(response.status_code, response.headers, b"".join(chunks))


def retry_after(told: str, otherwise: float) -> float:
    """Seconds to wait by a Retry-After header: a number of seconds or an HTTP date."""
    if told.isascii() and told.isdecimal():
        return float(told[:9])
    try:
        moment = parsedate_to_datetime(told)
    except (ValueError, TypeError, IndexError):
        return otherwise
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _url(place: Place, host: str) -> str:
    host = f"[{host}]" if ":" in host else host
    return f"{place.scheme}://{host}:{place.port}{place.path}"

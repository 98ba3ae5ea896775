"""The line to Elasticsearch: one client a process, a breaker, and its errors in the shop's words.

A search waits two seconds at most, and a server that hangs holds a few visitors, not each: after a fault the breaker
asks whether it is there at all. Reading again is harmless, so a broken connection is tried once more. What is written
is tried again where the server is busy; each document replaces itself, so that twice is once.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from elasticsearch import ApiError, Elasticsearch, TransportError
from elasticsearch.helpers import streaming_bulk

from catalog.breaker import Breaker, CircuitOpen
from catalog.search.errors import IndexRefused, SearchUnavailable

log = logging.getLogger(__name__)
READ_SECONDS: Final = 2.0
VOCABULARY_SECONDS: Final = 20.0  # read by one thread now and then
WRITE_SECONDS: Final = 60.0
PROBE_SECONDS: Final = 1.0
CHUNK: Final = 1000  # documents a bulk request, of at most
CHUNK_BYTES: Final = 10_000_000
TRIES, FIRST_PAUSE, LONGEST_PAUSE = 5, 0.2, 5.0  # of what a busy server turned away; seconds, doubling
_BUSY: Final = (429, 502, 503, 504)
_BEATEN, _GONE = 409, 404  # by a later writer; already


class Line:
    """Safe for use by threads."""

    def __init__(self) -> None:
        self._client = _client()
        self._breaker = Breaker(self._is_there, name="Elasticsearch")

    @contextmanager
    def reading(self, seconds: float | None = None) -> Iterator[Elasticsearch]:
        """A client for reads that waits `READ_SECONDS`, or so long. Raises SearchUnavailable."""
        with self._asked():
            yield self._client.options(request_timeout=seconds or READ_SECONDS, max_retries=1)

    @contextmanager
    def writing(self) -> Iterator[Elasticsearch]:
        """A client for writes. Raises SearchUnavailable, IndexRefused."""
        with self._asked():
            yield self._client.options(
                request_timeout=WRITE_SECONDS, max_retries=2, retry_on_timeout=True, retry_on_status=(502, 504)
            )

    @contextmanager
    def _asked(self) -> Iterator[None]:
        try:
            self._breaker.admit()
        except CircuitOpen as error:
            raise SearchUnavailable from error
        try:
            yield
        except TransportError as error:
            self._breaker.failed()
            log.warning("Elasticsearch does not answer: %s", _line_fault(error))
            raise SearchUnavailable from error
        except ApiError as error:
            status = error.meta.status
            if status in _BUSY:
                self._breaker.failed()
                log.warning("Elasticsearch is busy or not whole: %s", reason(error))
                raise SearchUnavailable from error
            self._breaker.succeeded()
            log.warning("Elasticsearch refuses: %s", reason(error))
            raise IndexRefused(reason=reason(error)) from error
        else:
            self._breaker.succeeded()

    def _is_there(self) -> bool:
        return self._client.options(request_timeout=PROBE_SECONDS, max_retries=0).ping()


def bulk(client: Elasticsearch, target: str, actions: Iterable[dict[str, Any]], *, is_alias: bool) -> None:
    """Write in chunks; items that a busy server turned away are sent again. Raises IndexRefused and the client's own.

    Not an error: that a later writer was faster, and that what is to be deleted is not there.
    """
    told = streaming_bulk(
        client, actions, index=target, require_alias=is_alias, chunk_size=CHUNK, max_chunk_bytes=CHUNK_BYTES,
        max_retries=TRIES, initial_backoff=FIRST_PAUSE, max_backoff=LONGEST_PAUSE, retry_on_status=(429, 503),
        raise_on_error=False, yield_ok=False,
    )  # fmt: skip
    refused = []
    for _, item in told:
        (how, outcome), *_ = item.items()
        if outcome["status"] != _BEATEN and (how, outcome["status"]) != ("delete", _GONE):
            refused.append(outcome)
    if refused:
        first = refused[0]
        why = first.get("error", "")
        why = why.get("reason", "") if isinstance(why, dict) else why
        raise IndexRefused(reason=f"{len(refused)} documents, the first is {first.get('_id')}: {why}")


def reason(error: ApiError) -> str:
    """What the server said, in a line."""
    told = error.body.get("error") if isinstance(error.body, dict) else error.body
    if isinstance(told, dict):
        told = f"{told.get('type')}: {told.get('reason')}"
    return f"{error.meta.status} {told}"


def _line_fault(error: TransportError) -> str:
    """The kind of fault; addresses may carry a password, so that only the kind is told."""
    causes = [type(one).__name__ for one in (error, *error.errors)]
    return ", ".join(dict.fromkeys(causes))


def _client() -> Elasticsearch:
    urls = [url.strip() for url in settings.ELASTICSEARCH_URL.split(",") if url.strip()]
    for url in urls:
        _check(url)
    options: dict[str, Any] = {}
    if settings.ELASTICSEARCH_API_KEY:
        options["api_key"] = settings.ELASTICSEARCH_API_KEY
    if settings.ELASTICSEARCH_CA_FILE:
        options["ca_certs"] = settings.ELASTICSEARCH_CA_FILE
    try:
        return Elasticsearch(urls, retry_on_timeout=False, **options)
    except (ValueError, OSError) as error:
        raise ImproperlyConfigured(f"the settings ELASTICSEARCH_*: {error}") from error


def _check(url: str) -> None:
    try:
        parts = urlsplit(url)
        good = parts.hostname and (parts.scheme == "https" or (parts.scheme == "http" and parts.port))
    except ValueError:
        good = False
    if not good:
        raise ImproperlyConfigured("ELASTICSEARCH_URL: each address is https://host or http://host:port")

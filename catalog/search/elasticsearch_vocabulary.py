"""Every word of the catalogue in Elasticsearch: each document's distinct words stand in a field of their own, whose
values are counted in pages."""

import threading
import time
from typing import Any, Final

from elasticsearch import Elasticsearch

from catalog.search import elasticsearch_indexes as indexes
from catalog.search.elasticsearch_line import VOCABULARY_SECONDS, Line
from catalog.search.elasticsearch_schema import VOCABULARY
from catalog.search.engine import Vocabulary

PAGE: Final = 50_000  # words; a server counts 65,536 values at most in one answer
_REST: Final = 50  # words are kept this many times as long as reading them took


class Words:
    """The vocabulary of this process. One thread reads it anew; the others meanwhile use what there is."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: tuple[str, Vocabulary] | None = None
        self._fresh_until = 0.0

    def forget(self) -> None:
        """This process has changed the index."""
        self._known = None

    def read(self, line: Line, generation: str) -> Vocabulary:
        """That of a generation, or a little older. Raises SearchUnavailable."""
        known = self._known
        if known and (known[0] == generation or time.monotonic() < self._fresh_until):
            return known[1]
        if not self._lock.acquire(blocking=known is None) and known:
            return known[1]
        try:
            if self._known and self._known[0] == generation:
                return self._known[1]  # another thread was faster
            started = time.monotonic()
            with line.reading(VOCABULARY_SECONDS) as client:
                words = Vocabulary(*(_count(client, field) for field in VOCABULARY.values()))
            ended = time.monotonic()
            self._known, self._fresh_until = (generation, words), ended + (ended - started) * _REST
            return words
        finally:
            self._lock.release()


def _count(client: Elasticsearch, field: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    asked: dict[str, Any] = {"size": PAGE, "sources": [{"word": {"terms": {"field": field}}}]}
    while True:
        with indexes.missing_is_unavailable():
            told = client.search(
                index=indexes.alias(), size=0, track_total_hits=False, aggs={"words": {"composite": asked}}
            )
        page = told["aggregations"]["words"]
        counts |= {bucket["key"]["word"]: bucket["doc_count"] for bucket in page["buckets"]}
        if len(page["buckets"]) < PAGE:
            return counts
        asked["after"] = page["after_key"]

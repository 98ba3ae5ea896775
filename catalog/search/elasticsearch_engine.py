"""The engine for clusters: Elasticsearch, which any number of machines search, and one of them writes."""

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any, Final

from elasticsearch import Elasticsearch, NotFoundError

from catalog.search import elasticsearch_indexes as indexes
from catalog.search import elasticsearch_schema as schema
from catalog.search.documents import IndexDocument
from catalog.search.elasticsearch_line import Line, bulk
from catalog.search.elasticsearch_query import count_body, counted, search_body
from catalog.search.elasticsearch_vocabulary import Words
from catalog.search.engine import Found, Progress, Request, Standing, Vocabulary
from catalog.search.errors import IndexRefused, SearchUnavailable
from catalog.search.synonyms import Clause
from catalog.search.versions import version

_REPORT_EVERY: Final = 5000
_LOOK_EVERY: Final = 1.0  # seconds that a process goes by the generation it knows


class ElasticsearchEngine:
    """`Engine` by Elasticsearch. One object serves all threads of a process."""

    def __init__(self) -> None:
        self._line = Line()
        self._words = Words()
        self._looking = threading.Lock()
        self._stand = indexes.Stand()
        self._look_at = 0.0

    def ready(self) -> bool:
        """Is it ours, and written by nobody from a later state of this database, as after a restore of it?

        Raises SearchUnavailable where no server answers: that is no reason to build anew.
        """
        with self._line.reading() as client:
            return indexes.usable(indexes.current(client)) and 0 < indexes.stand(client).version <= version()

    def standing(self) -> Standing:
        """By two small questions."""
        try:
            with self._line.reading() as client:
                found, told = indexes.current(client), indexes.stand(client)
        except IndexRefused:
            return Standing("elasticsearch", "refused")
        except SearchUnavailable:
            return Standing("elasticsearch", "no answer")
        if not (indexes.usable(found) and told.generation):
            return Standing("elasticsearch", "no index")
        return Standing("elasticsearch", "read-only" if indexes.read_only(found) else "ok", told.generation, told.when)

    def rebuild(self, documents: Iterable[IndexDocument], progress: Progress) -> int:
        """Build in a new index, then move the alias. What a killed rebuild left is under no alias, and is swept."""
        with self._line.writing() as client:
            before, stood, now = indexes.current(client), indexes.stand(client), version()
            indexes.sweep(client)
            name = indexes.create(client)
            try:
                number = _fill(client, name, documents, now, progress)
                told = indexes.tell(client, name, now)
                indexes.swap(client, name, before, stood)
            except BaseException:
                with suppress(Exception):  # else the next rebuild does; the swap may have come about all the same
                    indexes.sweep(client.options(max_retries=0))
                raise
            indexes.sweep(client)
        self._changed(told)
        progress(f"{number:,} products indexed")
        return number

    def apply(self, documents: Iterable[IndexDocument], codes: Iterable[str]) -> None:
        """Replace and delete by code, make it findable, then tell the readers. Twice is once."""
        now = version()  # before the documents are read
        found = {document.code: document for document in documents}
        actions: list[dict[str, Any]] = [_index(document, now) for document in found.values()]
        actions += [{"_op_type": "delete", "_id": code, **_versioned(now)} for code in codes if code not in found]
        with self._line.writing() as client:
            bulk(client, indexes.alias(), actions, is_alias=True)
            client.indices.refresh(index=indexes.alias())
            told = indexes.tell(client, indexes.alias(), now)
        self._changed(told)

    def search(self, request: Request) -> Found:
        """One search, with everything; where it begins beyond the window, some more to walk there."""
        body = search_body(request)
        told = self._ask(body, request.offset, request.limit)
        ids = [int(hit["fields"]["id"][0]) for hit in told["hits"]["hits"]]
        return Found(int(told["hits"]["total"]["value"]), ids, counted(told.get("aggregations", {})))

    def count(self, clauses: tuple[Clause, ...], today: int, *, adult: bool) -> int:
        """Hits of the words alone."""
        query = count_body(clauses, today, adult=adult)
        with self._line.reading() as client, indexes.missing_is_unavailable():
            return int(client.count(index=indexes.alias(), query=query)["count"])

    def vocabulary(self) -> Vocabulary:
        """Counted once a generation, by one thread; on a busy shop a moment behind."""
        return self._words.read(self._line, self.generation())

    def generation(self) -> str:
        """As this process last wrote it, or saw it a second ago at most; while nobody answers, the last one known."""
        if time.monotonic() >= self._look_at and self._looking.acquire(blocking=False):
            try:
                with self._line.reading() as client:
                    self._stand = indexes.stand(client)
            except SearchUnavailable:
                pass
            finally:
                self._look_at = time.monotonic() + _LOOK_EVERY
                self._looking.release()
        return self._stand.generation

    def close(self) -> None:
        """Nothing is left to finish: every change is complete when it is told."""

    def _changed(self, told: indexes.Stand) -> None:
        self._stand, self._look_at = told, time.monotonic() + _LOOK_EVERY
        self._words.forget()

    def _ask(self, body: dict[str, Any], offset: int, limit: int) -> Any:
        """The hits from `offset`. Asked again where the index went away between being named and being read."""
        for last in (False, True):
            with self._line.reading() as client, indexes.missing_is_unavailable():
                try:
                    if offset + limit <= schema.WINDOW:
                        return _search(client, **body, from_=offset, size=limit)
                    place = _walk(client, body, offset)
                    return _search(client, **body, size=limit, search_after=place)
                except NotFoundError:
                    if last:
                        raise
        raise SearchUnavailable


def _search(client: Elasticsearch, **body: Any) -> Any:
    body.setdefault("track_total_hits", True)
    return client.search(
        index=indexes.alias(), source=False, stored_fields="_none_", docvalue_fields=[{"field": "id"}],
        allow_partial_search_results=False, **body,
    )  # fmt: skip


def _walk(client: Elasticsearch, body: dict[str, Any], offset: int) -> list[Any] | None:
    """The sort values of the hit before `offset`, by strides of a window; None before the first hit."""
    place: list[Any] | None = None
    bare = {name: part for name, part in body.items() if name != "aggs"}
    while offset > 0:
        size = min(offset, schema.WINDOW)
        hits = _search(client, **bare, size=size, search_after=place, track_total_hits=False)["hits"]["hits"]
        if hits:
            place = hits[-1]["sort"]
        if len(hits) < size:
            break
        offset -= size
    return place


def _fill(client: Elasticsearch, name: str, documents: Iterable[IndexDocument], now: int, progress: Progress) -> int:
    number = 0

    def actions() -> Iterator[dict[str, Any]]:
        nonlocal number
        for number, document in enumerate(documents, start=1):
            yield _index(document, now)
            if number % _REPORT_EVERY == 0:
                progress(f"{number:,} products read")

    bulk(client, name, actions(), is_alias=False)
    client.indices.refresh(index=name)
    return number


def _index(document: IndexDocument, now: int) -> dict[str, Any]:
    return {"_op_type": "index", "_id": document.code, **_versioned(now), "_source": schema.body(document)}


def _versioned(now: int) -> dict[str, Any]:
    return {"_version": now, "_version_type": "external_gte"}

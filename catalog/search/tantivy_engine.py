"""The embedded engine: tantivy, a folder on disk that one process writes and any number read."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import tantivy
from tantivy import Query

from catalog.search import pointer
from catalog.search.documents import IndexDocument
from catalog.search.engine import FACETS, Found, Progress, Request, Vocabulary
from catalog.search.errors import SearchUnavailable
from catalog.search.synonyms import Clause
from catalog.search.tantivy_query import BY_RANK, ORDERS, Part, everything, filters, gate, matching, scoring
from catalog.search.tantivy_schema import open_index, tantivy_document

_HEAP_BYTES: Final = 64_000_000
_REPORT_EVERY: Final = 5000
_ATTEMPTS: Final = 3
_MOST_VALUES: Final = 100  # more than any facet has


@dataclass
class _Reader:
    """An index open for reading, as of one state of the pointer."""

    stamp: tuple[str, int, int]
    pointer: pointer.Pointer
    index: tantivy.Index
    vocabulary: Vocabulary | None = None


class TantivyEngine:
    """`Engine` by tantivy. One object serves all threads of a process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._reader: _Reader | None = None
        self._writer: tuple[str, tantivy.IndexWriter] | None = None

    def ready(self) -> bool:
        """Can the index be read and written as it is?"""
        found = pointer.read()
        if not (found and found.usable()):
            return False
        try:
            open_index(found.path)
        except (ValueError, OSError):  # damaged
            return False
        return True

    def rebuild(self, documents: Iterable[IndexDocument], progress: Progress) -> int:
        """Build in a new folder, then move the pointer; the folder before stays for who is just opening it."""
        self.close()
        before = pointer.read()
        folder = pointer.make_folder()
        writer = open_index(folder, create=True).writer(_HEAP_BYTES, 1)
        number = 0
        for number, document in enumerate(documents, start=1):
            writer.add_document(tantivy_document(document))
            if number % _REPORT_EVERY == 0:
                progress(f"{number:,} products read")
        writer.commit()
        writer.wait_merging_threads()
        pointer.write(pointer.new(folder.name))
        pointer.sweep(folder.name, *([before.folder] if before else []))
        progress(f"{number:,} products indexed")
        return number

    def apply(self, documents: Iterable[IndexDocument], codes: Iterable[str]) -> None:
        """Delete and add in one commit, then tell the readers."""
        found = pointer.read()
        if found is None:
            raise SearchUnavailable
        if self._writer is None or self._writer[0] != found.folder:
            self.close()
            self._writer = found.folder, open_index(found.path).writer(_HEAP_BYTES, 1)
        writer = self._writer[1]
        try:
            for code in codes:
                writer.delete_documents_by_term("code", code)
            for document in documents:
                writer.add_document(tantivy_document(document))
            writer.commit()
        except BaseException:
            self._writer = None  # what was half said must not be part of the next commit
            raise
        pointer.write(pointer.new(found.folder, found.commit + 1))

    def search(self, request: Request) -> Found:
        """One search, one aggregation for the facets without a filter of their own, one more for each with."""
        searcher = self._open().index.searcher()
        active = filters(request.filters)
        must = gate(request.today, adult=request.adult) + matching(request.clauses)
        narrowed = must + [part for parts in active.values() for part in parts]
        by_score = request.sort == "relevance" and bool(request.clauses)
        scored = narrowed + scoring(request) if by_score else narrowed
        field, order = (None, tantivy.Order.Desc) if by_score else ORDERS.get(request.sort, BY_RANK)
        hits = searcher.search(
            everything(scored), request.limit, order_by_field=field, offset=request.offset, order=order
        )
        total = int(getattr(hits, "count", 0) or 0)
        ids = searcher.fast_field_values("id", [address for _, address in hits.hits]) if hits.hits else []
        return Found(total, [int(one) for one in ids if one is not None], _count(searcher, must, active))

    def count(self, clauses: tuple[Clause, ...], today: int, *, adult: bool) -> int:
        """Hits of the words alone."""
        query = everything(gate(today, adult=adult) + matching(clauses))
        return int(getattr(self._open().index.searcher().search(query, 1), "count", 0) or 0)

    def vocabulary(self) -> Vocabulary:
        """Read once a generation."""
        reader = self._open()
        if reader.vocabulary is None:
            searcher = reader.index.searcher()
            folded, accented = (dict(searcher.terms_with_prefix(field, "")) for field in ("all", "all_vi"))
            reader.vocabulary = Vocabulary(folded, accented)
        return reader.vocabulary

    def generation(self) -> str:
        """The pointer's."""
        found = pointer.read()
        return found.generation if found else ""

    def close(self) -> None:
        """Let merges end, then let go of tantivy's own lock."""
        if self._writer is not None:
            writer, self._writer = self._writer[1], None
            writer.wait_merging_threads()

    def _open(self) -> _Reader:
        """The reader as of now; opened anew when the folder changed, reloaded when only a commit was added."""
        stamp = pointer.stamp()
        reader = self._reader
        if reader is not None and reader.stamp == stamp:
            return reader
        with self._lock:
            for _ in range(_ATTEMPTS):
                stamp = pointer.stamp()
                if self._reader is not None and self._reader.stamp == stamp:
                    return self._reader
                if (reader := self._reopened(stamp)) is not None:
                    self._reader = reader
                    return reader
        raise SearchUnavailable

    def _reopened(self, stamp: tuple[str, int, int]) -> _Reader | None:
        found, old = pointer.read(), self._reader
        if found is None:
            return None
        try:
            if old is not None and (old.stamp[0], old.pointer.folder) == (stamp[0], found.folder):
                old.index.reload()
                return _Reader(stamp, found, old.index)
            return _Reader(stamp, found, open_index(found.path)) if found.usable() else None
        except (ValueError, OSError):  # the folder went away, or is damaged
            return None


def _count(searcher: tantivy.Searcher, must: list[Part], active: dict[str, list[Part]]) -> dict[str, dict[int, int]]:
    counts: dict[str, dict[int, int]] = {}
    own = {name for _, name in FACETS.values() if name in active}
    for ignored in [None, *own]:
        facets = [name for name, (_, its) in FACETS.items() if (its if its in own else None) == ignored]
        if facets:
            query = everything(must + [part for name, parts in active.items() if name != ignored for part in parts])
            counts |= _aggregate(searcher, query, facets)
    return counts


def _aggregate(searcher: tantivy.Searcher, query: Query, facets: list[str]) -> dict[str, dict[int, int]]:
    asked = {name: {"terms": {"field": FACETS[name][0], "size": _MOST_VALUES}} for name in facets}
    told: dict[str, Any] = searcher.aggregate(query, asked)
    return {name: {int(bucket["key"]): int(bucket["doc_count"]) for bucket in told[name]["buckets"]} for name in facets}

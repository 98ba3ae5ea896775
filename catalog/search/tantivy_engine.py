"""The embedded engine: tantivy, a folder on disk that one process writes and any number read."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import tantivy

from catalog import clock
from catalog.search import pointer, tantivy_counts
from catalog.search.documents import IndexDocument, names
from catalog.search.engine import Found, Progress, Request, Standing, Vocabulary
from catalog.search.errors import SearchUnavailable
from catalog.search.questions import filters, gate, matching
from catalog.search.synonyms import Clause
from catalog.search.tantivy_names import Names
from catalog.search.tantivy_pages import hits, page
from catalog.search.tantivy_query import everything
from catalog.search.tantivy_schema import open_index, tantivy_document

_HEAP_BYTES: Final = 256_000_000  # at most, of what is not yet on disk: the larger, the fewer segments
_REPORT_EVERY: Final = 5000
_ATTEMPTS: Final = 3
_LATIN: Final = map(chr, (*range(ord("a"), 0x250), *range(0x1E00, 0x1F00)))
_INITIALS: Final = tuple(letter for letter in _LATIN if letter.isalpha() and letter.islower())


@dataclass
class _Reader:
    """An index open for reading, as of one state of the pointer."""

    stamp: tuple[str, int, int]
    pointer: pointer.Pointer
    index: tantivy.Index
    vocabulary: Vocabulary | None = None


@dataclass(frozen=True)
class _Writer:
    """An index open for writing."""

    folder: str
    index: tantivy.IndexWriter
    names: Names


class TantivyEngine:
    """`Engine` by tantivy. One object serves all threads of a process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._reader: _Reader | None = None
        self._writer: _Writer | None = None

    def ready(self) -> bool:
        """Can the index be read and written as it is, and are most names numbered?"""
        index, found = _usable(), pointer.read()
        if index is None or found is None:
            return False
        try:
            return not Names.read(found.path).outgrown(index.searcher().num_docs)
        except (ValueError, OSError):  # damaged
            return False

    def standing(self) -> Standing:
        """By the pointer, and by opening the index."""
        try:
            if _usable() is None:
                return Standing("tantivy", "no index")
            changed = (pointer.directory() / pointer.FILE).stat().st_mtime
        except OSError as error:
            return Standing("tantivy", type(error).__name__)
        return Standing("tantivy", "ok", self.generation(), datetime.fromtimestamp(changed, clock.TIME_ZONE))

    def rebuild(self, documents: Iterable[IndexDocument], progress: Progress) -> int:
        """Build in a new folder, then move the pointer; the folder before stays for who is just opening it."""
        self.close()
        before = pointer.read()
        folder, known = pointer.make_folder(), Names(names())
        known.write(folder)
        writer = open_index(folder, create=True).writer(_HEAP_BYTES, 1)
        number = 0
        for number, document in enumerate(documents, start=1):
            writer.add_document(tantivy_document(document, known))
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
        if self._writer is None or self._writer.folder != found.folder:
            self.close()
            known = Names.read(found.path)
            self._writer = _Writer(found.folder, open_index(found.path).writer(_HEAP_BYTES, 1), known)
        writer, known = self._writer.index, self._writer.names
        try:
            for code in codes:
                writer.delete_documents_by_term("code", code)
            for document in documents:
                writer.add_document(tantivy_document(document, known))
            writer.commit()
        except BaseException:
            self._writer = None  # what was half said must not be part of the next commit
            raise
        pointer.write(pointer.new(found.folder, found.commit + 1))

    def search(self, request: Request) -> Found:
        """A search, and one or two for the facets, seldom more; by name another two where names share their number."""
        searcher = self._open().index.searcher()
        always = [*gate(request.today, adult=request.adult), *matching(request.clauses)]
        active = filters(request.filters)
        asked = [*always, *active.values()]
        if request.counted:
            counted = tantivy_counts.count(searcher, always, active, request.filters, many=not request.clauses)
        else:
            counted = tantivy_counts.alike(searcher, asked)
        places = page(searcher, asked, request, counted)
        ids = searcher.fast_field_values("id", places) if places else []
        return Found(counted.total, [int(one) for one in ids if one is not None], counted.facets)

    def count(self, clauses: tuple[Clause, ...], today: int, *, adult: bool) -> int:
        """Hits of the words alone."""
        query = everything([*gate(today, adult=adult), *matching(clauses)])
        return hits(self._open().index.searcher().search(query, 1))

    def vocabulary(self) -> Vocabulary:
        """Read once a generation."""
        reader = self._open()
        if reader.vocabulary is None:
            searcher = reader.index.searcher()
            reader.vocabulary = Vocabulary(*(_words(searcher, field) for field in ("all", "all_vi")))
        return reader.vocabulary

    def generation(self) -> str:
        """The pointer's."""
        known = self._reader
        if known is not None and known.stamp == pointer.stamp():
            return known.pointer.generation
        found = pointer.read()
        return found.generation if found else ""

    def close(self) -> None:
        """Let merges end, then let go of tantivy's own lock."""
        if self._writer is not None:
            writer, self._writer = self._writer.index, None
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


def _words(searcher: tantivy.Searcher, field: str) -> dict[str, int]:
    """Words of letters alone. Asked for by what they begin with: most terms of a catalogue are numbers."""
    found = (pair for initial in _INITIALS for pair in searcher.terms_with_prefix(field, initial))
    return {word: documents for word, documents in found if word.isalpha()}


def _usable() -> tantivy.Index | None:
    """The index, if it can be read."""
    found = pointer.read()
    if not (found and found.usable()):
        return None
    try:
        return open_index(found.path)
    except (ValueError, OSError):  # damaged
        return None

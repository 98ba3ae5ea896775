"""Phrases that begin with what was typed, by kind, so that no kind crowds out the others: a file that is written once
and read by all processes of a machine.

Where there is a word to begin at, a phrase has a row of the table `start`: the text from there on, folded and with its
accents. SQLite finds them in order; which are the best for a prefix is remembered.
"""

import os
import secrets
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, fields
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from typing import Any, Final

from catalog.search.query import Suggestion
from catalog.search.tokens import Token, folded, join, tokens

SHARES: Final = {"group": 1, "product": 4, "place": 2, "producer": 2}  # of eight, in order where equally well met
FAMILIES: Final = {
    "province": "place", "old_province": "place", "old_district": "place", "region": "place",
    "branch": "group", "set": "group", "product": "product", "producer": "producer",
}  # fmt: skip
_FAMILY: Final = {family: number for number, family in enumerate(SHARES)}
_FOLDED, _ACCENTED = 0, 1
_LONGEST_KEY: Final = 32  # characters of a phrase that are compared
_STARTS: Final = 8  # words of a phrase that what is typed may begin at: "Hợp tác xã nông nghiệp Bản Mường"
_KEPT: Final = 24  # best phrases remembered for a prefix
_REMEMBERED: Final = 20_000  # prefixes, and suggestions
_LAST: Final = "\U0010ffff"
_COLUMNS: Final = attrgetter(*(field.name for field in fields(Suggestion)))
_TABLES: Final = """
PRAGMA journal_mode = OFF;
PRAGMA cache_size = -65536;
CREATE TABLE about (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE suggestion (family, number, kind, key, text, text_en, slug, star, province, maker,
                         PRIMARY KEY (family, number)) WITHOUT ROWID;
CREATE TABLE start (family, form, text, later, number,
                    PRIMARY KEY (family, form, text, later, number)) WITHOUT ROWID;
"""
Phrase = tuple[Suggestion, Sequence[str]]  # and the names that it is found by


@dataclass(frozen=True, slots=True)
class About:
    """What a file was read for: a generation of the index, a day (ISO), a database (`pointer.database`).

    It was done at `ended` and had taken `took` seconds, by the system's clock.
    """

    generation: str
    day: str
    database: str
    ended: float
    took: float


def write(path: Path, phrases: Iterable[Phrase], generation: str, day: str, database: str) -> None:
    """Phrases given best first, those of each family. The file is replaced in one step. Raises OSError, sqlite3.Error.

    `generation`, `day` and `database` as in `About`. What another writer has not finished is removed, and never taken
    for whole: should it live on, it fails.
    """
    started, counts = time.time(), Counter[str]()
    for left in path.parent.glob(f"{path.name}.*"):
        left.unlink(missing_ok=True)
    beside = path.with_name(f"{path.name}.{secrets.token_hex(6)}")
    try:
        with closing(sqlite3.connect(beside)) as file:
            file.executescript(_TABLES)
            file.execute("BEGIN")
            for suggestion, names in phrases:
                family = FAMILIES[suggestion.kind]
                row = (_FAMILY[family], counts[family])
                counts[family] += 1
                file.execute("INSERT INTO suggestion VALUES (?,?,?,?,?,?,?,?,?,?)", (*row, *_COLUMNS(suggestion)))
                file.executemany("INSERT OR IGNORE INTO start VALUES (?, ?, ?, ?, ?)", _starts(*row, names))
            about = About(generation, day, database, time.time(), time.time() - started)
            told = [(name, getattr(about, name)) for name in About.__slots__]
            file.executemany("INSERT INTO about VALUES (?, ?)", told)
            file.commit()
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


class Phrases:
    """A file of phrases, open for reading by any thread; it stays readable when another has taken its place.

    Raises OSError or sqlite3.Error where there is none, or none that is whole.
    """

    def __init__(self, path: Path) -> None:
        self.path, self.stamp = path, stamp(path)
        self._file = sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True, check_same_thread=False)
        self._one_at_a_time = threading.Lock()
        self.about = About(**dict(self._rows("SELECT name, value FROM about")))
        self._best = lru_cache(_REMEMBERED)(self._read_best)
        self._suggestion = lru_cache(_REMEMBERED)(self._read_suggestion)

    def find(self, typed: Sequence[Token]) -> list[list[Suggestion]]:
        """A list for each family that has some, the best met family first."""
        found = [self._find(family, typed) for family in _FAMILY.values()]
        return [some for _, some in sorted(found, key=lambda one: one[0]) if some]

    def _find(self, family: int, typed: Sequence[Token]) -> tuple[int, list[Suggestion]]:
        """How well the best is met, and all in order.

        What begins a phrase (0) comes before what begins a later word of one (1); where accents were typed, other
        accents come behind (2, 3).
        """
        met = self._best(family, _FOLDED, _key([t.folded for t in typed]))
        if any(token.has_accents for token in typed):
            exact = self._best(family, _ACCENTED, _key([t.accented for t in typed]))
            met = [*exact, *((later + 2, number) for later, number in met)]
        found = [self._suggestion(family, number) for number in dict.fromkeys(number for _, number in met)]
        if len(whole := join(typed)) > _LONGEST_KEY:
            found = [one for one in found if whole in folded(one.text) or whole in folded(one.text_en)]
        return (met[0][0] if met else 0), found

    def _read_best(self, family: int, form: int, prefix: str) -> list[tuple[int, int]]:
        return self._rows(
            "SELECT later, number FROM start WHERE family = ? AND form = ? AND text >= ? AND text < ?"
            " ORDER BY later, number LIMIT ?",
            (family, form, prefix, prefix + _LAST, _KEPT),
        )

    def _read_suggestion(self, family: int, number: int) -> Suggestion:
        (row,) = self._rows("SELECT * FROM suggestion WHERE family = ? AND number = ?", (family, number))
        return Suggestion(*row[2:])

    def _rows(self, query: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        with self._one_at_a_time:
            return self._file.execute(query, values).fetchall()


def stamp(path: Path) -> tuple[int, int] | None:
    """What changes when the file is replaced; None where there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116 - asked with every suggestion
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns


def shared_out(found: Sequence[list[Suggestion]], limit: int) -> list[Suggestion]:
    """At most `limit` of them: each family has its share, and what others leave; a family stays together."""
    counts = [min(len(some), SHARES[FAMILIES[some[0].kind]]) for some in found]
    while sum(counts) > max(0, limit):
        counts[counts.index(max(counts))] -= 1
    for number, some in enumerate(found):
        counts[number] += min(len(some) - counts[number], max(0, limit) - sum(counts))
    return [one for some, count in zip(found, counts, strict=True) for one in some[:count]]


def _starts(family: int, number: int, names: Iterable[str]) -> Iterator[tuple[int, int, str, bool, int]]:
    for name in names:
        words = tokens(name)
        for form, spelled in ((_FOLDED, [t.folded for t in words]), (_ACCENTED, [t.accented for t in words])):
            text, start = " ".join(spelled), 0
            for later, word in enumerate(spelled[:_STARTS]):
                yield family, form, text[start : start + _LONGEST_KEY], later > 0, number
                start += len(word) + 1


def _key(words: Sequence[str]) -> str:
    return " ".join(words)[:_LONGEST_KEY]

"""All records of one reading, judged, in a temporary SQLite file: a run's memory does not grow with its rows.

The file belongs to this process, has no name and goes with it. What must outlive a killed process is staged in the
shop's database.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from catalog.bulk import batches
from ocop_sync.held.rulings import Rulings, under
from ocop_sync.runs.judging import Judged, Told, as_json, contradict, from_json, names_of, told_by

MOST_TELLINGS = 200  # of one product; where a source tells more different ones, all are taken to clash
_TABLES = """
CREATE TABLE records (
    position INTEGER PRIMARY KEY, key TEXT, hash TEXT, product_key TEXT, producer_key TEXT, province TEXT,
    has_id INTEGER, issued TEXT, outcome TEXT, reasons TEXT, sheet TEXT, row INTEGER, named INTEGER,
    repeat INTEGER DEFAULT 0
);
CREATE TABLE texts (position INTEGER PRIMARY KEY, judged TEXT);  -- apart, so that a look through the records is short
CREATE TABLE deleted (key TEXT PRIMARY KEY);
"""
_COLUMNS = (
    "key", "hash", "product_key", "producer_key", "province", "has_id", "issued", "outcome", "reasons", "sheet", "row",
    "named",
)  # fmt: skip
_SET = ", ".join(f"{name} = ?" for name in _COLUMNS)


Entry = tuple[tuple[object, ...], str]  # a judged record's columns, and its text


class Snapshot:
    """Records in the source's order; `settle` once all have been added. One thread."""

    def __init__(self) -> None:
        self.db = sqlite3.connect("", isolation_level=None)
        self.db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-16000;" + _TABLES)
        self.db.execute("BEGIN")

    def add_all(self, entries: Iterable[Entry]) -> int:
        """Add records behind those that are there. Returns how many."""
        marks = ", ".join("?" * len(_COLUMNS))
        statement = f"INSERT INTO records ({', '.join(_COLUMNS)}) VALUES ({marks})"  # noqa: S608 - our own names
        count = 0
        for some in batches(entries, 500):
            self.db.executemany(statement, (columns for columns, _ in some))
            self.db.executemany("INSERT INTO texts (judged) VALUES (?)", ((text,) for _, text in some))
            count += len(some)
        return count

    def add_deleted(self, key: str) -> None:
        """The source marks the record of this key as withdrawn."""
        self.db.execute("INSERT OR IGNORE INTO deleted VALUES (?)", [key])

    def rule(self, rulings: Rulings, today: date) -> None:
        """Put the records on whose rows officers ruled under their rulings, as of `today` (Asia/Ho_Chi_Minh)."""
        if rulings:
            self.db.execute("CREATE INDEX by_hash ON records (hash)")
        for row in rulings:
            for position, one in self._each("SELECT position FROM records WHERE hash = ?", [row]):
                self._put(position, under(one, rulings, today))

    def settle(self) -> None:
        """Compare the source's records with each other: exact repeats, contradictions, two records under one key."""
        self.db.executescript(
            "CREATE INDEX by_key ON records (key, hash); CREATE INDEX by_names ON records (product_key, producer_key);"
            "UPDATE records SET repeat = 1 WHERE EXISTS (SELECT 1 FROM records first"
            " WHERE first.key = records.key AND first.hash = records.hash AND first.position < records.position)"
        )
        self._mark_clashing()
        self._separate()

    def count(self, outcome: str) -> int:
        """Records of this outcome, repeats apart."""
        counted = self.db.execute("SELECT COUNT(*) FROM records WHERE outcome = ? AND NOT repeat", [outcome])
        return int(counted.fetchone()[0])

    def repeats(self) -> int:
        """Exact repeats of an earlier record."""
        return int(self.db.execute("SELECT COUNT(*) FROM records WHERE repeat").fetchone()[0])

    def records(self) -> Iterator[tuple[Judged, bool]]:
        """All records in the source's order, and whether each is a repeat."""
        told = self.db.execute("SELECT judged, repeat FROM records JOIN texts USING (position) ORDER BY position")
        return ((from_json(text), bool(repeat)) for text, repeat in told)

    def at(self, position: int) -> Judged:
        """The record in this place."""
        (text,) = self.db.execute("SELECT judged FROM texts WHERE position = ?", [position]).fetchone()
        return from_json(text)

    def mark(self, position: int, one: Judged, code: str) -> None:
        """Add a reason code (none where it is empty) to the record in this place."""
        if code:
            self._put(position, one.objected(code))

    def _each(self, query: str, values: Iterable[object] = ()) -> Iterator[tuple[int, Judged]]:
        """Position and record for a query that selects positions; the records may be written meanwhile."""
        for (position,) in self.db.execute(query, tuple(values)).fetchall():
            yield position, self.at(position)

    def _put(self, position: int, one: Judged) -> None:
        columns, text = entry_of(one)
        self.db.execute(f"UPDATE records SET {_SET} WHERE position = ?", [*columns, position])  # noqa: S608
        self.db.execute("UPDATE texts SET judged = ? WHERE position = ?", [text, position])

    def _mark_clashing(self) -> None:
        """The same product of the same producer twice with different facts about one recognition, or one id for two
        records: all of them are held."""
        self.db.execute("CREATE TABLE clashing (position INTEGER PRIMARY KEY)")
        several = (
            "SELECT product_key, producer_key FROM records"
            " WHERE product_key <> '' AND producer_key <> '' AND NOT repeat"
            " GROUP BY product_key, producer_key HAVING COUNT(*) > 1"
        )
        same = "SELECT position FROM records WHERE product_key = ? AND producer_key = ? AND NOT repeat"
        for names in self.db.execute(several).fetchall():
            found = _clashing(self._each(same, names))
            self.db.executemany("INSERT OR IGNORE INTO clashing VALUES (?)", ((position,) for position in found))
        self.db.execute(
            "INSERT OR IGNORE INTO clashing SELECT position FROM records WHERE has_id AND NOT repeat AND key IN"
            " (SELECT key FROM records WHERE has_id AND NOT repeat GROUP BY key HAVING COUNT(*) > 1)"
        )
        for position, one in self._each("SELECT position FROM clashing"):
            self.mark(position, one, "duplicate_conflict")

    def _separate(self) -> None:
        """Two records under one key get one each: the newest recognition keeps it, the others add their own facts."""
        behind = (
            "SELECT position FROM (SELECT position, ROW_NUMBER() OVER"
            " (PARTITION BY key ORDER BY issued DESC, position) AS place FROM records WHERE NOT repeat) WHERE place > 1"
        )
        for position, one in self._each(behind):
            self._put(position, replace(one, key=f"{one.key[:43]}/{one.hash[:20]}"))


def entry_of(one: Judged) -> Entry:
    """A judged record as a snapshot keeps it."""
    record, decision = one.record, one.decision
    issued = decision.grant.issued_on if decision.grant else date.min
    columns = (
        one.key, one.hash, *names_of(one), bool(record.registry_id), issued.isoformat(),
        str(decision.outcome), json.dumps(decision.reasons), record.sheet, record.row, one.product,
    )  # fmt: skip
    return columns, as_json(one)


def _clashing(records: Iterable[tuple[int, Judged]]) -> set[int]:
    """Positions of the records that another one of them contradicts."""
    tellings: dict[Told, list[int]] = {}
    for position, one in records:
        tellings.setdefault(told_by(one), []).append(position)
    if len(tellings) > MOST_TELLINGS:
        return {position for many in tellings.values() for position in many}
    different = list(tellings)
    clashing = {
        one for n, left in enumerate(different) for right in different[n + 1 :] if contradict(left, right)
        for one in (left, right)
    }  # fmt: skip
    return {position for told in clashing for position in tellings[told]}

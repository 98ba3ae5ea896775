"""What of a source changed since its last run, what that takes off the shelf, and the guard over it."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Case, Q, TextField, When
from django.db.models.functions import Cast

from catalog.certificates.gate import listable
from catalog.certificates.models import Outcome, Source, SourceRecord
from ocop_sync.runs import identity
from ocop_sync.runs.snapshot import Snapshot

GUARD_SHARE, GUARD_COUNT = 0.10, 3
_TABLES = """
CREATE TABLE known (
    key TEXT PRIMARY KEY, pk INTEGER, hash TEXT, outcome TEXT, reasons TEXT, present INTEGER, sheet TEXT, row INTEGER,
    product INTEGER, on_shelf INTEGER
);
CREATE TABLE shared (product INTEGER PRIMARY KEY);
CREATE VIEW compared AS SELECT
    records.*, known.pk, known.product AS known_product,
    known.on_shelf AND records.outcome <> 'listed' AND records.reasons <> '["star_jump"]' AS leaves,
    known.hash = records.hash AND known.outcome <> 'held' AND known.product IS NOT NULL
        AND known.product NOT IN (SELECT product FROM shared)
        AS is_settled,
    known.present AND known.hash = records.hash AND known.outcome = records.outcome AND known.reasons = records.reasons
        AS is_same,
    known.sheet IS NOT records.sheet OR known.row IS NOT records.row AS is_elsewhere
    FROM records LEFT JOIN known ON known.key = records.key WHERE NOT records.repeat;
CREATE VIEW gone AS SELECT key, on_shelf FROM known
    WHERE present AND key IN (SELECT key FROM deleted)
    AND NOT EXISTS (SELECT 1 FROM records WHERE records.key = known.key AND NOT records.repeat);
"""


class Comparison:
    """A settled snapshot against what the source last had.

    `listed_now`: how many of the source's records stand on the shelf; `withdrawn`, `delists`: how many records the
    source has no longer, how many products would leave the shelf.
    """

    def __init__(self, source: Source, snapshot: Snapshot, today: date, *, is_delta: bool) -> None:
        self._snapshot, self._db = snapshot, snapshot.db
        self._db.executescript(_TABLES)
        self._note_known(source, today)
        if not is_delta:  # what a snapshot does not have is as good as marked deleted
            self._db.execute("INSERT OR IGNORE INTO deleted SELECT key FROM known")
        self._mark_conflicts(source)
        self.listed_now = self._number("SELECT COUNT(*) FROM known WHERE on_shelf")
        self.withdrawn = self._number("SELECT COUNT(*) FROM gone")
        self.delists = self._number("SELECT COUNT(*) FROM gone WHERE on_shelf")
        self.delists += self._number("SELECT COUNT(*) FROM compared WHERE leaves")

    @property
    def is_guarded(self) -> bool:
        """More than 10% and more than 3 of what the source has listed, or all of it, would go."""
        too_many = self.delists > GUARD_SHARE * self.listed_now and self.delists > GUARD_COUNT
        return self.delists > 0 and (too_many or self.delists == self.listed_now)

    def withdrawn_keys(self) -> Iterator[str]:
        """Keys of the records that the source has no longer, in order."""
        return (key for (key,) in self._db.execute("SELECT key FROM gone ORDER BY key"))

    def delisted_keys(self) -> Iterator[str]:
        """Keys of the records whose product would leave the shelf."""
        query = "SELECT key FROM gone WHERE on_shelf UNION ALL SELECT key FROM compared WHERE leaves"
        return (key for (key,) in self._db.execute(query))

    def changed(self) -> Iterator[tuple[str, str]]:
        """Key and `as_json` text of the records to write: what leaves the shelf first, then in the source's order."""
        for leaves in (1, 0):
            yield from self._db.execute(
                "SELECT key, judged FROM compared JOIN texts USING (position)"
                " WHERE NOT COALESCE(is_same, 0) AND COALESCE(leaves, 0) = ? ORDER BY position",
                [leaves],
            )

    def moved(self) -> Iterator[tuple[int, str, int | None]]:
        """Records that say the same in another row of the source: primary key, sheet, row."""
        return self._db.execute("SELECT pk, sheet, row FROM compared WHERE is_same AND is_elsewhere")

    def _number(self, query: str) -> int:
        return int(self._db.execute(query).fetchone()[0])

    def _note_known(self, source: Source, today: date) -> None:
        # What expired by itself is not on the shelf any more, whatever its record's outcome was.
        proved = Q(outcome=Outcome.LISTED) | Q(keeps_proof=True)
        on_shelf = Q(proved, listable(today, "product__"), present=True)
        ours = SourceRecord.objects.filter(source=source).annotate(
            told=Cast("reasons", TextField()), on_shelf=Case(When(on_shelf, then=1), default=0)
        )
        columns = ("key", "pk", "hash", "outcome", "told", "present", "sheet", "row", "product_id", "on_shelf")
        rows = ours.order_by("key").values_list(*columns).iterator(chunk_size=2000)
        self._db.executemany("INSERT INTO known VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def _mark_conflicts(self, source: Source) -> None:
        """Records that contradict what other sources hold get the code for it."""
        shared = ((product,) for product in identity.shared_products(source))
        self._db.executemany("INSERT INTO shared VALUES (?)", shared)
        open_ones = (
            "SELECT position, COALESCE(known_product, named), product_key, producer_key, province FROM compared"
            " WHERE position > ? AND outcome <> 'held' AND NOT COALESCE(is_settled, 0) ORDER BY position LIMIT 400"
        )
        last = 0
        while rows := self._db.execute(open_ones, [last]).fetchall():
            last = rows[-1][0]
            names = {(product, producer, province) for _, _, product, producer, province in rows}
            met = identity.borne(names)
            self._mark_some(source, [place for place, known, *name in rows if known or tuple(name) in met])

    def _mark_some(self, source: Source, positions: Sequence[int]) -> None:
        told = [(position, self._snapshot.at(position)) for position in positions]
        catalogue = identity.load(source, [one for _, one in told])
        for position, one in told:
            self._snapshot.mark(position, one, catalogue.conflict(one))

"""A held record for people: its row, what the sync understood of it, and what else is known about the same product."""

from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from catalog.certificates.models import SourceRecord
from catalog.regions import commune, province
from catalog.ui.formats import ngay
from ocop_sync.decide import which_counts
from ocop_sync.held.deeds import values_of
from ocop_sync.held.models import Ruling
from ocop_sync.held.rejudging import raw_of, told
from ocop_sync.held.rulings import RECOGNITION_CELLS, RECORD_CELLS, corrected, under
from ocop_sync.held.words import TIERS, cell_in_words
from ocop_sync.normalise.dates import read_date
from ocop_sync.records import RECOGNITION_CELLS as ALL_RECOGNITION_CELLS
from ocop_sync.records import RECORD_CELLS as ALL_RECORD_CELLS
from ocop_sync.records import RawRecognition
from ocop_sync.runs.judging import Judged

MOST_OTHERS = 20
_NONE = (RawRecognition(),)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the row; `text` as the source wrote it, `now` as an officer corrected it (else the same)."""

    name: str
    label: str
    text: str
    now: str


@dataclass(frozen=True, slots=True)
class Shown:
    """`row`: its filled or corrected cells; `reading`: label, value of what was understood ("" where nothing was), and
    whether the row says anything about it."""

    row: list[Cell]
    reading: list[tuple[str, str, bool]]
    star: int | None


def show(record: SourceRecord, last: Ruling | None, today: date) -> Shown:
    """The row beside its reading, under the ruling in force, as of today."""
    plain, ruled = told(record, today), values_of(last)
    one = under(plain, {plain.hash: ruled}, today)
    cells = [cell for cell in cells_of(record, last, every=True) if cell.text or cell.now]
    return Shown(cells, _reading(one), one.decision.star)


def cells_of(record: SourceRecord, last: Ruling | None, *, every: bool = False) -> list[Cell]:
    """The cells that can be corrected, or every cell that a row can have, in the order of the workbook."""
    raw = raw_of(record)
    now = corrected(raw, dict(values_of(last).cells))
    fields, told_cells = (ALL_RECORD_CELLS, ALL_RECOGNITION_CELLS) if every else (RECORD_CELLS, RECOGNITION_CELLS)
    found = [Cell(name, cell_in_words(name), getattr(raw, name), getattr(now, name)) for name in fields]
    pairs = list(zip_longest(raw.recognitions or _NONE, now.recognitions, fillvalue=_NONE[0]))
    for number, (was, becomes) in enumerate(pairs, 1):
        for cell in told_cells:
            label = cell_in_words(f"{number}.{cell}" if len(pairs) > 1 else cell)
            found.append(Cell(f"{number}.{cell}", label, getattr(was, cell), getattr(becomes, cell)))
    return found


def _reading(one: Judged) -> list[tuple[str, str, bool]]:
    record, decision = one.record, one.decision
    counting = which_counts(record)[0]
    star, expires = counting.star or record.current_star, counting.expires or record.expires
    place = place_in_words(decision.place.province_code, decision.place.commune_code)
    tier = f"{decision.tier} · {TIERS[decision.tier]}" if decision.tier else ""
    return [
        (_("Hạng sao"), _("{n} sao").format(n=decision.star) if decision.star else "", bool(star)),
        (_("Số quyết định"), counting.decision, False),
        (_("Cơ quan ban hành"), counting.authority, False),
        (_("Ngày quyết định"), ngay(read_date(counting.issued)), bool(counting.issued)),
        (_("Ngày hết hạn"), ngay(read_date(expires)), bool(expires)),
        (_("Địa bàn"), place, bool(record.address or record.commune or record.province)),
        (_("Mức bằng chứng"), tier, False),
    ]


def place_in_words(province_code: str, commune_code: str = "") -> str:
    """Commune and province by their names, as far as they are known."""
    names = [commune(commune_code).name] if commune_code else []
    return ", ".join([*names, province(province_code).name] if province_code else names)


def others_about(record: SourceRecord) -> "QuerySet[SourceRecord]":
    """Present records, of any source, of the same product or under the same names."""
    same = Q(names=record.names) if record.names else Q(pk__in=[])
    if record.product_id:
        same |= Q(product=record.product_id)
    found = SourceRecord.objects.filter(same, present=True).exclude(pk=record.pk)
    return found.select_related("source", "product", "recognition").order_by("source__name", "pk")[:MOST_OTHERS]


def rulings_on(record: SourceRecord) -> list[tuple[Ruling, bool]]:
    """All that officers decided about the record, newest first, and whether it is in force."""
    same = Q(record=record) | Q(source=record.source_id, hash=record.hash)
    found = list(Ruling.objects.filter(same).select_related("by", "product", "evidence").order_by("-pk"))
    last = next((one for one in found if one.hash == record.hash), None)
    return [(one, one is last and one.in_force) for one in found]

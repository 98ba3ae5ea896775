"""Held records as a workbook that a province can mend and send back: our reader's own columns, then why each is held.

Every cell is a text, marked so that no spreadsheet takes it for a formula; read again, it is the same text.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import IO, Any

from django.db.models import QuerySet
from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from catalog.certificates.models import SourceRecord, Status, Tier
from catalog.regions import province, provinces
from catalog.text import clean, fold
from ocop_sync.decide import which_counts
from ocop_sync.desk.reasons import REASONS
from ocop_sync.held.errors import TooManyRows
from ocop_sync.held.models import Action, Ruling
from ocop_sync.held.rejudging import raw_of
from ocop_sync.held.services import last_rulings
from ocop_sync.records import RawRecognition
from ocop_sync.sources.columns import LABELS

MOST_ROWS, AT_ONCE = 10_000, 500
TITLE = "HỒ SƠ CHƯA ĐỦ CĂN CỨ ĐỂ ĐƯA LÊN KỆ"
HELP = "Xin sửa ngay trong các cột, giữ nguyên hàng tiêu đề, rồi gửi lại tệp này. Hai cột cuối chỉ để đọc."
FACTS = ("registry_id", "product", "category", "producer_kind", "producer", "commune", "address", "province",
         "province_code", "commune_code", "set_no", "current_star", "expires", "evidence")  # fmt: skip
GROUP = ("star", "score", "issued", "year", "decision", "authority")
LEAST_GROUPS = 2  # as the provinces' own workbook has
WHY, QUESTION = "Lý do giữ lại", "Cán bộ hỏi"
_WIDTHS = {"TT": 6, "product": 34, "producer": 30, "address": 40, "authority": 24, "decision": 18, "category": 20,
           WHY: 44, QUESTION: 44}  # fmt: skip
_MARKS = {Status.REVOKED.value: ("Đã thu hồi", "thu hoi"), Status.SUSPENDED.value: ("Đình chỉ", "dinh chi")}


def write_workbook(records: "QuerySet[SourceRecord]", file: IO[bytes]) -> int:
    """Write these records to `file`, in the order of their sources. Returns how many. Raises TooManyRows."""
    count = records.count()
    if count > MOST_ROWS:
        raise TooManyRows(count=count, most=MOST_ROWS)
    rows = records.order_by("source__name", "row", "pk")
    told = rows.values_list("columns", flat=True).iterator(chunk_size=AT_ONCE)
    groups = max((len(columns.get("recognitions", ())) for columns in told), default=0)
    book = Workbook(write_only=True)
    sheet = _Sheet(book.create_sheet("Loc"), max(LEAST_GROUPS, groups))
    with override("vi"):
        for number, (record, last) in enumerate(_with_rulings(rows), 1):
            sheet.add(number, record, last)
    book.save(file)
    return count


def _with_rulings(rows: "QuerySet[SourceRecord]") -> Iterator[tuple[SourceRecord, Ruling | None]]:
    every = rows.iterator(chunk_size=AT_ONCE)
    while some := list(islice(every, AT_ONCE)):
        last = last_rulings(some)
        yield from ((record, last.get(record.pk)) for record in some)


class _Sheet:
    """The sheet with title and header, `groups` recognitions wide."""

    def __init__(self, sheet: Any, groups: int) -> None:
        self.sheet, self.groups = sheet, groups
        fields = ["TT", *FACTS, *GROUP * groups, "note", WHY, QUESTION]
        for place, field in enumerate(fields, 1):
            sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(field, 14)
        sheet.freeze_panes = "D5"
        self._plain = self._style(bold=False)
        bold = self._style(bold=True)
        titles = [""] * len(fields)
        for group in range(groups):
            titles[1 + len(FACTS) + group * len(GROUP)] = f"Lần {group + 1}"
        for texts in ([TITLE], [HELP], titles, [LABELS.get(field, field) for field in fields]):
            self._write(texts, bold)

    def add(self, number: int, record: SourceRecord, last: Ruling | None) -> None:
        """A record as its source gave it."""
        raw = raw_of(record)
        counting = which_counts(raw)[0]
        facts = {name: getattr(raw, name) for name in FACTS}
        facts["expires"] = counting.expires or raw.expires
        facts["province"] = raw.province or _hint(record.hint)
        facts["evidence"] = raw.evidence or _tier(record)
        told = [*raw.recognitions, *[RawRecognition()] * (self.groups - len(raw.recognitions))]
        cells = [getattr(one, name) for one in told for name in GROUP]
        why = "; ".join(f"{REASONS.get(code, code)} ({code})" for code in record.reasons)
        question = last.why if last and last.action == Action.ASKED else ""
        self._write([str(number), *facts.values(), *cells, _note(raw.note, counting), why, question], self._plain)

    def _style(self, *, bold: bool) -> Any:
        cell: Any = WriteOnlyCell(self.sheet)
        cell.number_format = "@"
        cell.quotePrefix = True  # edited, the cell stays a text
        cell.alignment = Alignment(vertical="top", wrap_text=not bold)
        if bold:
            cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E7F2EB")
        return cell._style  # one style for all cells: made anew for each it costs most of the time

    def _write(self, texts: Sequence[str], style: Any) -> None:
        cells = []
        for text in texts:
            cell: Any = WriteOnlyCell(self.sheet, clean(text)) if text else None
            if cell is not None:
                cell.data_type, cell._style = "s", style
            cells.append(cell)
        self.sheet.append(cells)


def _hint(hint: str) -> str:
    """The province that the whole list spoke of, by its name."""
    return province(hint).name if hint in {one.code for one in provinces()} else hint


def _tier(record: SourceRecord) -> str:
    """What the row counted as, where a workbook without a word about it would count as something else."""
    tier = record.default_tier or record.evidence
    return "" if tier == Tier.B1 else tier


def _note(note: str, counting: RawRecognition) -> str:
    """A feed tells a revocation in a cell that a workbook does not have; there it is a word in the note."""
    word, folded = _MARKS.get(counting.status, ("", ""))
    return note if not word or folded in fold(note) else f"{note} {word}".strip()

"""Held records go out as a workbook and come back as the same records."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from catalog.certificates.models import SourceRecord
from ocop_sync.held import export
from ocop_sync.held.errors import TooManyRows
from ocop_sync.held.export import write_workbook
from ocop_sync.held.listing import EVERY_STATE, asked_of, find
from ocop_sync.held.models import Action
from ocop_sync.records import RawRecord
from ocop_sync.runs.services import run_sync
from ocop_sync.sources.services import ReadRequest, read
from tests.ocop_sync.held.making import DAY, decided, record, sync
from tests.ocop_sync.sources.books import book, sheet, table
from tests.ocop_sync.tables import row

pytestmark = pytest.mark.django_db
ODD = ["=1+1", "+1", "-1", "@x", "'=1", '=HYPERLINK("http://x.vn","x")', "#REF!", "0012", "1e5", "Mứt “dâu” & <mận>"]


def exported(folder: Path, state: str = "") -> Path:
    path = folder / "ho-so-2026-11-25.xlsx"
    with path.open("wb") as file:
        write_workbook(find(asked_of({"trang-thai": state})), file)
    return path


def outcomes(source: str) -> list[tuple[Any, ...]]:
    """In the order of the rows."""
    facts = "product_name", "producer_name", "outcome", "reasons", "star", "province_code", "commune_code", "evidence"
    rows = SourceRecord.objects.filter(source__name=source, outcome="held").order_by("row")
    return [(*one[:3], tuple(one[3]), *one[4:]) for one in rows.values_list(*facts)]


def brought_back(folder: Path, source: str) -> list[tuple[Any, ...]]:
    run_sync(str(exported(folder)), source_name=source, as_of=DAY)
    return outcomes(source)


def test_a_table_comes_back_as_it_was(tmp_path: Path) -> None:
    held = [{"decision_number": ""}, {"issuing_authority": ""}, {"star_rating": "★★"}, {"evidence_level": ""},
            {"evidence_level": "C"}, {"issued_at": "30/02/2025"}, {"original_address": "Phường Ấy"}, {"producer": ""},
            {"star_rating": "5"}, {"registry_id": "LD/39", "note": "Đã thu hồi", "decision_number": ""},
            {"product_name": ""}, {"issued_at": "46000", "star_rating": "đề xuất 5 sao"}]  # fmt: skip
    sync(tmp_path, [row(n, **facts) for n, facts in enumerate(held)])
    before = outcomes("nguon")

    after = brought_back(tmp_path, "tro-lai")

    assert len(before) == len(held)
    assert after == before


def test_a_workbook_of_one_province_with_two_recognitions_comes_back(tmp_path: Path) -> None:
    header = ("TT", "Tên sản phẩm", "Chủ thể", "Xã/phường", "Hạng sao", "Ngày", "Năm", "Số QĐ", "Cơ quan cấp",
              "Hạng sao", "Ngày", "Năm", "Số QĐ", "Cơ quan cấp", "Ghi chú")  # fmt: skip
    first = ("3 sao", "02/03/2021", "2021", "12/QĐ-UBND", "UBND tỉnh Lâm Đồng")
    rows = [
        (
            "1",
            "Mứt dâu",
            "HTX Một",
            "Xuân Hương - Đà Lạt",
            *first,
            "4 sao",
            "năm 2024",
            "2024",
            "",
            "UBND tỉnh Lâm Đồng",
            "x",
        ),
        ("2", "Mứt mận", "HTX Hai", "", *[""] * 5, "4*", "02-03-24", "2023", "77/QĐ-UBND", "", ""),
        ("3", "Mứt hồng", "HTX Ba", "Xã Không Có", *first, *[""] * 5, ""),
    ]
    cells = {1: ("DANH SÁCH SẢN PHẨM OCOP TỈNH LÂM ĐỒNG",), **table(*rows, start=3, header=header)}
    path = tmp_path / "tinh.xlsx"
    path.write_bytes(book(sheet(cells)))
    run_sync(str(path), source_name="tinh", as_of=DAY)
    before = outcomes("tinh")
    assert [one[5] for one in before][:2] == ["68", "68"]

    assert brought_back(tmp_path, "tro-lai") == before
    assert len(before) == 3


def test_a_feed_comes_back_with_its_revocations(tmp_path: Path) -> None:
    told = {"star": 4, "score": 75, "decision_number": "", "authority": "UBND tỉnh Lâm Đồng", "issued_on": "2026-03-02"}
    items = [
        {"registry_id": f"LD-{n}", "product_name": f"Mứt {n}", "producer": {"name": f"HTX {n}", "type": "cooperative"},
         "address": "Phường Xuân Hương - Đà Lạt, tỉnh Lâm Đồng", "recognitions": [{**told, **facts}], "evidence": "A"}
        for n, facts in enumerate([{"status": "revoked", "revoked_on": "2026-09-01"}, {"status": "suspended"},
                                   {"expires_on": "2028-03-02"}, {"score": 12}])
    ]  # fmt: skip
    path = tmp_path / "feed.json"
    path.write_text(json.dumps({"as_of": "2026-11-23T00:00:00+07:00", "items": items, "next_cursor": None}))
    run_sync(str(path), source_name="feed", as_of=DAY)
    before = outcomes("feed")
    assert "revoked" in before[0][3]

    assert brought_back(tmp_path, "tro-lai") == before


def test_texts_that_a_spreadsheet_would_run_are_texts_and_come_back_as_they_were(tmp_path: Path) -> None:
    sync(
        tmp_path,
        [row(n, product_name=text, producer=text, note=text, decision_number="") for n, text in enumerate(ODD)],
    )

    path = exported(tmp_path)

    made = openpyxl.load_workbook(path).active
    assert made is not None
    cells = [cell for line in made.iter_rows() for cell in line if cell.value is not None]
    assert {(cell.data_type, cell.number_format, cell.quotePrefix) for cell in cells} == {("s", "@", True)}
    assert [one.product for one in _read(path)] == ODD
    assert [one.note for one in _read(path)] == ODD


def _read(path: Path) -> Sequence[RawRecord]:
    return list(read(str(path), ReadRequest()).records)


def test_reasons_and_questions_are_for_people_and_no_header_is_unknown(tmp_path: Path) -> None:
    rows = [row(n, decision_number="", star_rating=str(2 + n % 3)) for n in range(1, 9)]
    sync(tmp_path, rows)
    decided(Action.ASKED, record(), why="Số quyết định 1207/QĐ-UBND phải không? 4 sao?")

    path = exported(tmp_path, EVERY_STATE)

    made = openpyxl.load_workbook(path).active
    assert made is not None
    header, first = [[cell.value for cell in line] for line in made.iter_rows(min_row=4, max_row=5)]
    assert header[-2:] == ["Lý do giữ lại", "Cán bộ hỏi"]
    assert first[-2:] == ["Thiếu số quyết định (missing_decision)", "Số quyết định 1207/QĐ-UBND phải không? 4 sao?"]
    reading = read(str(path), ReadRequest())
    assert len(list(reading.records)) == 8
    assert (reading.notes, reading.province_hint) == ([], "")


def test_a_mended_export_lists_the_records_and_drops_what_was_asked(tmp_path: Path) -> None:
    sync(tmp_path, [row(1, decision_number="", evidence_level="B1"), row(2)])
    decided(Action.ASKED, record(), why="Số quyết định?")
    path = exported(tmp_path, "da-hoi")
    made = openpyxl.load_workbook(path)
    lines = made.active
    assert lines is not None
    place = [cell.value for cell in lines[4]].index("Số QĐ") + 1
    lines.cell(5, place).value = "1207/QĐ-UBND"
    made.save(path)

    run_sync(str(path), source_name="nguon", as_of=DAY, delta=True)

    assert (record().outcome, find(asked_of({"trang-thai": "da-hoi"})).count()) == ("listed", 0)


def test_a_file_has_its_limit_and_an_empty_one_is_a_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert openpyxl.load_workbook(exported(tmp_path)).active is not None
    sync(tmp_path, [row(1, decision_number=""), row(2, decision_number="")])
    monkeypatch.setattr(export, "MOST_ROWS", 1)
    with pytest.raises(TooManyRows):
        exported(tmp_path)


def test_the_export_asks_a_fixed_number_of_queries(tmp_path: Path, django_assert_max_num_queries: Any) -> None:
    sync(tmp_path, [row(n, decision_number="") for n in range(200)])
    with django_assert_max_num_queries(6):
        exported(tmp_path)

"""What a provincial workbook's cells become: header, merges, error values, places in the sheet."""

import datetime
import hashlib
import io
from pathlib import Path

import openpyxl
import pytest

from ocop_sync.sources.services import read
from tests.ocop_sync.sources.books import HEADER, SOUND, book, cell, records, refusal, sheet, table

pytestmark = pytest.mark.self_contained


def test_a_row_is_read_with_the_number_that_excel_shows_though_the_table_begins_far_off(tmp_path: Path) -> None:
    rows = {row: ["", "", *texts] for row, texts in table(SOUND, start=7).items()}
    content = book(sheet({4: ["", "", "DANH SÁCH SẢN PHẨM OCOP TỈNH VĨNH LONG"], **rows}))

    (record,), reading = records(tmp_path / "a.xlsx", content)

    assert (record.sheet, record.row, record.product, record.producer) == ("Loc", 8, "Mứt dâu", "HTX Thử")
    assert record.recognitions[0].decision == "12/QĐ-UBND"
    assert (reading.kind, reading.default_tier, reading.province_hint) == ("workbook", "B1", "86")
    assert (reading.ignored, reading.notes, reading.digest) == (1, [], hashlib.sha256(content).hexdigest())


def test_a_two_row_header_has_a_group_for_each_recognition(tmp_path: Path) -> None:
    top = ["Tên sản phẩm", "Chủ thể", "Lần 1", "", "Lần 2", ""]
    below = ["", "", "Hạng sao", "Số quyết\nđịnh", "HẠNG SAO", "Số QĐ"]
    rows = {3: top, 4: below, 5: ["Mứt", "HTX", "3", "1/QĐ", "4", "2/QĐ"]}

    (record,), _ = records(tmp_path / "a.xlsx", book(sheet(rows, merged=["A3:A4", "B3:B4", "C3:D3", "E3:F3"])))

    assert [(one.star, one.decision) for one in record.recognitions] == [("3", "1/QĐ"), ("4", "2/QĐ")]


def test_a_merged_producer_is_carried_down_within_the_merge_only(tmp_path: Path) -> None:
    rows = table(SOUND, *[(str(n), f"Mứt {n}", "", "", "4") for n in (2, 3, 4)])

    got, _ = records(tmp_path / "a.xlsx", book(sheet(rows, merged=["C2:C4"])))

    assert [record.producer for record in got] == ["HTX Thử", "HTX Thử", "HTX Thử", ""]


def test_merges_that_overlap_or_cover_the_sheet_change_no_other_cell(tmp_path: Path) -> None:
    rows = table(SOUND, *[(str(n), f"Mứt {n}", f"HTX {n}", "", "4") for n in (2, 3)])

    got, _ = records(tmp_path / "a.xlsx", book(sheet(rows, merged=["A1:XFD1048576", "C3:C4", "B3:C4", "C4:C1048576"])))

    assert [(record.row, record.product, record.producer) for record in got] == [
        (2, "Mứt dâu", "HTX Thử"), (3, "Mứt 2", "HTX 2"), (4, "Mứt 2", "HTX 2"),
    ]  # fmt: skip


def test_error_values_stay_visible(tmp_path: Path) -> None:
    errors = ["#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!"]
    cells = [f'<c r="E{n}" s="0" t="e"><f>A1</f><v>{text}</v></c>' for n, text in enumerate(errors, start=2)]
    rows = table(*[(str(n), f"Mứt {n}", "HTX", "", told) for n, told in enumerate(cells)])

    got, _ = records(tmp_path / "a.xlsx", book(sheet(rows)))

    assert [record.recognitions[0].star for record in got] == errors


def test_days_are_iso_and_whole_numbers_have_no_point(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.active.append(["Tên sản phẩm", "Chủ thể", "Hạng sao", "Ngày", "Điểm", "Năm", "Ghi chú"])
    made.active.append(["Mứt", "HTX", 4, datetime.datetime.fromisoformat("2026-03-02T10:30"), 69.25, 2026.0, True])
    made.active.append(["Kẹo", "HTX", "04", 46083, "70,5", "năm 2023", "02/03/0203"])
    out = io.BytesIO()
    made.save(out)

    (first, second), _ = records(tmp_path / "a.xlsx", out.getvalue())

    one, two = first.recognitions[0], second.recognitions[0]
    assert (one.star, one.issued, one.score, one.year, first.note) == ("4", "2026-03-02", "69.25", "2026", "True")
    assert (two.star, two.issued, two.score, two.year, second.note) == ("04", "46083", "70,5", "năm 2023", "02/03/0203")


@pytest.mark.parametrize("text", ["30/02/2025", "02/03/0203", "2-1-24", "năm 2025", "05/13/2025", "00000"])
def test_a_date_that_is_none_is_passed_on_as_it_was_typed(text: str, tmp_path: Path) -> None:
    content = book(sheet(table((*SOUND[:5], text, *SOUND[6:]))))

    (record,), _ = records(tmp_path / "a.xlsx", content)

    assert record.recognitions[0].issued == text


def test_hidden_rows_and_columns_are_read_and_hidden_sheets_are_not(tmp_path: Path) -> None:
    seen = sheet(table(SOUND, ("2", "Kẹo", "HTX"))).replace('<row r="3">', '<row r="3" hidden="1">')
    seen = seen.replace("<sheetData>", '<cols><col min="3" max="3" width="9" hidden="1"/></cols><sheetData>')
    hidden = sheet({1048576: ["x"], 1: ["<c r='XFD1'><v>1</v></c>"], **table(("9", "Bí mật", "HTX"), start=3)})

    got, _ = records(tmp_path / "a.xlsx", book(seen, hidden, hidden=[2]))

    assert [(record.row, record.product, record.producer) for record in got] == [
        (2, "Mứt dâu", "HTX Thử"), (3, "Kẹo", "HTX"),
    ]  # fmt: skip


def test_footers_and_blank_rows_are_ignored(tmp_path: Path) -> None:
    footers = {4: ["", "Tổng cộng: 1"], 6: ["", "", "", "Lâm Đồng, ngày 1 tháng 2 năm 2026"], 7: ["", "NGƯỜI LẬP"]}

    got, reading = records(tmp_path / "a.xlsx", book(sheet({**table(SOUND, ("2", "Kẹo")), **footers})))

    assert [(record.row, record.product) for record in got] == [(2, "Mứt dâu"), (3, "Kẹo")]
    assert reading.ignored == 4  # rows 4 to 7


def test_each_sheet_speaks_of_its_own_province(tmp_path: Path) -> None:
    def titled(province: str) -> str:
        return sheet({1: [f"DANH SÁCH SẢN PHẨM OCOP TỈNH {province}"], **table(SOUND, start=2)})

    (tmp_path / "so.xlsx").write_bytes(book(titled("VĨNH LONG"), titled("LÂM ĐỒNG"), sheet(table(SOUND))))
    reading = read(str(tmp_path / "so.xlsx"))

    assert [(record.sheet, reading.province_hint) for record in reading.records] == [
        ("Loc", "86"), ("Khac", "68"), ("Nua", "68"),
    ]  # fmt: skip


def test_the_file_name_tells_the_province_where_no_title_does(tmp_path: Path) -> None:
    _, reading = records(tmp_path / "ocop_vinh-long_2026.xlsx", book(sheet(table(SOUND))))

    assert reading.province_hint == "86"


def test_formulas_without_a_result_are_told(tmp_path: Path) -> None:
    told = ["<c r='E2'><f>1+1</f><v/></c>", '<c r="E3"><f>D3</f></c>', '<c r="E4"><f t="shared" si="0"/><v></v></c>']
    rows = table(
        *[(str(n), f"Mứt {n}", "HTX", "", one) for n, one in enumerate([*told, '<c r="E5"><f>2</f><v>4</v></c>'])]
    )

    got, reading = records(tmp_path / "a.xlsx", book(sheet(rows)))

    assert [len(record.recognitions) for record in got] == [0, 0, 0, 1]
    assert reading.notes == [
        "3 ô công thức chưa có kết quả lưu sẵn (Loc!E2, Loc!E3, Loc!E4 …) nên được đọc là ô trống; hãy mở bằng Excel, "
        "lưu lại rồi nhập lần nữa."
    ]


def test_representatives_and_telephones_are_not_read(tmp_path: Path) -> None:
    header = (*HEADER, "Người đại diện", "Điện thoại", "Ghi chú")
    rows = table((*SOUND, "Người Mẫu", "0912 000 001", "gọi 0912000001"), header=header)

    (record,), reading = records(tmp_path / "a.xlsx", book(sheet(rows)))

    assert "Người Mẫu" not in str(record)
    assert "0912" not in str(record)
    assert (record.note, reading.notes) == ("gọi …", [])


def test_a_book_without_such_a_header_is_refused(tmp_path: Path) -> None:
    refused = refusal(tmp_path / "a.xlsx", book(sheet({1: ["a", "b"], 2: ["1", "2"]})))

    assert (refused.problem, refused.proposals) == ("no_header", ())


def test_a_header_alone_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "a.xlsx", book(sheet(table()))).problem == "no_row"


def test_a_reader_that_stops_early_leaves_no_process(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(book(sheet(table(*[(str(n), f"Mứt {n}", "HTX") for n in range(5000)]))))
    rows = read(str(tmp_path / "a.xlsx")).records

    first = next(rows)
    rows.close()  # type: ignore[attr-defined]

    assert (first.product, list(rows)) == ("Mứt 0", [])
    children = Path("/proc/self/task").glob("*/children")
    told = " ".join(path.read_text() for path in children)
    assert not [pid for pid in told.split() if "ocop_sync.sources.cells" in Path(f"/proc/{pid}/cmdline").read_text()]


def test_cells_may_leave_out_where_they_are(tmp_path: Path) -> None:
    texts = "".join(cell(n, 1, text) for n, text in enumerate(HEADER, start=1))
    below = "".join(cell(n, 2, text) for n, text in enumerate(SOUND, start=1))
    bare = f"<row>{texts}</row><row>{below}</row>".replace(' r="', ' x="')

    (record,), _ = records(tmp_path / "a.xlsx", book(sheet(bare)))

    assert (record.row, record.product) == (2, "Mứt dâu")

"""Unknown headers: proposed by name and by what the cells look like, never applied; an officer's mapping is."""

from pathlib import Path

import pytest

from ocop_sync.sources.columns import FIELDS, LABELS, field_of
from ocop_sync.sources.mapping import load_mapping
from ocop_sync.sources.refusals import Refusal
from tests.ocop_sync.sources.books import HEADER, SOUND, book, records, refusal, sheet, table

pytestmark = pytest.mark.self_contained

ODD = ("TT", "Tên sản phẩm", "Chủ thể", "Địa chỉ", "Mức đạt", "Thời điểm", "Số văn bản CN", "Nơi ký")
ROWS = [(str(n), f"Mứt {n}", "HTX", "", "4 sao", "02/03/2026", f"{n}/QĐ-UBND", "UBND tỉnh A") for n in range(1, 6)]


def test_unknown_columns_are_proposed_and_not_read(tmp_path: Path) -> None:
    got, reading = records(tmp_path / "a.xlsx", book(sheet(table(*ROWS, header=ODD))))

    assert [record.recognitions for record in got] == [()] * 5
    assert reading.notes == [
        'cột E "Mức đạt" có vẻ là "Hạng sao" (star); hãy khai ánh xạ cột nếu đúng.',
        'cột F "Thời điểm" có vẻ là "Ngày" (issued); hãy khai ánh xạ cột nếu đúng.',
        'cột G "Số văn bản CN" có vẻ là "Số QĐ" (decision); hãy khai ánh xạ cột nếu đúng.',
        'cột H "Nơi ký" có vẻ là "Cơ quan ban hành" (authority); hãy khai ánh xạ cột nếu đúng.',
    ]


def test_a_mapping_is_applied_in_a_workbook_and_in_a_table(tmp_path: Path) -> None:
    columns = {"SỐ VĂN BẢN cn": "decision", "Mức đạt": "star", "Không có": "note"}
    lines = [",".join(ODD), *[",".join(row) for row in ROWS]]

    for path, content in (("a.xlsx", book(sheet(table(*ROWS, header=ODD)))), ("a.csv", "\n".join(lines))):
        got, reading = records(tmp_path / path, content, columns=columns)

        assert [(r.recognitions[0].star, r.recognitions[0].decision) for r in got] == [
            ("4 sao", f"{n}/QĐ-UBND") for n in range(1, 6)
        ]
        assert 'Ánh xạ cột "khong co" không có trong tệp.' in reading.notes


def test_a_header_without_product_or_producer_is_refused_with_proposals(tmp_path: Path) -> None:
    header = ("TT", "Tên các sản phẩm", "Chủ thể sx", *HEADER[3:])

    refused = refusal(tmp_path / "a.xlsx", book(sheet({1: ["DANH SÁCH"], **table(SOUND, start=3, header=header)})))

    assert 'cột B "Tên các sản phẩm" có vẻ là "Tên sản phẩm" (product)' in refused.message("vi")
    assert 'column C "Chủ thể sx" looks like "Chủ thể" (producer)' in refused.message("en")
    assert "Tên các sản phẩm" in refusal(tmp_path / "a.csv", ",".join(header) + "\n" + ",".join(SOUND)).message("vi")


@pytest.mark.parametrize("header", ["Người đại diện", "Điện thoại", "SĐT", "Số ĐT liên hệ", "Giới tính", "Phone"])
def test_personal_columns_stand_for_nothing_whatever_a_mapping_says(header: str, tmp_path: Path) -> None:
    refused = refusal(tmp_path / "a.csv", "product,producer\na,b\n", columns={header: "note"})

    assert refused.problem == "mapping"
    assert "dữ liệu cá nhân" in refused.message("vi")
    assert field_of(header, {"nguoi dai dien": "note", "dien thoai": "note", "sdt": "note"}) is None


def test_a_mapping_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "anh-xa.toml"
    path.write_text('[columns]\n"Số văn bản CN" = "decision"\n"Mức đạt" = "star"\n', encoding="utf-8")

    assert load_mapping(path) == {"Số văn bản CN": "decision", "Mức đạt": "star"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[columns]\n"A" = "phone"\n', "'phone': không có trường như vậy"),
        ('[columns]\n"A" = 5\n', "5: không có trường như vậy"),
        ('[columns]\n"A" = "star"\n"a" = "note"\n', "bị khai hai lần"),
        ('[columns]\n"…" = "star"\n', "trống"),
        ('[columns]\n"Điện thoại" = "note"\n', "dữ liệu cá nhân"),
        ("[columns]\n", "không rỗng"),
        ('[cot]\n"A" = "star"\n', "[columns]"),
        ("[columns\n", "không phải TOML"),
        ("\x00", "không phải TOML"),
    ],
)
def test_a_mapping_file_that_is_wrong_says_what_is_right(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "anh-xa.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(Refusal) as refused:
        load_mapping(path)

    message = refused.value.message("vi")
    assert told in message
    assert all(f"{field} ({LABELS[field]})" in message for field in FIELDS)


def test_a_missing_mapping_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        load_mapping(tmp_path / "khong-co.toml")

    assert refused.value.problem == "no_file"

"""CSV tables: encodings, quotes, rows that slipped; what cannot be read is refused with its line."""

import hashlib
import unicodedata
from pathlib import Path

import pytest

from tests.ocop_sync.sources.books import records, refusal

pytestmark = pytest.mark.self_contained

HEAD = "Tên sản phẩm;Chủ thể;Ghi chú\n"


def windows(text: str) -> bytes:
    """Vietnamese in Windows-1258, whose tone marks stand behind their letters."""
    out = b""
    for char in text:
        try:
            out += char.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", char)
            tone = "".join(c for c in parts if c in "\u0300\u0301\u0303\u0309\u0323")
            base = unicodedata.normalize("NFC", "".join(c for c in parts if c not in tone))
            out += (base + tone).encode("cp1258")
    return out


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters(encoding: str, delimiter: str, tmp_path: Path) -> None:
    content = (HEAD + "Mứt dâu;HTX Thử;\n").replace(";", delimiter).encode(encoding)

    (record,), reading = records(tmp_path / "a.csv", content)

    assert (record.row, record.product, record.producer) == (2, "Mứt dâu", "HTX Thử")
    assert (reading.kind, reading.default_tier, reading.ignored) == ("csv", "B2", 0)
    assert reading.digest == hashlib.sha256(content).hexdigest()
    assert reading.notes == (["Bảng viết bằng bảng mã UTF-16, đã chuyển sang Unicode."] if "16" in encoding else [])


def test_windows_1258_comes_out_composed_and_is_told(tmp_path: Path) -> None:
    (record,), reading = records(tmp_path / "a.csv", windows(HEAD + "Nước mắm Gành Đỏ – loại 1;HTX Hưng Thịnh;\n"))

    assert (record.product, record.producer) == ("Nước mắm Gành Đỏ – loại 1", "HTX Hưng Thịnh")
    assert reading.notes == ["Bảng viết bằng bảng mã Windows-1258, đã chuyển sang Unicode."]


def test_decomposed_unicode_comes_out_composed(tmp_path: Path) -> None:
    (record,), _ = records(tmp_path / "a.csv", unicodedata.normalize("NFD", HEAD + "Bưởi Năm Roi;Hộ Bảy;\n"))

    assert (record.product, record.producer) == ("Bưởi Năm Roi", "Hộ Bảy")


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (HEAD.encode() + "Mứt;HTX;\n".encode() + windows("Kẹo;Hộ Bảy;\n"), 3),
        (windows(HEAD + "Mứt;HTX;\n") + b"a;b;c\n" + "Kẹo;Hộ Bảy;\n".encode(), 4),
        ((HEAD + "Mứt;HTX;\nKẹ").encode()[:-1], 3),
    ],
)
def test_two_encodings_in_one_file_are_refused_with_the_line(content: bytes, line: int, tmp_path: Path) -> None:
    refused = refusal(tmp_path / "a.csv", content)

    assert (refused.problem, refused.data["line"]) == ("mixed_encoding", line)
    assert f"dòng {line} không cùng bảng mã" in refused.message("vi")


@pytest.mark.parametrize("line", [b"S\xb6n ph\xc8m;Ch\xf1 th\xd3;\n", b"M\x8a\x9d;HTX;\n", b"M\xf8t d\xe2u;HTX;\n"])
def test_an_encoding_that_is_neither_is_refused(line: bytes, tmp_path: Path) -> None:
    refused = refusal(tmp_path / "a.csv", b"product_name;producer;note\nx;y;\n" + line)

    assert (refused.problem, refused.data["line"]) == ("unknown_encoding", 3)


def test_a_quoted_line_break_is_one_row_and_blank_ones_count(tmp_path: Path) -> None:
    content = f'\n{HEAD}"Mứt\ndâu";"HTX ""Thử""";x\n\n;;\nKẹo;HTX;\n'

    got, reading = records(tmp_path / "a.csv", content)

    assert [(record.row, record.product, record.producer) for record in got] == [
        (3, "Mứt dâu", 'HTX "Thử"'), (6, "Kẹo", "HTX"),
    ]  # fmt: skip
    assert reading.ignored == 3


def test_a_row_that_slipped_is_held_and_says_so(tmp_path: Path) -> None:
    got, _ = records(tmp_path / "a.csv", HEAD + "Mứt;dâu;HTX;x\nKẹo;HTX;;;\n")

    assert (got[0].row, got[0].product, got[0].producer, got[0].recognitions) == (2, "", "", ())
    assert got[0].note == "Dòng 2 có 4 ô, tiêu đề chỉ có 3 cột: các ô bị lệch."
    assert got[1].product == "Kẹo"


@pytest.mark.parametrize(
    ("rest", "problem", "told"),
    [
        ('Mứt;"HTX;\n', "broken_csv", 2),
        ('Mứt;"HTX"x;\n', "broken_csv", 2),
        ("Mứt;HTX;\nKẹo;" + "x" * 140_000 + ";\n", "broken_csv", 3),
        ("Mứt;H\x00TX;\n", "binary", 2),
        ("", "no_row", None),
        ("\n;;\n", "no_row", None),
    ],
)
def test_what_cannot_be_read_names_its_place(rest: str, problem: str, told: int | None, tmp_path: Path) -> None:
    refused = refusal(tmp_path / "a.csv", HEAD + rest)

    assert (refused.problem, refused.data.get("row", refused.data.get("line"))) == (problem, told)


def test_a_table_wider_than_any_list_is_read_up_to_the_500th_column(tmp_path: Path) -> None:
    head = "product,producer" + ",x" * 600

    (record,), reading = records(tmp_path / "a.csv", f"{head},note\nMứt,HTX{',' * 601}y\n")

    assert (record.product, record.note) == ("Mứt", "")
    assert reading.notes == ["Bảng có 603 cột; chỉ đọc 500 cột đầu."]


@pytest.mark.parametrize("content", ["product,producer" + ",x" * 600_000, HEAD + '"a\n";' * 300_000])
def test_a_row_without_end_is_refused(content: str, tmp_path: Path) -> None:
    assert refusal(tmp_path / "a.csv", content).problem == "long_row"


@pytest.mark.parametrize("content", [b"", b"  \n ", b"\xef\xbb\xbf\n\n"])
def test_nothing_at_all(content: bytes, tmp_path: Path) -> None:
    assert refusal(tmp_path / "a.csv", content).problem in ("empty", "no_header")


def test_columns_of_a_second_recognition_are_a_recognition_of_their_own(tmp_path: Path) -> None:
    head = "Tên sản phẩm,Chủ thể,Hạng sao,Số QĐ,Hạng sao,Số QĐ\n"

    (both, last), _ = records(tmp_path / "a.csv", head + "Mứt,HTX,3,1/QĐ,4,2/QĐ\nKẹo,HTX,,,4,3/QĐ\n")

    assert [(one.star, one.decision) for one in both.recognitions] == [("3", "1/QĐ"), ("4", "2/QĐ")]
    assert [(one.star, one.decision) for one in last.recognitions] == [("4", "3/QĐ")]


@pytest.mark.parametrize("text", ["30/02/2025", "02/03/0203", "2-1-24", "năm 2025"])
def test_a_date_that_is_none_is_passed_on_as_it_was_typed(text: str, tmp_path: Path) -> None:
    (record,), _ = records(tmp_path / "a.csv", f"product_name,producer,issued_at\nMứt,HTX,{text}\n")

    assert record.recognitions[0].issued == text


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    from ocop_sync.errors import SourceUnusable  # noqa: PLC0415
    from ocop_sync.sources.services import read  # noqa: PLC0415

    with pytest.raises(SourceUnusable, match=r"khong-co\.csv"):
        read(str(tmp_path / "khong-co.csv"))

"""The table that people mail around: what is written is read again, what is no table is refused."""

import pytest

from catalog.synonyms import errors, files
from catalog.synonyms.groups import BUILT_IN, Group, Kind

HEAD = "Loại,Từ,Tìm thêm,Ghi chú\r\n"
LAC = Group(Kind.GOODS, ("lạc", "đậu phộng"), (), "miền Bắc, miền Nam")


def test_what_is_written_is_read_again() -> None:
    groups = (
        *BUILT_IN,
        Group(Kind.GOODS, ("bông",), ("hoa", "huê"), '=HYPERLINK("x") "y"'),
        Group(Kind.TRADE, ("a", "b")),
    )
    assert files.read(files.write(groups)) == groups


def test_excel_sees_accents_and_no_formula() -> None:
    written = files.write([Group(Kind.GOODS, ("lạc", "đậu phộng"), (), "=1+1")])
    assert written == f"\ufeff{HEAD}hàng hóa,lạc / đậu phộng,,'=1+1\r\n".encode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_tables_as_spreadsheets_write_them_are_read(sign: str, encoding: str) -> None:
    text = sign.join(["Từ", "Loại", "Ghi chú"]) + "\n" + sign.join(["lạc / Đậu  phộng", "Hàng hoá", "x"]) + "\n\n"
    assert files.read(text.encode(encoding)) == (Group(Kind.GOODS, ("lạc", "Đậu phộng"), (), "x"),)


def test_an_unknown_kind_is_left_to_the_check() -> None:
    assert files.read(f"{HEAD}gì đó,lạc / mè,,".encode())[0].kind == "gì đó"


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", errors.FileWithoutColumns),
        ("Từ,Ghi chú\nlạc,".encode(), errors.FileWithoutColumns),
        ("Loại,Từ\nlạc".encode("utf-16")[:-1], errors.FileNotText),
        (b"PK\x03\x04\x00", errors.FileNotText),
        ("Loại,Từ".encode("cp1258", "replace") + b"\xff\xfe\xd2", errors.FileNotText),
        (HEAD.encode() + b'a,"' + b"x" * 200_000, errors.FileNotText),
        (b"x" * (files.MOST_BYTES + 1), errors.FileTooLarge),
    ],
)
def test_what_is_no_such_table_is_refused(content: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        files.read(content)


def test_a_line_twice_is_one_group() -> None:
    assert files.read(files.write([LAC, LAC])) == (LAC,)

"""Inputs for the registry readers: such as offices send them, then damaged here and there (hypothesis strategies)."""

import csv
import io
import json
import unicodedata
import zipfile
from typing import Any

from hypothesis import strategies as st
from openpyxl import Workbook

HEADER = ("TT", "Tên sản phẩm", "Chủ thể", "Xã/phường", "Địa chỉ", "Hạng sao", "Ngày", "Năm", "Số QĐ",
          "Cơ quan ban hành", "Ghi chú", "Số văn bản CN", "Người đại diện")  # fmt: skip
WORDS = ("Mứt dâu tây", "HTX Nông nghiệp Ba Hưng", "4 sao", "★★★", "4 sao (tiềm năng 5 sao)", "đề xuất 5 sao", "#REF!",
         "02/03/2026", "30/02/2025", "2-1-24", "02/03/0203", "năm 2023", "46910", "12/QĐ-UBND", "UBND tỉnh Lâm Đồng",
         "Tổng cộng: 18", "ngày 1 tháng 2 năm 2026", "0912000001", "", " ", "\n", "Bưởi", "x" * 300)  # fmt: skip
DAY = "2026-11-23T00:00:00+07:00"
TOKENS = (
    b'"',
    b"'",
    b"\n",
    b"\r",
    b"\x00",
    b"\xff\xfe",
    b"\xcc",
    b",",
    b";",
    b"{",
    b"}",
    b"[",
    b"]",
    b":",
    b"NaN",
    b"-Infinity",
    b"1e999",
    b"9" * 400,
    b"\\ud800",
    b"\\u0000",
    b"null",
    b"true",
    b"<",
    b">",
    b"</c>",
    b"<c ",
    b"<v>",
    b"</v>",
    b"&a;",
    b"&#0;",
    b"&#x41;",
    b"<!DOCTYPE x>",
    b"<![CDATA[",
    b"<!--",
    b't="s"',
    b't="e"',
    b't="b"',
    b't="d"',
    b't="str"',
    b'r="XFD1048576"',
    b'r="A0"',
    b'r="ZZZZ9999999"',
    b'r=""',
    b"-1",
    b"1048577",
    b"4294967296",
    b"<f>",
    b"<f/>",
    b"_x000D_",
    b"xml:space",
    b'ref="A1:XFD9"',
)

texts = st.one_of(st.sampled_from(WORDS), st.text(max_size=30), st.integers().map(str), st.floats().map(str))


@st.composite
def damaged(draw: st.DrawFn, content: bytes, most: int = 4) -> bytes:
    """The content with a few edits: tokens put in, ranges cut out, doubled or overwritten, the end cut off."""
    out = bytearray(content)
    for _ in range(draw(st.integers(0, most))):
        place = len(out) * draw(st.integers(0, 10_000)) // 10_000
        length = draw(st.integers(0, 40))
        kind = draw(st.sampled_from(("put", "put", "put", "over", "cut", "double", "end", "flip")))
        token = draw(st.one_of(st.sampled_from(TOKENS), st.binary(min_size=1, max_size=6)))
        if kind == "put":
            out[place:place] = token
        elif kind == "over":
            out[place : place + len(token)] = token
        elif kind == "cut":
            del out[place : place + length]
        elif kind == "double":
            out[place:place] = out[place : place + length]
        elif kind == "end":
            del out[place:]
        elif place < len(out):
            out[place] ^= 1 << (length % 8)
    return bytes(out)


@st.composite
def tables(draw: st.DrawFn) -> bytes:
    """A CSV table."""
    rows = draw(st.lists(st.lists(texts, max_size=len(HEADER) + 1), max_size=12))
    out = io.StringIO()
    table = csv.writer(
        out, delimiter=draw(st.sampled_from(",;\t")), lineterminator=draw(st.sampled_from(("\n", "\r\n")))
    )
    table.writerows([HEADER[: draw(st.integers(1, len(HEADER)))], *rows])
    text = unicodedata.normalize(draw(st.sampled_from(("NFC", "NFD"))), out.getvalue())
    encoding = draw(st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "cp1258")))
    return draw(damaged(text.encode(encoding, "replace")))


_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), texts, st.text(max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(texts, inner, max_size=4)),
    max_leaves=8,
)
_facts = st.one_of(texts, texts, texts, _values)
_recognitions = st.lists(
    st.fixed_dictionaries(
        {}, optional=dict.fromkeys(("star", "score", "decision_number", "authority", "issued_on", "status"), _facts)
    ),
    max_size=3,
)
items = st.one_of(
    st.fixed_dictionaries(
        {"registry_id": _facts, "product_name": _facts, "producer": st.one_of(texts, _values)},
        optional={
            "category": _facts, "product_set": _facts, "address": _facts, "deleted": _values, "evidence": _facts,
            "recognitions": st.one_of(_recognitions, _recognitions, _values),
        },
    ),
    _values,
)  # fmt: skip


@st.composite
def pages(draw: st.DrawFn) -> bytes:
    """A feed's page."""
    page: dict[str, Any] = {
        "as_of": draw(st.one_of(st.just(DAY), st.none(), _values)),
        "items": draw(st.lists(items, max_size=5)),
    }
    page["next_cursor"] = draw(st.one_of(st.none(), st.none(), texts))
    return draw(damaged(json.dumps(page, ensure_ascii=draw(st.booleans())).encode("utf-8", "surrogatepass")))


@st.composite
def item_lines(draw: st.DrawFn) -> bytes:
    """A feed with one item a line."""
    lines = [json.dumps(one, ensure_ascii=False) for one in draw(st.lists(items, max_size=8))]
    return draw(damaged("\n".join(lines).encode("utf-8", "surrogatepass"), most=2))


@st.composite
def walks(draw: st.DrawFn) -> list[tuple[int, dict[str, str], bytes]]:
    """What a feed's server answers, one after the other: status, headers, body."""
    told = []
    for number in range(draw(st.integers(1, 4))):
        cursor = draw(st.sampled_from((None, str(number), str(number), "0", "")))
        page = {"as_of": DAY, "items": draw(st.lists(items, min_size=1, max_size=3)), "next_cursor": cursor}
        body = json.dumps(page).encode()
        if draw(st.integers(0, 5)) == 0:
            body = draw(damaged(body))
        status = draw(st.sampled_from((*[200] * 12, 204, 301, 302, 304, 307, 401, 404, 410, 429, 500, 503)))
        headers = draw(st.dictionaries(st.sampled_from(("Retry-After", "Location", "ETag")), header_texts, max_size=2))
        told.append((status, headers, body))
    return told


header_texts = st.one_of(
    st.sampled_from(
        (
            "0",
            "5",
            "3600",
            "Mon, 01 Jan 2001 00:00:00 GMT",
            "/products?cursor=1",
            "https://dich.vn/",
            '"a"',
            "//x",
            "x:",
        )
    ),
    st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=20),
)


@st.composite
def workbooks(draw: st.DrawFn) -> bytes:
    """A provincial workbook, a part of its XML or its archive damaged."""
    book = Workbook()
    sheet = book.create_sheet("Loc", 0)
    for _ in range(draw(st.integers(0, 2))):
        sheet.append(["DANH SÁCH SẢN PHẨM OCOP TỈNH LÂM ĐỒNG"])
    sheet.append(HEADER)
    cells = st.one_of(texts.map(_printable), st.integers(-5, 60_000), st.floats(allow_nan=False, allow_infinity=False),
                      st.booleans(), st.none(), st.dates(), st.just("=1+1"))  # fmt: skip
    for row in draw(st.lists(st.lists(cells, max_size=len(HEADER)), max_size=8)):
        sheet.append(row)
    for column, top, more in draw(
        st.lists(st.tuples(st.integers(1, 6), st.integers(1, 9), st.integers(0, 4)), max_size=3)
    ):
        sheet.merge_cells(start_row=top, end_row=top + more, start_column=column, end_column=column + more % 2)
    out = io.BytesIO()
    book.save(out)
    return draw(damaged(_repacked(draw, out.getvalue()), most=draw(st.sampled_from((0, 0, 0, 2)))))


def _printable(text: str) -> str:
    return "".join(char for char in text if char.isprintable())


def _repacked(draw: st.DrawFn, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = [
            name
            for name in old.namelist()
            if name.startswith("xl/w") or name in ("xl/styles.xml", "xl/sharedStrings.xml")
        ]
        chosen = draw(st.sampled_from([*names, *[n for n in names if "worksheets" in n] * 3]))
        for name in old.namelist():
            part = old.read(name)
            if name != chosen:
                new.writestr(name, part)
            elif draw(st.integers(0, 30)):
                new.writestr(name, draw(damaged(part, most=5)))
    return out.getvalue()

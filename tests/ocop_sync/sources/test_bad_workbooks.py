"""Workbooks that are broken, locked or made to do harm: each has its own refusal, and none takes the process along."""

import io
import zipfile
from pathlib import Path

import pytest

from ocop_sync.sources import archive, cell_stream
from tests.ocop_sync.sources.books import SHEET, SOUND, book, packed, parts, records, refusal, sheet, table

pytestmark = pytest.mark.self_contained

GOOD = sheet(table(SOUND))


def changed(**told: str | bytes) -> bytes:
    """A good workbook with parts put in another's place, or added."""
    return packed({**parts(GOOD), **told})


def test_one_cell_in_the_far_corner(tmp_path: Path) -> None:
    far = sheet({**table(SOUND), 1048576: ['<c r="XFD1048576" t="str"><v>x</v></c>']})

    refused = refusal(tmp_path / "a.xlsx", book(far))

    assert refused.problem == "far_cell"
    assert 'trang tính "Loc" trải rộng 1,048,576 dòng × 16,384 cột (có ô ở tận XFD1048576)' in refused.message("vi")


def test_a_far_corner_that_is_only_painted_does_no_harm(tmp_path: Path) -> None:
    painted = sheet({**table(SOUND), 1048576: ['<c r="XFD1048576" s="0"/>']})

    got, _ = records(tmp_path / "a.xlsx", book(painted))

    assert [record.row for record in got] == [2]


def test_a_far_corner_that_hides_from_the_scan_ends_with_the_reading_process(tmp_path: Path) -> None:
    sly = sheet({**table(SOUND), 1048576: ['<c  t="str"\nr="XFD1048576"><v>x</v></c>']})

    assert refusal(tmp_path / "a.xlsx", book(sly)).problem == "too_much"


def test_a_sheet_of_16384_columns_is_read_up_to_the_500th(tmp_path: Path) -> None:
    wide = sheet({**table(SOUND), 3: ["2", "Kẹo", "HTX", '<c r="XFD3" t="str"><v>x</v></c>']})

    got, reading = records(tmp_path / "a.xlsx", book(wide))

    assert [record.product for record in got] == ["Mứt dâu", "Kẹo"]
    assert reading.notes == ['Trang tính "Loc" có ô nằm ngoài cột thứ 500; các ô đó không được đọc.']


def test_many_rows_of_very_many_columns_are_refused(tmp_path: Path) -> None:
    wide = sheet({**table(SOUND), 700: ["2", "Kẹo", "HTX", '<c r="XFD700" t="str"><v>x</v></c>']})

    refused = refusal(tmp_path / "a.xlsx", book(wide))

    assert (refused.problem, refused.data["cell"]) == ("far_cell", "XFD700")


def test_1048576_rows_of_a_narrow_table_are_read_and_counted(tmp_path: Path) -> None:
    long = sheet({**table(SOUND), 1048576: ["2", "Kẹo", "HTX"]})

    got, reading = records(tmp_path / "a.xlsx", book(long))

    assert [record.row for record in got] == [2, 1048576]
    assert reading.ignored == 1048576 - 3


def test_a_row_number_beyond_excel_is_refused(tmp_path: Path) -> None:
    beyond = sheet({**table(SOUND), 99999999: ["2", "Kẹo", "HTX"]})

    assert refusal(tmp_path / "a.xlsx", book(beyond)).problem == "far_cell"


def test_a_zip_bomb_by_its_ratio(tmp_path: Path) -> None:
    bomb = changed(**{SHEET: GOOD.replace("</sheetData>", " " * 20_000_000 + "</sheetData>")})

    refused = refusal(tmp_path / "a.xlsx", bomb)

    assert len(bomb) < 50_000
    assert refused.problem == "explodes"
    assert SHEET in refused.message("vi")


def test_a_zip_bomb_by_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = changed()
    with zipfile.ZipFile(io.BytesIO(content)) as told:
        unzipped = sum(entry.file_size for entry in told.infolist())
    monkeypatch.setattr(archive, "LARGEST_UNZIPPED", unzipped - 1)

    with pytest.raises(archive.Refused, match="explodes"):
        archive.clean_copy(content, archive.Findings())


def test_a_part_that_is_larger_than_it_says(tmp_path: Path) -> None:
    content = bytearray(changed(**{SHEET: GOOD.replace("</sheetData>", "<row/>" * 1000 + "</sheetData>")}))
    with zipfile.ZipFile(io.BytesIO(content)) as told:
        size = told.getinfo(SHEET).file_size.to_bytes(4, "little")

    refused = refusal(tmp_path / "a.xlsx", bytes(content).replace(size, (900).to_bytes(4, "little")))

    assert refused.problem == "damaged"


def test_a_zip_within_a_zip_is_never_opened(tmp_path: Path) -> None:
    inner = packed({"xl/worksheets/sheet9.xml": " " * 30_000_000})

    got, _ = records(
        tmp_path / "a.xlsx", changed(**{"xl/embeddings/inner.zip": inner, "xl/media/x.xml": " " * 20_000_000})
    )

    assert len(got) == 1


def test_very_many_entries(tmp_path: Path) -> None:
    refused = refusal(tmp_path / "a.xlsx", changed(**{f"xl/media/{n}.png": "" for n in range(archive.MOST_PARTS)}))

    assert refused.problem == "odd_archive"


def test_overlapping_entries(tmp_path: Path) -> None:
    content = packed({**parts(GOOD), "xl/worksheets/sheet2.xml": GOOD})
    with zipfile.ZipFile(io.BytesIO(content)) as told:
        first, second = told.getinfo(SHEET).header_offset, told.getinfo("xl/worksheets/sheet2.xml").header_offset
    directory = content.index(b"PK\x01\x02")
    head, tail = content[:directory], content[directory:]
    tail = tail.replace(second.to_bytes(4, "little") + b"xl/", first.to_bytes(4, "little") + b"xl/")

    refused = refusal(tmp_path / "a.xlsx", head + tail)

    assert (refused.problem, refused.data["reason"]) == ("odd_archive", "overlapping parts")


def test_one_name_twice(tmp_path: Path) -> None:
    refused = refusal(tmp_path / "a.xlsx", changed(**{"xl/worksheets/SHEET1.xml": GOOD}))

    assert (refused.problem, refused.data["reason"]) == ("odd_archive", "one name twice")


def test_macros_are_left_alone_and_told(tmp_path: Path) -> None:
    got, reading = records(tmp_path / "a.xlsm", changed(**{"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 macro"}))

    assert len(got) == 1
    assert reading.notes == ["Tệp có macro; chỉ đọc các ô, không đọc và không chạy macro."]


def test_a_password(tmp_path: Path) -> None:
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")

    refused = refusal(tmp_path / "a.xlsx", locked)

    assert refused.problem == "password"
    assert "bỏ mật khẩu" in refused.message("vi")


def test_an_entry_under_a_password(tmp_path: Path) -> None:
    content = bytearray(changed())
    content[content.index(b"PK\x01\x02") + 8] |= 1

    assert refusal(tmp_path / "a.xlsx", bytes(content)).problem == "password"


@pytest.mark.parametrize("content", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 Workbook", b"<html><table></table></html>"])
def test_an_old_workbook(content: bytes, tmp_path: Path) -> None:
    refused = refusal(tmp_path / "a.xls", content)

    assert refused.problem == "old_excel"
    assert "lưu lại thành .xlsx" in refused.message("vi")


@pytest.mark.parametrize("share", [0.02, 0.2, 0.5, 0.8, 0.95, 0.99])
def test_a_truncated_workbook(share: float, tmp_path: Path) -> None:
    content = changed()

    refused = refusal(tmp_path / "a.xlsx", content[: int(len(content) * share)])

    assert refused.problem == "damaged"
    assert "hỏng hoặc bị cắt cụt" in refused.message("vi")


def test_a_flipped_byte_is_damage(tmp_path: Path) -> None:
    content = bytearray(changed())
    with zipfile.ZipFile(io.BytesIO(content)) as told:
        content[told.getinfo(SHEET).header_offset + 200] ^= 0xFF

    assert refusal(tmp_path / "a.xlsx", bytes(content)).problem == "damaged"


@pytest.mark.parametrize("name", ["content.xml", "word/document.xml", "xl/workbook.bin"])
def test_another_kind_of_archive(name: str, tmp_path: Path) -> None:
    assert refusal(tmp_path / "a.xlsx", packed({name: "<x/>"})).problem == "no_workbook"


@pytest.mark.parametrize(
    "part", [SHEET, "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml", "xl/styles.xml"]
)
def test_entities_and_dtds_in_any_part(part: str, tmp_path: Path) -> None:
    bad = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>'

    refused = refusal(tmp_path / "a.xlsx", changed(**{part: bad}))

    assert (refused.problem, refused.data["part"]) == ("dtd", part)


@pytest.mark.parametrize(
    ("cells", "shared"),
    [
        ('<c r="B2" t="s"><v>0</v></c>', None),
        ('<c r="B2" t="s"><v>7</v></c>', "<si><t>một</t></si>"),
        ('<c r="B2" t="s"><v>-1</v></c>', "<si><t>một</t></si>"),
        ('<c r="B2" t="s"><v>x</v></c>', "<si><t>một</t></si>"),
        ('<c r="B2" t="b"><v>2</v></c>', None),
        ('<c r="2B"><v>1</v></c>', None),
    ],
)
def test_cells_that_no_program_writes(cells: str, shared: str | None, tmp_path: Path) -> None:
    told: dict[str, str] = {SHEET: sheet(table(("1", cells, "HTX")))}
    if shared:
        told["xl/sharedStrings.xml"] = (
            f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{shared}</sst>'
        )

    assert refusal(tmp_path / "a.xlsx", changed(**told)).problem == "damaged"


@pytest.mark.parametrize("cells", ['<c r="B2"><v>#XXX</v></c>', '<c r="B2" t="e"><v>#XXX</v></c>'])
def test_values_of_no_known_kind_stay_visible(cells: str, tmp_path: Path) -> None:
    got, _ = records(tmp_path / "a.xlsx", changed(**{SHEET: sheet(table(("1", cells, "HTX")))}))

    assert got[0].product == "#XXX"


@pytest.mark.parametrize(
    "told",
    [
        {SHEET: GOOD[:-40]},
        {SHEET: GOOD.encode("utf-16")},
        {SHEET: GOOD.replace("UTF-8", "windows-1258").encode("cp1252", "replace")},
        {SHEET: GOOD.encode().replace("Mứt".encode(), b"M\xff\xfet")},
        {"xl/_rels/workbook.xml.rels": "<Relationships/>"},
        {"xl/workbook.xml": "<workbook"},
        {"xl/workbook.xml": GOOD},
    ],
)
def test_parts_that_make_no_sense(told: dict[str, str | bytes], tmp_path: Path) -> None:
    assert refusal(tmp_path / "a.xlsx", changed(**told)).problem in ("damaged", "no_header")


def test_a_cell_longer_than_excel_allows(tmp_path: Path) -> None:
    refused = refusal(tmp_path / "a.xlsx", book(sheet(table(("1", "x" * 40_000, "HTX")))))

    assert (refused.problem, refused.data["row"]) == ("long_cell", 2)


def test_a_reading_process_that_hangs_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cell_stream, "LONGEST_WAIT", 0.0)

    assert refusal(tmp_path / "a.xlsx", changed()).problem == "too_much"


def test_nothing_is_known_of_the_shop_in_the_reading_process(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CHOSAO_SECRET_KEY", "bi-mat")
    monkeypatch.setattr(cell_stream.sys, "executable", "env")  # `env -m …` fails; what matters is what it was given
    given: dict[str, str] = {}
    real = cell_stream.subprocess.Popen

    def popen(command: list[str], **options: object) -> object:
        given.update(options["env"])  # type: ignore[call-overload]
        return real(command, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(cell_stream.subprocess, "Popen", popen)

    assert refusal(tmp_path / "a.xlsx", changed()).problem == "damaged"
    assert not [name for name in given if name.startswith(("CHOSAO", "DJANGO", "DATABASE"))]

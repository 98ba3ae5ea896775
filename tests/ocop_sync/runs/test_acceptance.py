"""The real tables beside the checkout, where they are: every record ends as it must."""

import csv
import io
import json
import re
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from django.core.management import call_command

from ocop_sync.normalise.stars import read_star
from ocop_sync.runs.services import run_sync

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


def test_lam_dong_gives_24_listed_and_36_held_and_its_places(shared: Path) -> None:
    report = run_sync(str(shared / "registry/lamdong_60.csv"), source_name="lam-dong", as_of=DAY)

    assert (report.read, report.listed, report.lapsed, report.held, report.ignored) == (60, 24, 0, 36, 0)
    assert sum(1 for record in report.records if record["province_code"]) == 60
    assert sum(1 for record in report.records if record["commune_code"]) == 58


def test_cau_ke_is_held_whole(shared: Path) -> None:
    report = run_sync(str(shared / "registry/cauke_37.csv"), source_name="cau-ke", as_of=DAY)

    assert (report.read, report.listed, report.held) == (37, 0, 37)
    assert {record["province_code"] for record in report.records} == {"86"}


def test_the_workbook_is_exactly_as_expected(shared: Path) -> None:
    expected = json.loads((shared / "registry/workbook_sample.expected.json").read_text())["rows"]

    report = run_sync(str(shared / "registry/workbook_sample.xlsx"), source_name="mau-so", as_of=DAY)

    got = {record["row"]: record for record in report.records}
    assert sorted(got) == [one["row"] for one in expected]
    for one in expected:
        told = got[one["row"]]
        assert (told["product"], told["outcome"]) == (one["product"], one["outcome"])
        assert set(one.get("reasons", [])) <= set(told["reasons"])
        for name in ("star", "commune_code", "province_code"):
            assert told[name] == one.get(name, told[name])


def test_nothing_personal_is_kept(shared: Path) -> None:
    path = shared / "registry/workbook_sample.xlsx"
    sheet = openpyxl.load_workbook(path).worksheets[0]
    header = next(r for r in sheet.iter_rows(max_row=10) if any("đại diện" in str(c.value).lower() for c in r))
    columns = [c.column for c in header if any(w in str(c.value).lower() for w in ("đại diện", "điện thoại"))]
    below = range(header[0].row + 2, sheet.max_row + 1)
    personal = {str(sheet.cell(r, c).value).strip() for c in columns for r in below} - {"None", ""}

    run_sync(str(path), source_name="mau-so", as_of=DAY)

    kept = io.StringIO()
    call_command("dumpdata", "catalog", "ocop_sync", stdout=kept)
    assert personal
    assert not [value for value in personal if value in json.loads(json.dumps(kept.getvalue()))]
    assert "Nguy\\u1ec5n V\\u0103n A" not in kept.getvalue()


def test_star_texts_are_read_as_people_would(shared: Path) -> None:
    with (shared / "registry/star_strings.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    for one in rows:
        right = re.match(r"[1-5]", one["correct"])
        assert read_star(one["text"]).star == (int(right[0]) if right else None), one

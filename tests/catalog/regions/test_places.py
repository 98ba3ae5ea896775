"""Places: complete, and read out of texts without merging twins."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from catalog.regions import commune, old_provinces, provinces, regions, resolve
from catalog.regions.places import places

TWINS = [
    ("02143", "05665"), ("10888", "10903"), ("21289", "21292"), ("21484", "21523"),
    ("25280", "25294"), ("25807", "27676"), ("25534", "27826"), ("29938", "30157"),
]  # fmt: skip


def test_the_table_is_complete() -> None:
    table = places()
    assert (len(provinces()), len(table.communes), len(old_provinces()), len(regions())) == (34, 3321, 63, 7)
    assert {old.province_code for old in old_provinces()} == {p.code for p in provinces()}
    assert {c.province_code for c in table.communes.values()} == {p.code for p in provinces()}
    assert sum(len(one.new_codes) for one in table.old_communes) == 10602
    assert sum(len(one.new_codes) > 1 for one in table.old_communes) == 471
    assert all(code in table.communes for one in table.old_communes for code in one.new_codes)
    assert Counter(code for r in regions() for code in r.old_provinces) == {old.code: 1 for old in old_provinces()}


@pytest.mark.parametrize(("one", "other"), TWINS)
def test_twins_never_merge(one: str, other: str) -> None:
    for code in (one, other):
        name, where = commune(code).name, places().provinces[commune(code).province_code].name
        assert resolve(f"{name}, {where}").commune_code == code


@pytest.mark.parametrize(
    ("text", "province_code", "commune_code"),
    [
        ("Số 08 Nguyễn Trãi, phường Phan Thiết, tỉnh Lâm Đồng", "68", "22945"),
        ("Bon Đắk Huýt, xã Quảng Trực, huyện Tuy Đức, tỉnh Đắk Nông", "68", "24736"),
        ("thành phố Phan Thiết, tỉnh Bình Thuận", "68", ""),
        ("Xã Hòa Lộc, huyện Mỏ Cày Bắc, tỉnh Bến Tre", "86", ""),
    ],
)
def test_addresses_old_and_new(text: str, province_code: str, commune_code: str) -> None:
    place = resolve(text)
    assert (place.province_code, place.commune_code, place.problem) == (province_code, commune_code, None)


def test_every_commune_of_today_is_found_by_its_name() -> None:
    for one in places().communes.values():
        province = places().provinces[one.province_code].name
        assert resolve(f"{one.name}, {province}").commune_code == one.code


def test_every_old_commune_leads_to_what_it_became_and_a_split_one_is_left_open() -> None:
    for one in places().old_communes:
        parts = (one.name, one.district, places().old_provinces[one.province_code].name)
        found = resolve(", ".join(part for part in parts if part))
        expected = one.new_codes[0] if len(one.new_codes) == 1 else ""
        assert found.commune_code == expected, parts
        assert (found.province_code, found.old_province_code) == (
            places().old_provinces[one.province_code].province_code,
            one.province_code,
        )


def test_the_kind_tells_a_town_from_the_commune_of_its_name() -> None:
    assert resolve("TT. Mường Tè, huyện Mường Tè, tỉnh Lai Châu").commune_code == "03433"
    assert resolve("xã Mường Tè, huyện Mường Tè, tỉnh Lai Châu").commune_code == "03445"


def test_a_commune_that_the_province_never_had_is_unknown() -> None:
    assert resolve("Khóm Ba So", "86", commune="Ba So").problem == "unknown_place"
    assert resolve("Đâu đó").problem == "unknown_place"


def test_the_sixty_of_lam_dong(shared: Path) -> None:
    with (shared / "registry" / "lamdong_60.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    found = [resolve(row["original_address"]) for row in rows]
    assert sum(place.province_code == "68" for place in found) == 60
    assert sum(place.commune_code == row["new_ward_code"] != "" for place, row in zip(found, rows, strict=True)) == 58

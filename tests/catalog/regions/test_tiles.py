"""The tile map: every province once, no two on one square, and placed like the country."""

import pytest

from catalog.regions import merged_into, province, province_named, provinces, regions_of
from catalog.regions.tiles import TILES


def code(slug: str) -> str:
    found = province_named(slug)
    assert found is not None
    return found.code


def test_every_province_of_today_stands_on_one_square_of_its_own() -> None:
    assert sorted(TILES) == sorted(one.code for one in provinces())
    assert len(set(TILES.values())) == 34


def test_the_order_is_from_north_to_south_then_from_west_to_east() -> None:
    assert list(TILES.values()) == sorted(TILES.values())


@pytest.mark.parametrize(
    ("north", "south"),
    [
        ("cao-bang", "lang-son"), ("ha-noi", "ninh-binh"), ("ninh-binh", "thanh-hoa"), ("thanh-hoa", "nghe-an"),
        ("nghe-an", "ha-tinh"), ("ha-tinh", "quang-tri"), ("quang-tri", "hue"), ("hue", "da-nang"),
        ("da-nang", "quang-ngai"), ("quang-ngai", "gia-lai"), ("gia-lai", "dak-lak"), ("dak-lak", "lam-dong"),
        ("dak-lak", "khanh-hoa"), ("dong-nai", "ho-chi-minh"), ("tay-ninh", "dong-thap"), ("an-giang", "ca-mau"),
    ],
)  # fmt: skip
def test_what_lies_north_stands_above(north: str, south: str) -> None:
    assert TILES[code(north)].row < TILES[code(south)].row


@pytest.mark.parametrize(
    ("west", "east"),
    [
        ("dien-bien", "son-la"), ("lai-chau", "lao-cai"), ("phu-tho", "ha-noi"), ("bac-ninh", "quang-ninh"),
        ("hung-yen", "hai-phong"), ("lam-dong", "khanh-hoa"), ("dong-nai", "lam-dong"), ("an-giang", "dong-thap"),
        ("can-tho", "vinh-long"),
    ],
)  # fmt: skip
def test_what_lies_west_stands_further_left(west: str, east: str) -> None:
    assert TILES[code(west)].column < TILES[code(east)].column


def test_the_corners_of_the_country() -> None:
    assert province(min(TILES, key=lambda one: TILES[one])).short == "Lai Châu"
    assert province(max(TILES, key=lambda one: TILES[one])).short == "Cà Mau"


def test_slugs_name_one_province_each() -> None:
    slugs = [one.slug for one in provinces()]

    assert len(set(slugs)) == 34
    assert [province_named(slug) for slug in slugs] == provinces()
    assert province_named("lam-dong") == province("68")


@pytest.mark.parametrize("slug", ["", "ben-tre", "Lam-Dong", "lâm-đồng", "68"])
def test_a_slug_of_no_province_of_today_names_none(slug: str) -> None:
    assert province_named(slug) is None


def test_a_province_knows_what_it_was_made_of() -> None:
    assert [old.short for old in merged_into("68")] == ["Bình Thuận", "Đắk Nông", "Lâm Đồng"]
    assert [old.short for old in merged_into("11")] == ["Điện Biên"]
    assert [region.slug for region in regions_of("68")] == ["duyen-hai-nam-trung-bo", "tay-nguyen"]

"""Old districts and communes in a query: what is read as a place, and what stays words."""

from collections import Counter

import pytest

from catalog.regions.places import OldDistrict, places
from catalog.search import local_phrases, place_words
from catalog.search.chips import chip
from catalog.search.tokens import folded, tokens

READ = {
    # a district's name alone
    "nem Lai Vung": "old_district:876",
    "nem lai vung": "old_district:876",
    "mật ong Mộc Châu": "old_district:123",
    "chè Đại Từ": "old_district:171",
    "bưởi Đoan Hùng": "old_district:230",
    "buoi doan hung": "old_district:230",
    "cam Cao Phong": "old_district:154",
    "mật ong bạc hà Mèo Vạc": "old_district:027",
    "trà Bảo Lộc": "old_district:673",
    "Hoa Lư": "old_district:374",
    "Phú Quốc": "old_district:911",
    "cà phê Đắk Hà": "old_district:615",  # the list writes Đăk Hà
    "hoa Điện Biên Phủ": "old_district:094",  # and not the province of Điện Biên
    # with its kind, in all ways
    "huyện Lai Vung": "old_district:876",
    "H. Lai Vung": "old_district:876",
    "nem ở huyện Lai Vung": "old_district:876",
    "tp Bảo Lộc": "old_district:673",
    "thị xã Bảo Lộc": "old_district:673",  # it was one before it was a city
    "TX Chũ": "old_district:224",
    "thành phố Vinh": "old_district:412",
    "quận 1": "old_district:760",
    "huyện Quảng Ninh": "old_district:456",  # in Quảng Bình
    # nicknames
    "rau sapa": "old_district:088",
    "cà phê Buôn Mê Thuột": "old_district:643",
    "nho Phan Rang": "old_district:582",
    # a town and the country around it are one place
    "xoài Cao Lãnh": "old_district:866+873",
    "xoài huyện Cao Lãnh": "old_district:873",
    # accents tell apart
    "Phù Ninh": "old_district:233",
    "Phú Ninh": "old_district:518",
    "Phù Yên": "old_district:122",
    "Phú Yên": "old_province:54",
    "Cẩm Mỹ": "old_district:739",
    # a province beside it settles it
    "Châu Thành Bến Tre": "old_district:831 old_province:83",
    "huyện Châu Thành, tỉnh Sóc Trăng": "old_district:942 old_province:94",
    "Tân Phú Đồng Nai": "old_district:734 province:75",
    "Tam Nông Phú Thọ": "old_district:236 province:25",
    "nem Lai Vung Đồng Tháp": "old_district:876 province:82",
    # communes, behind their kind
    "nem xã Hòa Long Đồng Tháp": "commune:30208 province:82",
    "xã Hoà Long, huyện Lai Vung": "commune:30208 old_district:876",
    "xã Tân Thành, huyện Lai Vung, tỉnh Đồng Tháp": "old_commune:30226 old_district:876 province:82",
    "xã Lai Vung": "commune:30226",
    "phường Mộc Châu": "commune:03980",
    "thị trấn Phố Bảng": "old_commune:00712",
    # what is a province's stays one
    "tp Bến Tre": "old_province:83",
    "thành phố Thái Nguyên": "province:19",
    "chè Thái Nguyên": "province:19",
    "chả mực Quảng Ninh": "province:22",
}
WORDS = [
    "Châu Thành", "huyện Châu Thành", "Tân Phú", "Tam Nông", "Phước Long", "Sơn Tây", "Vĩnh Thạnh", "chau thanh",
    "tam nong", "phu ninh",  # several
    "xã Hòa Long", "phường 7", "xã Sơn Hà", "thị trấn Châu Thành",  # several communes
    "cam Mỹ", "cấm mỹ", "doàn hùng", "Lai Vúng", "Mộc Chấu", "bác hà",  # accents disagree
    "rượu doan hung đỏ", "nước mắm phu quoc",  # who types accents types all of them
    "vinh", "mì Chũ", "chu",  # one syllable
    "xà lách", "xả Hòa Long", "quán Lai Vụng", "quần Tân Phú", "huyền Lai Vụng", "xã hội", "phương đông",  # no kinds
    "Lai", "Vung Lai", "", "huyện", "xã", "huyện xã phường", "mật ong", "bánh trung thu", "hoa hồng",
]  # fmt: skip


def read(text: str) -> list[str]:
    return [f"{span.chip.kind}:{span.chip.value}" for span in place_words.find(tokens(text))]


@pytest.mark.parametrize(("text", "expected"), READ.items())
def test_a_place_is_read(text: str, expected: str) -> None:
    assert read(text) == expected.split()


@pytest.mark.parametrize("text", WORDS)
def test_words_stay_words(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "left"),
    [("Châu Thành Vĩnh Long", ["province:86"]), ("nem Lai Vung Bến Tre", ["old_province:83"]),
     ("xã Hòa Long Cà Mau", ["province:96"])],
)  # fmt: skip
def test_a_name_that_the_province_does_not_settle_stays_words(text: str, left: list[str]) -> None:
    assert read(text) == left


def _names_of(district: OldDistrict) -> list[OldDistrict]:
    return [one for one in places().old_districts.values() if folded(one.short) == folded(district.short)]


def test_every_name_of_one_district_alone_is_read_as_its_communes_and_as_nothing_else() -> None:
    table = places()
    provinces = {folded(one.short) for one in [*table.provinces.values(), *table.old_provinces.values()]}
    checked = 0
    for district in table.old_districts.values():
        if len(_names_of(district)) > 1 or any(name in folded(district.short) for name in provinces):
            continue
        for text in (district.name, folded(district.name), f"{district.name}, {_old(district)}"):
            found = [span for span in place_words.find(tokens(text)) if span.chip.kind == "old_district"]
            assert [(one.chip.value, one.communes) for one in found] == [(district.code, district.commune_codes)], text
        checked += 1
    assert checked > 590


def test_a_name_of_several_districts_is_read_as_one_only_with_its_province() -> None:
    table = places()
    for district in table.old_districts.values():
        same = _names_of(district)
        apart = {one.old_province_code for one in same if one.short == district.short}
        if len(apart) < 2:
            continue
        assert not [kind for kind in read(district.short) if kind.startswith("old_district")], district
        told = read(f"{district.short} {_old(district)}")
        read_as = [value.partition(":")[2].split("+") for value in told if value.startswith("old_district")]
        assert all(table.old_districts[code].old_province_code == district.old_province_code
                   for codes in read_as for code in codes), district  # fmt: skip


def _old(district: OldDistrict) -> str:
    return places().old_provinces[district.old_province_code].short


def test_a_district_is_the_communes_that_it_went_into() -> None:
    table, went = places(), Counter[str]()
    for one in table.old_districts.values():
        assert 1 <= len(one.commune_codes) <= 13
        province = table.old_provinces[one.old_province_code].province_code
        assert {table.communes[code].province_code for code in one.commune_codes} == {province}
        went.update(one.commune_codes)
    assert went.keys() == table.communes.keys()
    names = [table.communes[code].name for code in table.old_districts["876"].commune_codes]
    assert names == ["Xã Hòa Long", "Xã Tân Dương", "Xã Lai Vung", "Xã Phong Hòa"]


def test_a_strip_of_a_commune_put_together_elsewhere_is_no_part_of_a_district() -> None:
    table = places()
    for one in table.old_districts.values():
        whole = {former.new_codes[0] for former in table.old_communes
                 if former.district_code == one.code and len(former.new_codes) == 1}  # fmt: skip
        assert whole <= set(one.commune_codes)


def test_every_phrase_that_is_offered_is_read_as_its_district() -> None:
    phrases = list(local_phrases.old_districts())

    assert len(phrases) > 660
    for text, named in phrases:
        assert f"{named.kind}:{named.value}" in read(text)
    assert len({text for text, _ in phrases}) == len(phrases)


@pytest.mark.parametrize(
    ("kind", "value", "vi", "en"),
    [
        ("old_district", "876", "Huyện Lai Vung cũ (nay thuộc Đồng Tháp)",
         "Former Lai Vung district (now in Đồng Tháp)"),
        ("old_district", "866+873", "Thành phố và huyện Cao Lãnh cũ (nay thuộc Đồng Tháp)",
         "Former Cao Lãnh city and district (now in Đồng Tháp)"),
        ("old_district", "760", "Quận 1 cũ (nay thuộc Hồ Chí Minh)", "Former Quận 1 (now in Hồ Chí Minh)"),
        ("commune", "30208", "Xã Hòa Long, Đồng Tháp", "Xã Hòa Long, Đồng Tháp"),
        ("old_commune", "00712", "Thị trấn Phố Bảng cũ (nay thuộc xã Phố Bảng, Tuyên Quang)",
         "Former Thị trấn Phố Bảng (now in xã Phố Bảng, Tuyên Quang)"),
    ],
)  # fmt: skip
def test_what_a_chip_is_called(kind: str, value: str, vi: str, en: str) -> None:
    named = chip(kind, value)
    assert (named.label_vi, named.label_en) == (vi, en)

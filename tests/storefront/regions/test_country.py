"""The map: counts are the database's of today, every tile is a link, old names lead to the list."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from catalog import clock
from catalog.regions import old_provinces, provinces
from catalog.regions.tiles import TILES
from tests.factories import make_product
from tests.storefront.regions.reading import links, part, read, some_goods

pytestmark = pytest.mark.django_db
ADDRESS = "/vung/"


def tiles(page: str) -> dict[str, str]:
    return links(part(page, 'class="map-tiles"', "</ol>"))


def test_every_province_is_a_link_with_its_name_and_number_from_north_to_south(client: Client) -> None:
    some_goods()

    found = tiles(read(client, ADDRESS))

    names = {one.code: one for one in provinces()}
    counts = {"68": 4, "01": 1}
    assert list(found.items()) == [
        (f"/vung/{names[code].slug}/", f"{names[code].short} {counts.get(code, 0)} sản phẩm") for code in TILES
    ]


def test_what_expired_is_counted_no_more(client: Client) -> None:
    product = make_product()
    assert product.listable_until is not None

    with clock.as_of(product.listable_until):
        on_its_last_day = tiles(read(client, ADDRESS))
    with clock.as_of(product.listable_until + timedelta(days=1)):
        after = tiles(read(client, ADDRESS))

    assert on_its_last_day["/vung/lam-dong/"] == "Lâm Đồng 1 sản phẩm"
    assert after["/vung/lam-dong/"] == "Lâm Đồng 0 sản phẩm"


def test_alcohol_is_counted_for_whom_declared_to_be_an_adult_only(client: Client) -> None:
    some_goods()

    before = read(client, ADDRESS)
    client.post(reverse("adult"), {"next": "/"})
    after = read(client, ADDRESS)

    assert "Không tính đồ uống có cồn" in before
    assert "Không tính đồ uống có cồn" not in after
    assert tiles(before)["/vung/lam-dong/"] == "Lâm Đồng 4 sản phẩm"
    assert tiles(after)["/vung/lam-dong/"] == "Lâm Đồng 5 sản phẩm"


def test_a_province_in_two_regions_is_counted_by_its_parts(client: Client) -> None:
    some_goods()

    page = read(client, ADDRESS)

    highlands = part(page, 'id="vung-tay-nguyen"', "</section>")
    coast = part(page, 'id="vung-duyen-hai-nam-trung-bo"', "</section>")
    assert "2 sản phẩm" in part(highlands, "Tây Nguyên", "</h3>")
    assert '>Lâm Đồng</a> <b>2</b> <span class="soft">phần Đắk Nông, Lâm Đồng cũ' in highlands
    assert '>Lâm Đồng</a> <b>1</b> <span class="soft">phần Bình Thuận cũ' in coast
    assert "1 sản phẩm chưa xếp được vào vùng nào" in page


def test_the_old_provinces_lead_to_the_list(client: Client) -> None:
    some_goods()

    found = links(part(read(client, ADDRESS), 'class="old-list"', "</ul>"))

    assert sorted(found) == sorted(f"/tim/?tinh-cu={old.code}" for old in old_provinces())
    assert found["/tim/?tinh-cu=67"] == "Đắk Nông 2 sản phẩm nay thuộc Lâm Đồng"
    assert found["/tim/?tinh-cu=68"] == "Lâm Đồng 0 sản phẩm nay thuộc Lâm Đồng mới"
    assert found["/tim/?tinh-cu=01"] == "Hà Nội 1 sản phẩm không sáp nhập"


def test_an_empty_catalogue_has_a_map_too(client: Client) -> None:
    page = read(client, ADDRESS)

    assert len(tiles(page)) == 34
    assert "chưa có" in part(page, 'class="map-legend"', "</ul>")


def test_the_map_in_english(client: Client) -> None:
    page = read(client, f"/en{ADDRESS}")

    assert "Specialities by province and city" in page
    assert "/en/vung/lam-dong/" in tiles(page)

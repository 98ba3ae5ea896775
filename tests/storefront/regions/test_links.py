"""The ways to the map and to a province, and a list that says which place it is narrowed to."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from catalog.products.models import Product
from catalog.search import services
from tests.storefront.regions.reading import links, part, read, some_goods


@pytest.fixture
def goods(tmp_path: Path, settings, db) -> Iterator[None]:
    """Goods on the shelf, and an index of the test's own."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    services.engine.cache_clear()
    some_goods()
    services.catch_up()
    yield
    services.engine().close()
    services.engine.cache_clear()


def total(page: str) -> str:
    return part(page, 'class="soft" role="status">', "</p>")


def test_home_and_footer_lead_to_the_map(goods: None, client: Client) -> None:
    page = read(client, "/")

    assert reverse("regions") in links(part(page, 'class="tiles"', "</ul>"))
    assert reverse("regions") in links(part(page, "<footer", "</footer>"))


@pytest.mark.parametrize(
    ("query", "heading", "count"),
    [
        ("tinh=68", "Sản phẩm OCOP của Lâm Đồng", 4),
        ("tinh-cu=67", "Sản phẩm OCOP của Đắk Nông (nay thuộc Lâm Đồng)", 2),
        ("tinh=68&xa=24736", "Sản phẩm OCOP của xã Quảng Trực, Lâm Đồng", 2),
        ("tinh=68&nhom=2", "Sản phẩm OCOP của Lâm Đồng", 1),
        ("q=lâm đồng", "“lâm đồng”", 4),
    ],
)
def test_a_list_of_one_province_leads_to_its_page(
    query: str, heading: str, count: int, goods: None, client: Client
) -> None:
    page = read(client, f"/tim/?{query}")

    assert heading in part(page, 'class="list-title">', "</h1>")
    assert links(page)["/vung/lam-dong/"] == "Về Lâm Đồng"
    assert total(page) == f"{count} sản phẩm"


@pytest.mark.parametrize("query", ["", "tinh=68&tinh=01", "tinh=99", "vung=tay-nguyen", "tinh-cu=zz"])
def test_a_list_of_several_or_of_none_does_not(query: str, goods: None, client: Client) -> None:
    page = read(client, f"/tim/?{query}")

    assert 'class="list-about"' not in page
    assert "đang còn hiệu lực" in part(page, 'class="list-title">', "</h1>")


def test_an_old_province_and_a_commune_can_be_taken_away_and_stay_when_filters_change(
    goods: None, client: Client
) -> None:
    page = read(client, "/tim/?tinh-cu=67&xa=24736&sao=4")

    found = links(page)
    assert found["?xa=24736&sao=4"] == "Đắk Nông (nay thuộc Lâm Đồng) ✕bỏ lọc"
    assert found["?tinh-cu=67&sao=4"] == "Xã Quảng Trực ✕bỏ lọc"
    assert '<input type="hidden" name="tinh-cu" value="67">' in part(page, 'class="facets"', "</form>")
    assert '<input type="hidden" name="xa" value="24736">' in part(page, 'class="facets"', "</form>")


@pytest.mark.parametrize("value", ["<b>", "9" * 40, "-1", "²"])
def test_a_place_that_is_none_finds_nothing_and_breaks_nothing(value: str, goods: None, client: Client) -> None:
    for name in ("xa", "tinh-cu", "tinh"):
        answer = client.get("/tim/", {name: value})

        assert answer.status_code == 200
        assert total(answer.content.decode()) == "0 sản phẩm"
        assert "<b>" not in part(answer.content.decode(), "<section", "</ul>")


def test_product_and_producer_lead_to_their_province(goods: None, client: Client) -> None:
    product = Product.objects.get(name="Thanh long")

    assert "/vung/lam-dong/" in links(read(client, product.get_absolute_url()))
    maker = product.producer
    assert "/vung/lam-dong/" in links(read(client, reverse("producer", args=[maker.slug, maker.pk])))

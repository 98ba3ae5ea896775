"""A province's page: what is listed there today, by group, commune and producer; and what it refuses to show."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from catalog import clock
from catalog.products.models import Restriction
from catalog.regions import provinces
from tests.factories import make_producer, make_product, make_sale_point
from tests.storefront.regions.reading import links, part, read, some_goods

pytestmark = pytest.mark.django_db
ADDRESS = "/vung/lam-dong/"


def test_every_province_of_today_has_a_page(client: Client) -> None:
    for one in provinces():
        assert f"<h1>{one.name}</h1>" in read(client, f"/vung/{one.slug}/")


@pytest.mark.parametrize("slug", ["ben-tre", "68", "khong-co", "LAM-DONG"])
def test_a_slug_of_no_province_is_a_404(slug: str, client: Client) -> None:
    assert client.get(f"/vung/{slug}/").status_code == 404


def test_counts_lead_into_the_list(client: Client) -> None:
    some_goods()

    found = links(read(client, ADDRESS))

    assert found["/tim/?tinh=68"] in ("Xem hết", "Xem tất cả 4 sản phẩm")
    assert found["/tim/?tinh-cu=67"] == "Đắk Nông 2 sản phẩm"
    assert found["/tim/?tinh-cu=60"] == "Bình Thuận 1 sản phẩm"
    assert found["/tim/?tinh-cu=68"] == "Lâm Đồng cũ 0 sản phẩm"
    assert found["/tim/?tinh=68&xa=24736"] == "Xã Quảng Trực 2 sản phẩm"
    assert found["/tim/?tinh=68&xa=22945"] == "Phường Phan Thiết 1 sản phẩm"
    assert "/vung/dak-lak/" in found
    assert "/vung/ha-noi/" not in found


def test_groups_and_stars_are_counted(client: Client) -> None:
    some_goods()

    rows = part(read(client, ADDRESS), 'class="rows"', "</ul>")

    assert 'nhom=1">Thực phẩm</a> <b>3</b>' in rows
    assert 'nhom=2">Đồ uống</a> <b>1</b>' in rows
    assert "sao=4" in rows
    assert rows.count("<b>") == 4


def test_what_is_known_to_the_province_only_is_told(client: Client) -> None:
    some_goods()

    assert "1 sản phẩm chỉ biết đến tỉnh" in read(client, ADDRESS)


def test_its_shelf_and_its_producers(client: Client) -> None:
    pepper, coffee, *_ = some_goods()

    page = read(client, ADDRESS)

    shelf = part(page, 'id="dac-san"', "</section>")
    makers = links(part(page, 'class="makers"', "</ul>"))
    assert shelf.index(pepper.name) < shelf.index(coffee.name)
    assert "Cốm Vòng" not in page
    assert next(iter(makers.values())) == "HTX Tâm"
    assert reverse("producer", args=["htx-tam", pepper.producer_id]) in makers
    assert len(makers) == 3


@pytest.mark.parametrize("name", ["Rượu cần", "Thu hồi"])
def test_alcohol_and_what_was_revoked_are_not_shown(name: str, client: Client) -> None:
    some_goods()

    assert name not in read(client, ADDRESS)


def test_alcohol_is_shown_after_the_declaration(client: Client) -> None:
    some_goods()
    client.post(reverse("adult"), {"next": "/"})

    page = read(client, ADDRESS)

    assert "Rượu cần" in page
    assert "Thu hồi" not in page
    assert "5 sản phẩm đang còn hiệu lực" in page


def test_only_the_first_producers_are_named_until_all_are_asked_for(client: Client) -> None:
    for number in range(13):
        make_product(producer=make_producer(f"HTX số {number}"))

    some = read(client, ADDRESS)
    everyone = read(client, f"{ADDRESS}?chu-the=tat-ca")

    assert len(links(part(some, 'class="makers"', "</ul>"))) == 12
    assert "Xem tất cả 13 chủ thể" in some
    assert len(links(part(everyone, 'class="makers"', "</ul>"))) == 13
    assert "Xem tất cả 13 chủ thể" not in everyone


@pytest.mark.parametrize(
    ("page", "count", "current"), [("", 60, 1), ("2", 5, 2), ("99", 5, 2), ("0", 5, 2), ("-1", 5, 2), ("x", 60, 1)]
)
def test_all_producers_come_in_pages(page: str, count: int, current: int, client: Client) -> None:
    for number in range(65):
        make_product(producer=make_producer(f"HTX số {number}"))

    shown = read(client, f"{ADDRESS}?chu-the=tat-ca&trang={page}")

    assert len(links(part(shown, 'class="makers"', "</ul>"))) == count
    pages = part(shown, 'class="pages"', "</ul>")
    assert f'<span aria-current="page">{current}</span>' in pages
    assert links(pages) == {f"?chu-the=tat-ca&trang={3 - current}#chu-the": str(3 - current)}


def test_a_page_number_says_nothing_while_the_first_producers_are_shown(client: Client) -> None:
    for number in range(14):
        make_product(producer=make_producer(f"HTX số {number}"))

    assert len(links(part(read(client, f"{ADDRESS}?trang=2"), 'class="makers"', "</ul>"))) == 12


def test_open_sale_points_of_the_province(client: Client) -> None:
    make_sale_point("Điểm Đà Lạt")
    make_sale_point("Điểm đã đóng", is_open=False)
    make_sale_point("Điểm Hà Nội", province_code="01")

    page = read(client, ADDRESS)

    assert f"{reverse('sale_points')}#diem-da-lat" in links(page)
    assert "Điểm đã đóng" not in page
    assert "Điểm Hà Nội" not in page


def test_an_empty_province_points_to_its_neighbours(client: Client) -> None:
    make_product(province_code="14", region="mien-nui-phia-bac")
    lone = make_product(province_code="11", region="mien-nui-phia-bac", restriction=Restriction.ALCOHOL)

    page = read(client, "/vung/dien-bien/")

    assert "Kệ của Điện Biên đang chờ hàng" in page
    assert lone.name not in page
    assert links(page)["/vung/son-la/"] == "Sơn La 1 sản phẩm"


def test_an_expired_product_leaves_the_page_empty(client: Client) -> None:
    product = make_product()
    assert product.listable_until is not None

    with clock.as_of(product.listable_until + timedelta(days=1)):
        page = read(client, ADDRESS)

    assert product.name not in page
    assert "đang chờ hàng" in page


def test_a_province_in_english(client: Client) -> None:
    some_goods()

    page = read(client, f"/en{ADDRESS}")

    assert "See all 4 products" in page
    assert "/en/tim/?tinh=68&xa=24736" in links(page)

"""What a buyer may say of a gift, and the pages from a box in the basket to its order."""

from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from catalog import clock
from catalog.combos.models import Combo
from catalog.offers.models import OfferStock
from storefront.basket.models import Basket
from storefront.basket.services import see
from storefront.checkout.gifts import FARTHEST, GiftForm, latest_day
from storefront.orders.links import order_url
from storefront.orders.models import Order
from tests.embedded_server import Api
from tests.factories import agree, make_combo, make_offer, make_packaging, make_product, make_sale_point
from tests.storefront.world import basket_with, gift, open_point, with_boxes

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 1)


def form(latest: date | None, **typed: object) -> GiftForm:
    """A form of a delivery, filled in."""
    return GiftForm(typed, latest=latest, to_others=True)


def test_a_basket_without_boxes_is_no_gift() -> None:
    basket = basket_with((make_offer(make_product()), 1))

    assert latest_day(see(basket)) is None
    assert set(form(None).fields) == set()


def test_the_wanted_day_is_bounded_by_sixty_days_certificates_and_promises() -> None:
    coffee = make_offer(make_product())
    combo = make_combo((coffee, 1), packaging=make_packaging(make_sale_point()))
    basket, until = with_boxes(combo), coffee.product.listable_until
    assert until

    agree_again(combo, keeps_days=None)
    assert latest_day(see(basket)) == clock.today() + FARTHEST
    agree_again(combo, keeps_days=12)
    assert latest_day(see(basket)) == clock.today() + timedelta(days=12)
    with clock.as_of(until - timedelta(days=3)):
        assert latest_day(see(basket)) == until


def agree_again(combo: Combo, keeps_days: int | None) -> None:
    combo.agreements.all().delete()
    agree(combo, keeps_days=keeps_days)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"message": "x" * 301}, "message"),
        ({"wanted_on": "2026-08-31"}, "wanted_on"),
        ({"wanted_on": "2026-10-02"}, "wanted_on"),
        ({"wanted_on": "hôm nay"}, "wanted_on"),
        ({"recipient_name": "Bé"}, "recipient_phone"),
        ({"recipient_phone": "0912345678"}, "recipient_name"),
        ({"recipient_name": "Bé", "recipient_phone": "12"}, "recipient_phone"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(typed: dict[str, str], field: str) -> None:
    with clock.as_of(TODAY):
        filled = form(date(2026, 10, 1), **typed)

        assert set(filled.errors) == {field}


def test_what_is_kept_of_a_gift() -> None:
    with clock.as_of(TODAY):
        filled = form(
            date(2026, 10, 1), message="  Chúc mừng\nnăm mới\x07 ", wanted_on="1/10/2026", recipient_name="Bé",
            recipient_phone="0987 654 321",
        )  # fmt: skip

        assert filled.is_valid()
    assert filled.gift() == {
        "message": "Chúc mừng\nnăm mới", "wanted_on": "2026-10-01", "recipient_name": "Bé",
        "recipient_phone": "+84987654321",
    }  # fmt: skip


def test_nothing_need_be_said() -> None:
    filled = form(date(2026, 10, 1))

    assert filled.is_valid()
    assert set(filled.gift().values()) == {""}


def ordered(client: Client, query: str, **typed: str) -> Order | str:
    """The order that this form makes, or the page that refuses it."""
    page = client.get(f"{reverse('checkout_details')}?{query}")
    assert page.status_code == 200
    basket = Basket.objects.get()
    view = see(basket)
    shipping = {"cach=giao&tinh=68": 20_000}.get(query, 0)
    form = {"name": "Nguyễn Văn An", "phone": "0912 345 678", "email": "", "consent": "on",
            "revision": str(basket.revision), "agreed_total": str(view.subtotal + shipping), **typed}  # fmt: skip
    answer = client.post(f"{reverse('checkout_details')}?{query}", form)
    return Order.objects.get() if answer.status_code == 302 else unescape(answer.content.decode())


def test_a_guest_buys_a_box_by_pages_alone(saleor: Api, client: Client) -> None:
    point = open_point()
    combo, coffee, _tea = gift(point)
    client.post(reverse("basket_add_box"), {"combo": combo.code, "quantity": "2"})
    client.post(reverse("basket_add"), {"offer": coffee.external_reference})
    row = Basket.objects.get().boxes.get()
    client.post(reverse("basket_update"), {"box": row.pk, "quantity": "3"})
    page = client.get(reverse("basket")).content.decode()
    assert combo.title in page
    assert coffee.product.name in page

    placed = ordered(client, f"cach=nhan&diem={point.slug}", message="Chúc mừng!")

    assert isinstance(placed, Order)
    assert (placed.boxes.get().quantity, placed.message, placed.lines.filter(box=None).count()) == (3, "Chúc mừng!", 1)
    told = client.get(order_url(placed)).content.decode()
    assert combo.title in told
    assert "Chúc mừng!" in told


def test_a_gift_sent_to_somebody_else_says_where_its_buyer_pays(saleor: Api, client: Client) -> None:
    point = open_point()
    combo, *_ = gift(point)
    client.post(reverse("basket_add_box"), {"combo": combo.code})
    typed = {"commune": "24787", "street": "12 Lê Lợi", "recipient_name": "Bé", "recipient_phone": "0987 654 321"}

    placed = ordered(client, "cach=giao&tinh=68", **typed)

    assert isinstance(placed, Order), placed
    assert placed.is_owed
    page = client.get(order_url(placed)).content.decode()
    assert "Mã trả tiền" in page
    assert point.name in page


def test_a_day_that_cannot_be_orders_nothing(saleor: Api, client: Client) -> None:
    point = open_point()
    combo, _coffee, _tea = gift(point)
    client.post(reverse("basket_add_box"), {"combo": combo.code})

    page = ordered(client, f"cach=nhan&diem={point.slug}", wanted_on="2020-01-01")

    assert isinstance(page, str)
    assert "Ngày này đã qua." in page
    assert not Order.objects.exists()


def test_a_box_short_of_a_part_names_it_on_the_page_of_the_order(saleor: Api, client: Client) -> None:
    point = open_point()
    combo, _coffee, tea = gift(point)
    client.post(reverse("basket_add_box"), {"combo": combo.code})
    page = client.get(f"{reverse('checkout_details')}?cach=nhan&diem={point.slug}")
    assert page.status_code == 200
    OfferStock.objects.filter(offer=tea).update(reserved=10)

    told = client.get(reverse("basket")).content.decode()

    assert f"{tea.product.name}: Hết hàng." in unescape(told)


@pytest.mark.parametrize(
    "typed", [{"combo": "0000000"}, {"packaging": "0000000"}, {}, {"combo": "x", "pieces-A": "viel"}]
)
def test_a_box_that_is_none_puts_nothing_into_a_basket(client: Client, typed: dict[str, str]) -> None:
    answer = client.post(reverse("basket_add_box"), typed)

    assert answer.status_code == 302
    assert not Basket.objects.exists()

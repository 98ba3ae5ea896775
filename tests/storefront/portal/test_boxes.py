"""What a producer sees of gift boxes: its own goods, and the point that packs them instead of the buyer."""

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from storefront.basket import services as baskets
from storefront.orders.models import Order
from tests.embedded_server import Api
from tests.storefront.world import gift, member_of, open_point, order, with_boxes

pytestmark = pytest.mark.django_db
GIFT = {"recipient_name": "Trần Thị Bé", "recipient_phone": "+84987654321"}


def page_of(client: Client, placed: Order, producer: object) -> str:
    """The orders' page of a member of this producer."""
    client.force_login(member_of(producer))  # type: ignore[arg-type]
    return unescape(client.get(reverse("portal_orders")).content.decode())


def test_a_producer_sends_what_goes_into_a_box_to_the_point_and_learns_no_buyer(saleor: Api, client: Client) -> None:
    point = open_point()
    combo, coffee, tea = gift(point)
    placed = order(with_boxes(combo, 2))

    page = page_of(client, placed, coffee.product.producer)

    assert f"4 × {coffee.product.name}" in page
    assert f"xếp vào 2 × {combo.title} tại {point.name}" in page
    assert point.address in page
    for hidden in (tea.product.name, placed.buyer_name, placed.phone, placed.address["street"]):
        assert hidden not in page


def test_with_loose_goods_as_well_it_learns_both_addresses(saleor: Api, client: Client) -> None:
    point = open_point()
    combo, coffee, _tea = gift(point)
    basket = with_boxes(combo)
    baskets.add(basket, coffee.external_reference, 1)
    placed = order(basket)

    page = page_of(client, placed, coffee.product.producer)

    for told in (point.address, placed.address["street"], placed.buyer_name):
        assert told in page


def test_a_gift_that_is_not_paid_is_not_to_be_sent(saleor: Api, client: Client) -> None:
    point = open_point()
    combo, coffee, _tea = gift(point)
    placed = order(with_boxes(combo), **GIFT)

    page = page_of(client, placed, coffee.product.producer)

    assert "người mua chưa trả tiền" in page
    assert reverse("portal_sent", args=[placed.pk]) not in page
    client.post(reverse("portal_sent", args=[placed.pk]))
    assert not placed.lines.exclude(sent_at=None).exists()

"""While Saleor is known to be away, every page that needs it says so in its own words; and no longer than that."""

import pytest
from django.test import Client
from django.urls import reverse

from catalog.health.services import SALEOR, note
from catalog.people.models import User
from catalog.salepoints.models import SalePoint
from storefront.orders.links import order_url
from storefront.orders.models import State
from storefront.orders.pickup import pickup_code
from tests.embedded_server import Server
from tests.factories import make_offer, make_product
from tests.storefront.world import basket_with, member_of, on_sale, open_point, order, staff_of

pytestmark = pytest.mark.django_db
BUYER, SELLER, DESK = "Việc đặt hàng đang tạm dừng.", "Chưa đổi được giá và tồn kho.", "Vẫn soạn và giao hàng"


def away() -> None:
    """Two looks in a row found Saleor silent."""
    for _ in range(2):
        note(SALEOR, ok=False, detail={"answers": False, "knows_us": False, "why": "ReadTimeout", "ms": 5000})


def back() -> None:
    """The next look found it well."""
    note(SALEOR, detail={"answers": True, "knows_us": True, "why": "", "ms": 4})


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200
    return page.content.decode()


def test_the_buyer_reads_it_before_typing_and_may_still_try(client: Client) -> None:
    offer = make_offer(make_product())
    client.post(reverse("basket_add"), {"offer": offer.external_reference})
    addresses = [
        reverse("basket"), reverse("checkout"), f"{reverse('checkout_details')}?cach=giao&tinh=68",
    ]  # fmt: skip
    assert all(BUYER not in text(client, address) for address in addresses)

    away()
    pages = [text(client, address) for address in addresses]

    assert all(BUYER in page and "Giỏ hàng được giữ nguyên" in page for page in pages)
    assert f'href="{reverse("checkout")}"' in pages[0]
    assert "Ordering is paused." in text(client, f"/en{reverse('basket')}")
    back()
    assert all(BUYER not in text(client, address) for address in addresses)


def test_an_empty_basket_has_nothing_to_pause(client: Client) -> None:
    away()

    assert BUYER not in text(client, reverse("basket"))


def test_reading_pages_do_not_mention_it(client: Client) -> None:
    product = make_product()
    away()

    for address in (reverse("home"), product.get_absolute_url(), reverse("verify_code", args=[product.code])):
        assert "tạm dừng" not in text(client, address)


def test_the_seller_reads_what_cannot_be_saved(saleor: Server) -> None:
    offer = on_sale()
    seller = logged_in(member_of(offer.product.producer))
    addresses = [
        reverse("portal"), reverse("portal_orders"), reverse("portal_product", args=[offer.product.code]),
    ]  # fmt: skip
    away()

    assert all(SELLER in text(seller, address) for address in addresses)
    back()
    assert all(SELLER not in text(seller, address) for address in addresses)


def test_the_desk_goes_on_and_a_hand_over_is_kept(saleor: Server, settings) -> None:
    point: SalePoint = open_point()
    placed = order(basket_with((on_sale(shelves={point: 1}), 1)), point)
    desk = logged_in(staff_of(point))
    settings.SALEOR_API_URL = "http://127.0.0.1:9/graphql/"
    away()

    queue = text(desk, reverse("desk"))
    page = text(desk, reverse("desk_order", args=[placed.pk]))
    done = desk.post(reverse("desk_hand_over", args=[placed.pk]), {"code": pickup_code(placed)}, follow=True)

    assert DESK in queue
    assert DESK in page
    placed.refresh_from_db()
    assert placed.state == State.HANDING_OVER
    assert "việc ghi nhận sẽ tự hoàn tất" in done.content.decode()


def test_a_cancellation_that_saleor_has_not_heard_of_is_not_called_done(
    saleor: Server, settings, client: Client
) -> None:
    placed = order(basket_with((on_sale(), 1)))
    address = order_url(placed)
    settings.SALEOR_API_URL = "http://127.0.0.1:9/graphql/"

    page = client.post(f"{address}huy/", follow=True).content.decode()

    assert "Đã nhận yêu cầu hủy" in page
    assert "Hàng được trả lại kệ" not in page
    placed.refresh_from_db()
    assert placed.state == State.CANCELLING


def test_the_order_button_s_refusal_keeps_everything_typed(saleor: Server, settings, client: Client) -> None:
    offer = on_sale()
    client.post(reverse("basket_add"), {"offer": offer.external_reference})
    settings.SALEOR_API_URL = "http://127.0.0.1:9/graphql/"
    typed = {
        "name": "Nguyễn Văn An", "phone": "0912 345 678", "email": "", "consent": "on", "commune": "24787",
        "street": "12 Lê Lợi", "revision": 1, "agreed_total": 120_000,
    }  # fmt: skip

    page = client.post(f"{reverse('checkout_details')}?cach=giao&tinh=68", typed)

    shown = page.content.decode()
    assert page.status_code == 503
    assert "Nguyễn Văn An" in shown
    assert "12 Lê Lợi" in shown
    assert shown.count("tạm dừng") == 1

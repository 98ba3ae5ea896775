"""The pages by Django's test client: a guest from basket to order, the desk, the seller's page, and who is kept out."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from catalog.offers import selling
from catalog.people.models import User
from catalog.salepoints.models import SalePoint
from storefront.basket import cookie
from storefront.basket.models import Basket
from storefront.orders.links import token_of
from storefront.orders.models import Method, Order, State
from storefront.orders.pickup import pickup_code
from tests.embedded_server import Api
from tests.factories import make_offer, make_product
from tests.storefront.world import basket_with, member_of, on_sale, open_point, order, staff_of

pytestmark = pytest.mark.django_db
BUYER = {"name": "Nguyễn Văn An", "phone": "0912 345 678", "email": "", "consent": "on"}


def put_in(client: Client, reference: str, quantity: int = 1) -> None:
    answer = client.post(reverse("basket_add"), {"offer": reference, "quantity": quantity})
    assert (answer.status_code, answer["Location"]) == (302, reverse("basket"))


def order_page(client: Client, query: str) -> dict[str, str]:
    page = client.get(f"{reverse('checkout_details')}?{query}")
    assert page.status_code == 200
    form = page.context["form"] if page.context else None
    assert form is None or form
    return {"revision": str(Basket.objects.get().revision)}


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_guest_orders_for_pickup_and_opens_the_order(saleor: Api, client: Client) -> None:
    point = open_point()
    offer = on_sale(price=90_000, shelves={point: 3})
    put_in(client, offer.external_reference, 2)

    choice = client.get(reverse("checkout"))
    chosen = client.get(reverse("checkout"), {"cach": "nhan", "diem": point.slug})
    data = {**BUYER, "revision": 1, "agreed_total": 180_000}
    placed = client.post(chosen["Location"], data)
    again = client.post(chosen["Location"], data)
    page = client.get(placed["Location"])

    made = Order.objects.get()
    text = page.content.decode()
    assert point.name in choice.content.decode()
    assert placed.status_code == 302
    assert placed["Location"] == again["Location"] == reverse("order", args=[token_of(made)])
    assert (made.method, made.phone, made.total) == (Method.PICKUP, "+84912345678", 180_000)
    assert (made.consent_version, made.consent_at is not None) == ("2026-11-24", True)
    assert f"{pickup_code(made)[:3]} {pickup_code(made)[3:]}" in text
    assert "<svg" in text
    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex"


def test_a_guest_orders_for_delivery(saleor: Api, client: Client) -> None:
    offer = on_sale(price=90_000)
    put_in(client, offer.external_reference)

    step = client.get(reverse("checkout"), {"cach": "giao", "tinh": "68"})
    form = client.get(step["Location"]).content.decode()
    data = {**BUYER, "revision": 1, "agreed_total": 110_000, "commune": "24787", "street": "12 Lê Lợi"}
    placed = client.post(step["Location"], data)

    made = Order.objects.get()
    assert 'value="24787"' in form
    assert placed.status_code == 302
    assert (made.address["commune_code"], made.shipping, made.total) == ("24787", 20_000, 110_000)
    assert pickup_code(made) not in client.get(placed["Location"]).content.decode()


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("phone", "02633 822 199", "10 chữ số"),
        ("phone", "0912", "10 chữ số"),
        ("name", "", "họ và tên"),
        ("consent", None, "đánh dấu đồng ý"),
        ("commune", "99999", ""),
        ("street", "", "địa chỉ"),
        ("email", "khong-phai", ""),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_ordered(
    field: str, value: str | None, told: str, saleor: Api, client: Client
) -> None:
    put_in(client, on_sale(price=90_000).external_reference)
    data = {**BUYER, "revision": 1, "agreed_total": 110_000, "commune": "24787", "street": "12 Lê Lợi", field: value}

    page = client.post(
        f"{reverse('checkout_details')}?cach=giao&tinh=68", {k: v for k, v in data.items() if v is not None}
    )

    assert page.status_code == 422
    assert 'class="wrong"' in page.content.decode()
    assert told in page.content.decode()
    assert not Order.objects.exists()


def test_consent_is_not_ticked_beforehand(saleor: Api, client: Client) -> None:
    put_in(client, on_sale().external_reference)

    page = client.get(f"{reverse('checkout_details')}?cach=giao&tinh=68").content.decode()

    box = page[page.index('name="consent"') :].split(">")[0]
    assert "checked" not in box


def test_with_saleor_stopped_basket_and_checkout_pages_stay_and_ordering_says_so(
    saleor: Api, client: Client, settings
) -> None:
    put_in(client, on_sale(price=90_000).external_reference)
    settings.SALEOR_API_URL = "http://127.0.0.1:9/graphql/"

    basket = client.get(reverse("basket"))
    client.post(reverse("basket_update"), {"offer": "", "quantity": "1"})
    data = {**BUYER, "revision": 1, "agreed_total": 110_000, "commune": "24787", "street": "12 Lê Lợi"}
    page = client.post(f"{reverse('checkout_details')}?cach=giao&tinh=68", data)

    assert basket.status_code == 200
    assert page.status_code == 503
    assert "tạm dừng" in page.content.decode()
    assert "12 Lê Lợi" in page.content.decode()
    assert Basket.objects.get().lines.count() == 1


def test_the_second_buyer_of_the_last_piece_reads_sold_out_at_the_line(saleor: Api, client: Client) -> None:
    point = open_point()
    offer = on_sale(price=90_000, store=0, shelves={point: 1})
    put_in(client, offer.external_reference)
    address = client.get(reverse("checkout"), {"cach": "nhan", "diem": point.slug})["Location"]
    order(basket_with((offer, 1)), point)
    offer.stocks.update(reserved=0)

    page = client.post(address, {**BUYER, "revision": 1, "agreed_total": 90_000})

    assert page.status_code == 409
    assert "Hết hàng." in page.content.decode()


def test_a_basket_that_is_not_signed_by_us_is_nobodys(saleor: Api, client: Client) -> None:
    basket = basket_with((on_sale(), 1))

    for value in (str(basket.pk), f"{basket.pk}:forged", ""):
        client.cookies[cookie.NAME] = value
        assert "Giỏ hàng còn trống" in client.get(reverse("basket")).content.decode()


def test_alcohol_is_refused_with_a_sentence_that_helps(saleor: Api, client: Client) -> None:
    offer = make_offer(make_product(restriction="alcohol"))

    answer = client.post(reverse("basket_add"), {"offer": offer.external_reference})

    assert [str(message) for message in get_messages(answer.wsgi_request)] == [f"{offer.product.name}: {selling.ADULT}"]
    assert not Basket.objects.exists()


@pytest.mark.parametrize("forged", ["1", "1.abc", "x.y", "1:2:3", "%00"])
def test_a_forged_link_is_not_found(forged: str, client: Client) -> None:
    assert client.get(f"{reverse('basket')[: -len('gio-hang/')]}don-hang/{forged}/").status_code == 404


def test_the_buyer_is_told_of_a_stopped_line(saleor: Api, client: Client) -> None:
    offer = on_sale()
    placed = order(basket_with((offer, 1)))
    type(offer.product).objects.update(suspended_reason="Kiểm tra")

    page = client.get(reverse("order", args=[token_of(placed)])).content.decode()

    assert "tạm ngừng bán sản phẩm này để kiểm tra" in page


def test_the_buyer_cancels_on_the_page(saleor: Api, client: Client) -> None:
    placed = order(basket_with((on_sale(), 1)))
    token = token_of(placed)

    client.post(reverse("order_cancel", args=[token]))
    page = client.get(reverse("order", args=[token])).content.decode()

    assert "Đơn hàng đã hủy" in page
    assert Order.objects.get().state == State.CANCELLED


def test_the_desk_from_queue_to_hand_over(saleor: Api) -> None:
    point = open_point()
    placed = order(basket_with((on_sale(shelves={point: 1}), 1)), point)
    desk = logged_in(staff_of(point))
    address = reverse("desk_order", args=[placed.pk])

    queue = desk.get(reverse("desk")).content.decode()
    desk.post(reverse("desk_pick", args=[placed.pk]))
    wrong = desk.post(reverse("desk_hand_over", args=[placed.pk]), {"code": "x"}, follow=True)
    after_wrong = Order.objects.get().state
    right = {"code": pickup_code(placed)}
    desk.post(reverse("desk_hand_over", args=[placed.pk]), right)
    desk.post(reverse("desk_hand_over", args=[placed.pk]), right)

    assert address in queue
    assert (wrong.status_code, after_wrong) == (200, State.READY)
    assert Order.objects.get().state == State.HANDED_OVER
    assert pickup_code(placed) not in desk.get(address).content.decode()


def test_another_points_order_is_a_404_for_reading_and_for_acting(saleor: Api) -> None:
    here, there = open_point(), open_point()
    placed = order(basket_with((on_sale(shelves={here: 1}), 1)), here)
    stranger = logged_in(staff_of(there))

    answers = [
        stranger.get(reverse("desk_order", args=[placed.pk])),
        stranger.post(reverse("desk_pick", args=[placed.pk])),
        stranger.post(reverse("desk_hand_over", args=[placed.pk]), {"code": pickup_code(placed)}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert Order.objects.get().state == State.PLACED


def test_who_has_no_role_is_kept_out(saleor: Api, client: Client) -> None:
    buyer = logged_in(User.objects.create(username="nguoi-mua"))

    for name in ("desk", "portal", "portal_orders"):
        assert client.get(reverse(name)).status_code == 302
        assert buyer.get(reverse(name)).status_code == 403
    assert buyer.get(reverse("account")).status_code == 200


def test_a_seller_changes_a_price_and_sees_it(saleor: Api) -> None:
    offer = on_sale(price=90_000)
    seller = logged_in(member_of(offer.product.producer))
    address = reverse("portal_product", args=[offer.product.code])

    saved = seller.post(address, {"offer": "1", "o1-price": "95.000", "o1-stock": "7"})
    wrong = seller.post(address, {"offer": "1", "o1-price": "95", "o1-stock": "7"})

    assert saved.status_code == 302
    assert wrong.status_code == 422
    assert "từ 1.000 đến 100.000.000" in wrong.content.decode()
    assert 'value="95000"' in seller.get(address).content.decode()
    assert offer.product.name in seller.get(reverse("portal")).content.decode()


def test_a_seller_adds_a_pack_size_once(saleor: Api) -> None:
    offer = on_sale()
    seller = logged_in(member_of(offer.product.producer))
    address = reverse("portal_product", args=[offer.product.code])
    data = {"offer": "new", "new-number": "2", "new-name": "Gói 1 kg", "new-weight": "1.050", "new-price": "180.000",
            "new-stock": "4"}  # fmt: skip

    for _ in range(2):
        assert seller.post(address, data).status_code == 302

    added = offer.product.offers.get(number=2)
    assert (added.name, added.weight, added.price) == ("Gói 1 kg", 1050, 180_000)


def test_another_sellers_product_and_order_are_a_404(saleor: Api) -> None:
    mine, other = on_sale(), on_sale()
    seller = logged_in(member_of(mine.product.producer))
    placed = order(basket_with((other, 1)))

    answers = [
        seller.get(reverse("portal_product", args=[other.product.code])),
        seller.post(reverse("portal_product", args=[other.product.code]), {"offer": "1", "o1-price": "5000"}),
        seller.post(reverse("portal_sent", args=[placed.pk])),
        seller.post(reverse("portal_delivered", args=[placed.pk])),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404, 404]
    assert other.product.name not in seller.get(reverse("portal")).content.decode()
    assert placed.buyer_name not in seller.get(reverse("portal_orders")).content.decode()


def test_a_seller_with_saleor_stopped_is_told_and_keeps_what_was_typed(saleor: Api, settings) -> None:
    offer = on_sale(price=90_000)
    seller = logged_in(member_of(offer.product.producer))
    settings.SALEOR_API_URL = "http://127.0.0.1:9/graphql/"

    page = seller.post(
        reverse("portal_product", args=[offer.product.code]), {"offer": "1", "o1-price": "95000", "o1-stock": "7"}
    )

    assert page.status_code == 503
    assert 'value="95000"' in page.content.decode()
    offer.refresh_from_db()
    assert offer.price == 90_000


def test_a_closed_point_is_not_offered(saleor: Api, client: Client) -> None:
    point = open_point()
    put_in(client, on_sale(shelves={point: 1}).external_reference)
    SalePoint.objects.update(is_open=False)

    assert point.name not in client.get(reverse("checkout")).content.decode()
    assert client.get(f"{reverse('checkout_details')}?cach=nhan&diem={point.slug}")["Location"] == reverse("checkout")

"""A voucher in the basket, in the price that is agreed to, in the order and in the host's figures."""

import pytest
from django.test import Client
from django.urls import reverse

from catalog import clock
from catalog.livestreams import services
from catalog.livestreams.models import Livestream
from catalog.livestreams.vouchers.errors import TooManyGuesses, UnknownVoucher
from catalog.livestreams.vouchers.models import LivestreamVoucher
from catalog.livestreams.vouchers.services import set_voucher
from catalog.offers.models import Offer
from catalog.people.models import User
from storefront.basket.models import Basket
from storefront.basket.services import add, see
from storefront.checkout.errors import PriceChanged
from storefront.livestreams import vouchers
from storefront.livestreams.figures import figures
from storefront.livestreams.models import BasketOrigin, BasketVoucher, OrderOrigin
from storefront.livestreams.vouchers import MOST, enter, try_code
from storefront.orders.models import Order
from storefront.orders.services import cancel
from tests.catalog.livestreams.making import MINUTE, make_host, on_air
from tests.embedded_server import Api
from tests.factories import make_offer, make_product, make_warehouse
from tests.storefront.livestreams.test_attribution import browser, follow, put
from tests.storefront.world import basket_with, on_sale, order

pytestmark = pytest.mark.django_db


@pytest.fixture
def host() -> User:
    return make_host()[0]


@pytest.fixture
def show(host: User) -> Livestream:
    return on_air(host)


def given(user: User, show: Livestream, **facts: int) -> LivestreamVoucher:
    show.refresh_from_db()
    set_voucher(user, show.code, show.version, **{"percent": 20, "most": 3, "grace": 30, **facts})
    return LivestreamVoucher.objects.get(livestream=show)


def pinned(show: Livestream, user: User, offer: Offer | None = None) -> Offer:
    producer = show.host.producer
    offer = offer or make_offer(
        make_product(producer=producer), price=100_000, stocks={make_warehouse(producer=producer): 9}
    )
    show.refresh_from_db()
    services.pin(user, show.code, show.version, offer.product.code)
    return offer


def over(show: Livestream) -> None:
    Livestream.objects.filter(pk=show.pk).update(over_at=clock.now() - 31 * MINUTE)


def test_the_first_pieces_cost_less_and_the_page_says_why(show: Livestream, host: User) -> None:
    offer, voucher, client = pinned(show, host), given(host, show), browser()
    put(client, offer)
    client.post(reverse("basket_update"), {"offer": offer.external_reference, "quantity": "5"})

    page = client.post(reverse("basket_voucher"), {"ma": voucher.spoken}, follow=True).content.decode()

    view = see(Basket.objects.get())
    assert view.subtotal == 3 * 80_000 + 2 * 100_000
    assert view.lines[0].reduction is not None
    assert view.lines[0].reduction.pieces == 3
    assert "Giảm 20 %" in page
    assert show.title in page
    assert "440.000" in page
    assert "500.000" in page  # what it was
    assert BasketOrigin.objects.get().livestream == show


@pytest.mark.parametrize("typed", ["", "000000", "abc", "<script>"])
def test_what_is_no_code_is_told_and_nothing_changes(show: Livestream, host: User, typed: str) -> None:
    offer, client = pinned(show, host), browser()
    given(host, show)
    put(client, offer)
    page = client.post(reverse("basket_voucher"), {"ma": typed}, follow=True).content.decode()
    assert "Không có mã giảm giá này" in page
    assert Basket.objects.get().revision == 1
    assert not BasketVoucher.objects.exists()


def test_codes_cannot_be_guessed_and_those_who_know_one_are_not_counted(
    show: Livestream, host: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vouchers, "GUESSES", 2)
    basket, code = basket_with((pinned(show, host), 1)), given(host, show).code
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(3):
        try_code(basket, code, "198.51.100.7")
    for _ in range(2):
        with pytest.raises(UnknownVoucher):
            try_code(basket, wrong, "198.51.100.7")
    for typed in (wrong, code):
        with pytest.raises(TooManyGuesses):
            try_code(basket, typed, "198.51.100.7")
    try_code(basket, code, "198.51.100.8")


def test_a_basket_without_its_goods_is_told(show: Livestream, host: User) -> None:
    voucher, client = given(host, show), browser()
    product = make_product()
    put(client, make_offer(product, stocks={make_warehouse(producer=product.producer): 3}))
    page = client.post(reverse("basket_voucher"), {"ma": voucher.code}, follow=True).content.decode()
    assert "chưa có sản phẩm nào của phiên" in page


def test_entered_twice_it_counts_once(show: Livestream, host: User) -> None:
    offer, voucher = pinned(show, host), given(host, show)
    basket = basket_with((offer, 1))
    for _ in range(3):
        enter(basket, voucher.code)
    basket.refresh_from_db()
    assert (basket.revision, see(basket).subtotal) == (2, 80_000)


def test_two_vouchers_do_not_add_up(show: Livestream, host: User) -> None:
    offer, first = pinned(show, host), given(host, show)
    second = on_air(host)
    pinned(second, host, offer)
    better = given(host, second, percent=50)
    basket = basket_with((offer, 1))
    for one in (better, first):
        enter(basket, one.code)
    assert see(basket).subtotal == 50_000


def test_a_basket_keeps_the_latest_few(host: User) -> None:
    shows = [on_air(host) for _ in range(MOST + 1)]
    offer = pinned(shows[0], host)
    for one in shows[1:]:
        pinned(one, host, offer)
    basket = basket_with((offer, 1))
    codes = [given(host, one).code for one in shows]
    for code in codes:
        enter(basket, code)
    assert [row.voucher.code for row in basket.vouchers.all()] == codes[1:]


def test_one_that_is_over_is_told_and_the_price_is_the_usual(show: Livestream, host: User) -> None:
    offer, voucher, client = pinned(show, host), given(host, show), browser()
    put(client, offer)
    client.post(reverse("basket_voucher"), {"ma": voucher.code})
    over(show)

    page = client.get(reverse("basket")).content.decode()

    assert "không còn hiệu lực" in page
    assert see(Basket.objects.get()).subtotal == 100_000


def test_a_link_may_carry_it(show: Livestream, host: User) -> None:
    offer, voucher, client = pinned(show, host), given(host, show), browser()
    client.get(f"{offer.product.get_absolute_url()}?phien={show.code}&ma={voucher.code}")
    put(client, offer)
    assert see(Basket.objects.get()).subtotal == 80_000


@pytest.mark.parametrize("code", ["000000", "12", "a:b:c:d", "é"])
def test_a_link_with_a_wrong_one_carries_the_session_alone(show: Livestream, host: User, code: str) -> None:
    offer, client = pinned(show, host), browser()
    client.get(offer.product.get_absolute_url(), {"phien": show.code, "ma": code})
    put(client, offer)
    assert BasketOrigin.objects.get().livestream == show
    assert see(Basket.objects.get()).subtotal == 100_000


def test_a_session_without_a_voucher_is_as_before(show: Livestream, host: User) -> None:
    offer, client = pinned(show, host), browser()
    follow(client, offer, show.code)
    put(client, offer)
    view = see(Basket.objects.get())
    assert (view.lines[0].reduction, view.over) == (None, ())


def test_the_order_has_the_price_and_the_session_the_figures(saleor: Api, show: Livestream, host: User) -> None:
    offer = pinned(show, host, on_sale(make_product(producer=show.host.producer), price=100_000))
    voucher = given(host, show)
    basket = basket_with((offer, 5))
    enter(basket, voucher.code)

    placed = order(basket)

    assert placed.subtotal == 440_000
    assert sorted(placed.lines.values_list("quantity", "unit_price", "total")) == [
        (2, 100_000, 200_000), (3, 80_000, 240_000),
    ]  # fmt: skip
    assert not basket.lines.exists()
    given_off = OrderOrigin.objects.get(voucher=voucher)
    assert (given_off.discount, given_off.order_line.quantity) == (20_000, 3)
    found = figures(show)
    assert (found.whole.orders, found.whole.pieces, found.whole.revenue, found.reduced) == (1, 5, 440_000, (3, 60_000))


def test_a_browser_has_so_many_pieces_of_it_in_all(saleor: Api, show: Livestream, host: User) -> None:
    offer = pinned(show, host, on_sale(make_product(producer=show.host.producer), price=100_000))
    voucher = given(host, show)
    basket = basket_with((offer, 2))
    enter(basket, voucher.code)
    first = order(basket)

    add(basket, offer.external_reference, 2)
    assert see(basket).subtotal == 180_000
    cancel(first)
    assert see(basket).subtotal == 160_000


def test_one_that_ends_before_the_order_is_a_changed_price(saleor: Api, show: Livestream, host: User) -> None:
    offer = pinned(show, host, on_sale(make_product(producer=show.host.producer), price=100_000))
    voucher = given(host, show)
    basket = basket_with((offer, 1))
    enter(basket, voucher.code)
    agreed = see(basket).subtotal + 20_000
    over(show)

    with pytest.raises(PriceChanged) as changed:
        order(basket, total=agreed)

    assert (agreed, changed.value.data["total"]) == (100_000, 120_000)
    assert not Order.objects.exists()


def test_the_hosts_page_sets_it_and_the_session_shows_it(show: Livestream, host: User, client: Client) -> None:
    pinned(show, host)
    client.force_login(host)
    show.refresh_from_db()
    posted = {"action": "voucher", "version": show.version, "percent": "25", "most": "2", "grace": "60"}
    address = reverse("live_host_act", args=[show.code])

    assert client.post(address, {**posted, "percent": "60"}).status_code == 422
    assert client.post(address, {**posted, "percent": "x"}).status_code == 422
    assert client.post(address, posted).status_code == 302

    voucher = LivestreamVoucher.objects.get()
    assert (voucher.percent, voucher.most, voucher.grace) == (25, 2, 60)
    assert voucher.spoken in client.get(reverse("live_host_session", args=[show.code])).content.decode()
    assert voucher.spoken in client.get(show.get_absolute_url()).content.decode()
    over(show)
    Livestream.objects.filter(pk=show.pk).update(over_at=clock.now() - 61 * MINUTE)
    assert voucher.spoken not in client.get(show.get_absolute_url()).content.decode()

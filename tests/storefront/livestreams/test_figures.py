"""A host's figures are the database's, are its own, and tell nobody's name."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from catalog.livestreams import services
from catalog.livestreams.models import Livestream
from catalog.offers.models import Offer
from catalog.people.models import User
from storefront.basket.models import Basket
from storefront.livestreams.figures import Sums, figures
from storefront.livestreams.models import BasketOrigin, LivestreamVisits, OrderOrigin, Phase
from storefront.orders.models import Method, Order, OrderLine, State
from tests.catalog.livestreams.making import announced, make_host, on_air
from tests.deploy.test_query_budgets import make_order
from tests.factories import make_offer, make_product, make_sale_point

pytestmark = pytest.mark.django_db


def bought(show: Livestream, offer: Offer, pieces: int, price: int, order: Order, phase: Phase = Phase.DURING) -> None:
    """A line of an order that was born from the session."""
    line = OrderLine.objects.create(
        order=order, saleor_id=f"L{OrderLine.objects.count()}", offer=offer, product=offer.product,
        producer=offer.product.producer, name="x", pack="x", quantity=pieces, unit_price=price, total=pieces * price,
        star=3, certificate={},
    )  # fmt: skip
    OrderOrigin.objects.create(order_line=line, livestream=show, phase=phase)


def in_basket(show: Livestream, offer: Offer, basket: Basket, phase: Phase = Phase.DURING) -> None:
    BasketOrigin.objects.create(livestream=show, basket=basket, offer=offer, phase=phase, put_at=show.starts_at)


def sent(number: int, **facts: object) -> Order:
    return make_order(None, number, method=Method.DELIVERY, **facts)  # type: ignore[arg-type]


@pytest.fixture
def host() -> User:
    return make_host()[0]


@pytest.fixture
def show(host: User) -> Livestream:
    return on_air(host)


def pinned(show: Livestream, host: User, name: str) -> Offer:
    offer = make_offer(make_product(name, producer=show.host.producer))
    show.refresh_from_db()
    services.pin(host, show.code, show.version, offer.product.code)
    return offer


def test_the_sums_are_those_of_the_rows(show: Livestream, host: User) -> None:
    coffee, tea = pinned(show, host, "Cà phê"), pinned(show, host, "Chè")
    LivestreamVisits.objects.create(livestream=show, day="2026-11-28", phase=Phase.DURING, count=40)
    LivestreamVisits.objects.create(livestream=show, day="2026-11-29", phase=Phase.AFTER, count=2)
    baskets = [Basket.objects.create() for _ in range(3)]
    for basket in baskets:
        in_basket(show, coffee, basket)
    in_basket(show, tea, baskets[0], Phase.AFTER)
    both = sent(1)
    bought(show, coffee, 2, 100_000, both)
    bought(show, tea, 1, 50_000, both, Phase.AFTER)
    bought(show, coffee, 1, 90_000, sent(2))

    found = figures(show)

    assert (found.visits, found.visits_in_all) == ({"during": 40, "after": 2}, 42)
    assert found.whole == Sums(baskets=3, orders=2, pieces=4, revenue=340_000)
    assert found.by_phase == {"during": Sums(3, 2, 3, 290_000), "after": Sums(1, 1, 1, 50_000)}
    assert [(row.name, row.whole) for row in found.rows] == [
        ("Cà phê", Sums(3, 2, 3, 290_000)), ("Chè", Sums(1, 1, 1, 50_000)),
    ]  # fmt: skip
    assert found.whole.revenue == sum(OrderLine.objects.values_list("total", flat=True))
    assert found.sent is None


@pytest.mark.parametrize("state", [State.CANCELLED, State.CANCELLING])
def test_a_cancelled_order_leaves(show: Livestream, host: User, state: State) -> None:
    offer = pinned(show, host, "Cà phê")
    bought(show, offer, 1, 100_000, sent(1))
    bought(show, offer, 5, 100_000, sent(2, state=state))
    assert figures(show).whole == Sums(0, 1, 1, 100_000)


def test_a_stopped_line_leaves(show: Livestream, host: User) -> None:
    offer = pinned(show, host, "Cà phê")
    bought(show, offer, 1, 100_000, sent(1))
    OrderLine.objects.update(stopped="revoked")
    assert figures(show).whole == Sums()


def test_what_is_not_pinned_any_more_is_still_told(show: Livestream, host: User) -> None:
    offer = pinned(show, host, "Cà phê")
    bought(show, offer, 1, 100_000, sent(1))
    show.pins.all().delete()
    assert [row.whole for row in figures(show).rows] == [Sums(0, 1, 1, 100_000)]


def test_a_sale_point_sees_its_own_counter_and_of_the_rest_pieces_only() -> None:
    point = make_sale_point()
    user, _ = make_host(point)
    show = on_air(user)
    offer = make_offer(make_product("Mật ong"), stocks={point.warehouse: 9})
    services.pin(user, show.code, show.version, offer.product.code)
    bought(show, offer, 1, 100_000, make_order(point, 1))
    bought(show, offer, 2, 100_000, make_order(make_sale_point(), 2))
    bought(show, offer, 4, 100_000, sent(3))

    found = figures(show)

    assert found.whole == Sums(0, 1, 1, 100_000)
    assert found.sent == 4


def test_a_product_that_went_to_another_producer_is_not_told(show: Livestream, host: User) -> None:
    offer = pinned(show, host, "Cà phê")
    bought(show, offer, 1, 100_000, sent(1))
    bought(show, make_offer(make_product("Của người khác")), 1, 70_000, sent(2))
    found = figures(show)
    assert found.whole == Sums(0, 1, 1, 100_000)
    assert [row.name for row in found.rows] == ["Cà phê"]


def pages(show: Livestream) -> list[str]:
    return [reverse(name, args=[show.code]) for name in ("live_host_figures", "live_host_csv", "live_host_session")]


def test_another_hosts_figures_do_not_exist(show: Livestream, client: Client) -> None:
    for address in pages(show):
        assert client.get(address).status_code == 302
    client.force_login(make_host()[0])
    for address in pages(show):
        assert client.get(address).status_code == 404
    client.force_login(make_host(make_sale_point())[0])
    for address in pages(show):
        assert client.get(address).status_code == 404


def test_nobody_who_bought_is_in_it(show: Livestream, host: User, client: Client) -> None:
    offer = pinned(show, host, "=Cà phê")
    bought(show, offer, 2, 100_000, sent(77123))
    Order.objects.update(buyer_name="Phạm Thị Kín", email="kin@example.test")
    client.force_login(host)
    for address in pages(show):
        text = client.get(address).content.decode()
        assert "200" in text
        for secret in ("Phạm Thị Kín", "+84912345678", "kin@example.test", "1 Lê Lợi", "77123"):
            assert secret not in text


def test_the_table_for_spreadsheets(show: Livestream, host: User, client: Client) -> None:
    offer = pinned(show, host, "=Cà phê")
    bought(show, offer, 2, 100_000, sent(1))
    bought(show, offer, 1, 90_000, sent(2), Phase.AFTER)
    client.force_login(host)

    answer = client.get(reverse("live_host_csv", args=[show.code]))

    text = answer.content.decode("utf-8-sig")
    head, row, whole = csv.reader(io.StringIO(text))
    assert head[:3] == ["Sản phẩm", "Mã", "Trong phiên: Giỏ hàng"]
    assert row == ["'=Cà phê", offer.product.code, "0", "1", "2", "200000", "0", "1", "1", "90000"]
    assert whole == ["Cả phiên", "", *row[2:]]
    assert answer["Content-Disposition"] == f'attachment; filename="phien-{show.code}.csv"'


def test_before_it_begins_there_are_no_figures(host: User, client: Client) -> None:
    client.force_login(host)
    page = client.get(reverse("live_host_session", args=[announced(host).code])).content.decode()
    assert 'id="so-lieu"' not in page

"""Which session a line of a basket and of an order comes from, and what is no token at all."""

from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from catalog import clock
from catalog.livestreams import overseeing, services
from catalog.livestreams.models import Livestream
from catalog.offers.models import Offer
from catalog.people.models import User
from catalog.products.codes import new_code
from catalog.salepoints.models import Warehouse
from storefront.basket.models import Basket
from storefront.livestreams.attribution import AFTER, NAME, SALT
from storefront.livestreams.models import BasketOrigin, LivestreamVisits, OrderOrigin, Phase
from storefront.orders.models import Order
from tests.catalog.livestreams.making import HOUR, MINUTE, announced, make_host, moved, on_air
from tests.embedded_server import Api
from tests.factories import make_offer, make_product, make_warehouse
from tests.storefront.world import on_sale, order

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36"


def browser(agent: str = PHONE, **headers: str) -> Client:
    return Client(headers={"User-Agent": agent, **headers})


@pytest.fixture
def host() -> User:
    return make_host()[0]


@pytest.fixture
def show(host: User) -> Livestream:
    return on_air(host)


def pinned(show: Livestream, host: User, offer: Offer | None = None) -> Offer:
    """An offer of a product that is pinned to the session."""
    producer = show.host.producer
    if offer is None:
        store = Warehouse.objects.filter(producer=producer).first() or make_warehouse(producer=producer)
        offer = make_offer(make_product(producer=producer), stocks={store: 9})
    show.refresh_from_db()
    services.pin(host, show.code, show.version, offer.product.code)
    return offer


def follow(client: Client, offer: Offer, code: str) -> None:
    """Open the product by a link of the session."""
    assert client.get(f"{offer.product.get_absolute_url()}?phien={code}").status_code == 200


def put(client: Client, offer: Offer) -> None:
    client.post(reverse("basket_add"), {"offer": offer.external_reference})


def origins() -> list[tuple[str, str, str]]:
    """(session, offer, phase) of the lines that lie in baskets."""
    rows = BasketOrigin.objects.exclude(line=None).select_related("livestream", "offer__product")
    return sorted((one.livestream.code, one.offer.external_reference, one.phase) for one in rows)


def test_what_is_put_in_during_the_session_comes_from_it(show: Livestream, host: User) -> None:
    offer, other, client = pinned(show, host), pinned(show, host), browser()
    follow(client, offer, show.code)

    put(client, offer)
    put(client, other)

    assert origins() == sorted((show.code, one.external_reference, Phase.DURING) for one in (offer, other))


def test_the_links_of_the_page_carry_the_session(show: Livestream, host: User) -> None:
    offer = pinned(show, host)
    page = browser().get(show.get_absolute_url()).content.decode()
    assert f"{offer.product.get_absolute_url()}?phien={show.code}" in page
    assert reverse("livestream_visit", args=[show.code]) in page


@pytest.mark.parametrize(
    ("after", "phase"),
    [(timedelta(), Phase.DURING), (10 * MINUTE, Phase.AFTER), (AFTER - MINUTE, Phase.AFTER), (AFTER + MINUTE, None)],
)
def test_shortly_after_counts_as_after_and_later_not(
    show: Livestream, host: User, after: timedelta, phase: Phase | None
) -> None:
    offer, client = pinned(show, host), browser()
    follow(client, offer, show.code)
    if after:
        Livestream.objects.filter(pk=show.pk).update(over_at=clock.now() - after)

    put(client, offer)

    assert [row[2] for row in origins()] == ([phase] if phase else [])


def test_before_it_begins_nothing_comes_from_it_but_the_link_is_kept(host: User) -> None:
    soon = announced(host)
    offer, client = pinned(soon, host), browser()
    follow(client, offer, soon.code)
    put(client, offer)
    assert origins() == []

    soon.refresh_from_db()
    moved(soon, -HOUR)
    services.start(host, soon.code, soon.version)
    put(client, offer)

    assert [row[0] for row in origins()] == [soon.code]


def test_the_last_link_counts(host: User, show: Livestream) -> None:
    later = on_air(host)
    offer = pinned(show, host)
    pinned(later, host, offer)
    client = browser()
    follow(client, offer, show.code)
    put(client, offer)

    follow(client, offer, later.code)
    put(client, offer)

    assert [row[0] for row in origins()] == [later.code]
    assert BasketOrigin.objects.count() == 2  # that it lay in a basket of the first is still counted


def test_only_what_is_pinned_there(show: Livestream, host: User) -> None:
    offer, client = pinned(show, host), browser()
    loose = pinned(show, host)
    show.pins.filter(product=loose.product).delete()
    follow(client, offer, show.code)

    put(client, loose)

    assert origins() == []


@pytest.mark.parametrize("code", ["", "0000000", "x", "' OR 1=1", "é" * 40, "<script>"])
def test_an_unknown_code_is_ignored_in_silence(show: Livestream, host: User, code: str) -> None:
    offer, client = pinned(show, host), browser()
    follow(client, offer, code)
    put(client, offer)
    assert NAME not in client.cookies
    assert origins() == []
    assert Basket.objects.get().lines.get().offer == offer


@pytest.mark.parametrize("spoil", [lambda kept: kept[:-1], lambda kept: f"x{kept}", lambda _kept: "", lambda _: "a:b"])
def test_a_forged_cookie_is_ignored_in_silence(show: Livestream, host: User, spoil) -> None:
    offer, client = pinned(show, host), browser()
    follow(client, offer, show.code)
    client.cookies[NAME] = spoil(client.cookies[NAME].value)
    put(client, offer)
    assert origins() == []
    assert Basket.objects.get().lines.count() == 1


def test_a_cookie_of_another_form_is_ignored(show: Livestream, host: User) -> None:
    offer, client = pinned(show, host), browser()
    client.cookies[NAME] = signing.get_cookie_signer(salt=NAME + SALT).sign(f"{show.code}:only")
    put(client, offer)
    assert origins() == []


def test_a_cookie_is_good_for_a_day(show: Livestream, host: User) -> None:
    offer, client = pinned(show, host), browser()
    follow(client, offer, show.code)
    kept = client.cookies[NAME]
    assert (kept["max-age"], kept["httponly"], kept["samesite"]) == (86_400, True, "Lax")


@pytest.mark.parametrize("end", ["stop", "cancel"])
def test_a_session_that_was_stopped_or_cancelled_brings_nothing(host: User, end: str) -> None:
    show = on_air(host) if end == "stop" else announced(host)
    offer, client = pinned(show, host), browser()
    follow(client, offer, show.code)
    show.refresh_from_db()
    if end == "stop":
        overseeing.stop(show.code, User.objects.get(username="can-bo-duyet"), "Sai nhãn")
    else:
        services.cancel(host, show.code, show.version, "Mưa bão")
    put(client, offer)
    assert origins() == []


def test_a_draft_is_no_session(host: User, show: Livestream) -> None:
    offer, client = pinned(show, host), browser()
    Livestream.objects.filter(pk=show.pk).update(confirmed_at=None)
    follow(client, offer, show.code)
    assert NAME not in client.cookies


def visits() -> list[tuple[str, int]]:
    return [(row.phase, row.count) for row in LivestreamVisits.objects.order_by("phase")]


def look(client: Client, show: Livestream) -> None:
    """Open the session's page and what it loads."""
    client.get(show.get_absolute_url())
    assert client.get(reverse("livestream_visit", args=[show.code])).status_code == 204


def test_one_visitor_who_reloads_is_one_visit_a_day(show: Livestream, monkeypatch: pytest.MonkeyPatch) -> None:
    client = browser()
    for _ in range(3):
        look(client, show)
    look(browser(), show)
    assert visits() == [("during", 2)]

    Livestream.objects.filter(pk=show.pk).update(over_at=clock.now() - HOUR)
    tomorrow = clock.today() + timedelta(days=1)
    monkeypatch.setattr("catalog.clock.today", lambda: tomorrow)
    look(client, show)
    assert visits() == [("after", 1), ("during", 2)]


def test_two_sessions_count_a_visit_each_whichever_is_opened_in_between(host: User, show: Livestream) -> None:
    other, client = on_air(host), browser()
    for one in (show, other, show, other):
        look(client, one)
    assert [(row.livestream_id, row.count) for row in LivestreamVisits.objects.order_by("pk")] == [
        (show.pk, 1), (other.pk, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "client",
    [
        browser("Googlebot/2.1 (+http://www.google.com/bot.html)"),
        browser("facebookexternalhit/1.1"),
        browser("WhatsApp/2.23"),
        browser("python-requests/2.32"),
        browser(""),
        browser(**{"Sec-Purpose": "prefetch;prerender"}),
        browser(Purpose="prefetch"),
    ],
)
def test_programs_and_pages_loaded_ahead_are_no_visits(client: Client, show: Livestream, host: User) -> None:
    offer = pinned(show, host)
    look(client, show)
    follow(client, offer, show.code)
    look(client, show)
    assert visits() == []
    assert NAME not in client.cookies


def test_a_browser_that_keeps_no_cookies_is_never_counted(show: Livestream) -> None:
    for _ in range(3):
        client = browser()
        client.get(reverse("livestream_visit", args=[show.code]))
    assert visits() == []


def test_a_visit_of_what_is_no_session_is_nothing(show: Livestream) -> None:
    client = browser()
    client.get(show.get_absolute_url())
    for code in (new_code(), "0000000"):
        assert client.get(reverse("livestream_visit", args=[code])).status_code == 204
    assert client.post(reverse("livestream_visit", args=[show.code])).status_code == 405
    assert visits() == []


def test_the_orders_line_keeps_it(saleor: Api, show: Livestream, host: User) -> None:
    offer = on_sale(make_product(producer=show.host.producer))
    plain = on_sale(make_product(producer=show.host.producer))
    pinned(show, host, offer)
    client = browser()
    follow(client, offer, show.code)
    put(client, offer)
    put(client, plain)

    placed = order(Basket.objects.get())

    origin = OrderOrigin.objects.get()
    assert (origin.order_line.offer, origin.livestream, origin.phase) == (offer, show, Phase.DURING)
    assert placed.lines.count() == 2
    assert Order.objects.count() == 1
    assert BasketOrigin.objects.get().line is None

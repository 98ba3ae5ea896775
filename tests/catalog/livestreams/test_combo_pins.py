"""Combos as pins: who may pin which, what is refused, and that a pin comes and goes with its box."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from catalog import clock
from catalog.certificates.models import SourceRecord, Status
from catalog.certificates.services import refresh_gate
from catalog.combos.models import Combo, PackagingStock
from catalog.livestreams import pins, services, signals
from catalog.livestreams.models import COMBO, Livestream, LivestreamPin
from catalog.offers.models import Offer, OfferStock
from catalog.people.models import User
from catalog.products.models import Product, Restriction
from tests.catalog.livestreams.making import announced, make_host, on_air
from tests.catalog.livestreams.test_services import refused
from tests.factories import agree, make_combo, make_offer, make_packaging, make_product, make_sale_point

pytestmark = pytest.mark.django_db


@pytest.fixture
def host() -> User:
    return make_host()[0]


@pytest.fixture
def show(host: User) -> Livestream:
    return on_air(host)


def gift(show: Livestream, **facts: object) -> tuple[Combo, Offer, Offer]:
    """A combo of the host's own product and another's."""
    own = make_offer(make_product(producer=show.host.producer), price=100_000)
    other = make_offer(make_product(), price=60_000)
    return make_combo((own, 1), (other, 2), **{"percent": 10, **facts}), own, other  # type: ignore[arg-type]


def key(combo: Combo) -> str:
    return f"{COMBO}{combo.code}"


def pin(user: User, show: Livestream, wanted: str) -> None:
    show.refresh_from_db()
    services.pin(user, show.code, show.version, wanted)


def told(show: Livestream) -> list[str]:
    """The keys that pages show, which are those that open pages are told."""
    show.refresh_from_db()
    shown = [one.key for one in pins.shown(show.pk, clock.today())]
    signal = signals.read(show, clock.now())
    assert signal
    assert list(signal.pins) == shown
    return shown


def revoke(product: Product, status: str = Status.REVOKED) -> None:
    SourceRecord.objects.filter(product=product).update(status=status)
    refresh_gate([product.pk])


def test_a_producer_pins_a_combo_with_a_part_of_its_own_and_no_other(show: Livestream, host: User) -> None:
    combo, own, other = gift(show)
    anothers = make_combo((other, 1))
    stands_in = make_combo((other, 1, own))

    pin(host, show, key(combo))

    for code in (anothers.code, stands_in.code, "0000000", "", "x" * 20, own.product.code):
        refused("pin_combo_not_yours", pin, host, show, f"{COMBO}{code}")
    refused("pin_not_yours", pin, host, show, combo.code)  # a combo's code is no product's
    assert told(show) == [key(combo)]
    [shown] = pins.shown(show.pk, clock.today())
    assert shown.combo
    assert (shown.product, shown.price, shown.combo.box.price.total) == (None, 223_000, 223_000)  # type: ignore[union-attr]
    assert show.events.last().facts == {"combo": combo.code}  # type: ignore[union-attr]


def test_a_sale_point_pins_what_it_packs_and_what_it_sells_all_parts_of() -> None:
    point = make_sale_point()
    user, _ = make_host(point)
    show = announced(user)
    here, there = make_offer(make_product(), stocks={point.warehouse: 5}), make_offer(make_product())
    for offer in (here, there):
        OfferStock.objects.get_or_create(
            offer=offer, warehouse=make_offer(make_product(producer=offer.product.producer)).stocks.get().warehouse,
            defaults={"quantity": 9},
        )  # fmt: skip
    packed = make_combo((there, 1), packaging=make_packaging(point))
    sold, half = make_combo((here, 1)), make_combo((here, 1), (there, 1))

    for combo in (packed, sold):
        pin(user, show, key(combo))
    refused("pin_combo_not_yours", pin, user, show, key(half))
    assert told(show) == [key(packed), key(sold)]


def unapproved(combo: Combo, _own: Offer) -> None:
    Combo.objects.filter(pk=combo.pk).update(approved_terms=None)


def withdrawn(combo: Combo, _own: Offer) -> None:
    Combo.objects.filter(pk=combo.pk).update(withdrawn_at=clock.now())


def revoked(_combo: Combo, own: Offer) -> None:
    revoke(own.product)


def expired(_combo: Combo, own: Offer) -> None:
    Product.objects.filter(pk=own.product_id).update(listable_until=clock.today().replace(year=2020))


def sold_out(_combo: Combo, own: Offer) -> None:
    own.stocks.update(reserved=10)


def without_boxes(combo: Combo, _own: Offer) -> None:
    PackagingStock.objects.filter(packaging=combo.packaging).update(quantity=0)


def disagreed(combo: Combo, own: Offer) -> None:
    combo.agreements.filter(producer=own.product.producer).delete()


def dearer_for_nothing(combo: Combo, own: Offer) -> None:
    agreement = combo.agreements.get(producer=own.product.producer)
    agreement.parts = {name: {**terms, "lowest": 99_000} for name, terms in agreement.parts.items()}
    agreement.save()


GOING = (unapproved, withdrawn, revoked, expired, sold_out, without_boxes, disagreed, dearer_for_nothing)


@pytest.mark.parametrize("go", GOING)
def test_what_is_not_on_sale_is_refused_with_the_reason(
    show: Livestream, host: User, go: Callable[[Combo, Offer], None]
) -> None:
    combo, own, _other = gift(show)
    go(combo, own)
    refused("pin_combo_not_on_sale", pin, host, show, key(combo))
    assert not LivestreamPin.objects.exists()
    assert pins.boxes_of(show) == {}


@pytest.mark.parametrize("go", GOING)
def test_a_pin_goes_with_its_box(show: Livestream, host: User, go: Callable[[Combo, Offer], None]) -> None:
    combo, own, _other = gift(show)
    plain = make_offer(make_product(producer=show.host.producer))
    for wanted in (key(combo), plain.product.code):
        pin(host, show, wanted)
    before = signals.read(show, clock.now())

    go(combo, own)

    assert told(show) == [plain.product.code]
    after = signals.read(show, clock.now())
    assert before
    assert after
    assert before.mark != after.mark
    assert LivestreamPin.objects.count() == 2  # it is hidden, not taken off


def test_a_pin_is_back_as_soon_as_the_box_is_on_sale_again(show: Livestream, host: User) -> None:
    combo, own, other = gift(show)
    pin(host, show, key(combo))

    revoke(other.product, Status.SUSPENDED)
    assert told(show) == []
    revoke(other.product, Status.VALID)
    assert told(show) == [key(combo)]

    own.stocks.update(reserved=10)
    assert told(show) == []
    own.stocks.update(reserved=9)
    assert told(show) == [key(combo)]

    combo.agreements.all().delete()
    assert told(show) == []
    agree(combo)
    assert told(show) == [key(combo)]


def test_an_agreed_substitute_keeps_the_pin(show: Livestream, host: User) -> None:
    own = make_offer(make_product(producer=show.host.producer))
    other = make_offer(make_product(producer=show.host.producer))
    combo = make_combo((own, 1, other))
    pin(host, show, key(combo))

    own.stocks.update(reserved=10)

    [shown] = pins.shown(show.pk, clock.today())
    assert shown.combo
    assert [part.offer for part in shown.combo.box.parts] == [other]


def test_a_combo_to_choose_from_is_pinned_while_it_can_be_filled(show: Livestream, host: User) -> None:
    offers = [make_offer(make_product(producer=show.host.producer), price=n * 10_000) for n in (3, 1, 2)]
    combo = make_combo(*((one, 1) for one in offers), kind="choose", choose=2)
    pin(host, show, key(combo))
    assert [one.price for one in pins.shown(show.pk, clock.today())] == [10_000 + 20_000 + 25_000]

    revoke(offers[1].product)
    assert [one.price for one in pins.shown(show.pk, clock.today())] == [30_000 + 20_000 + 25_000]
    revoke(offers[0].product)
    assert told(show) == []


def test_a_box_with_a_health_product_is_sold_but_never_pinned(show: Livestream, host: User) -> None:
    combo, _own, other = gift(show, percent=0)
    pin(host, show, key(combo))
    Product.objects.filter(pk=other.product_id).update(restriction=Restriction.HEALTH)
    assert told(show) == []

    LivestreamPin.objects.all().delete()
    refused("pin_health", pin, host, show, key(combo))
    Product.objects.filter(pk=other.product_id).update(restriction=Restriction.ALCOHOL)
    refused("pin_alcohol", pin, host, show, key(combo))


def test_once_and_within_the_limit_that_products_share(
    show: Livestream, host: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    combo, own, _other = gift(show)
    pin(host, show, key(combo))
    version = show.version
    services.pin(host, show.code, version, key(combo))  # the second half of a double click
    pin(host, show, key(combo))
    assert show.pins.count() == 1
    show.refresh_from_db()
    assert show.version == version + 1

    monkeypatch.setattr(pins, "MOST", 1)
    refused("too_many_pins", pin, host, show, own.product.code)
    refused("too_many_pins", pin, host, show, key(gift(show)[0]))
    refused("livestream_changed", services.pin, host, show.code, version - 1, own.product.code)
    assert told(show) == [key(combo)]


def test_a_pin_is_of_one_thing(show: Livestream) -> None:
    combo, own, _other = gift(show)
    for facts in ({}, {"combo": combo, "product": own.product}):
        with pytest.raises(IntegrityError), transaction.atomic():
            LivestreamPin.objects.create(livestream=show, position=1, **facts)
    LivestreamPin.objects.create(livestream=show, position=1, combo=combo)
    with pytest.raises(IntegrityError), transaction.atomic():
        LivestreamPin.objects.create(livestream=show, position=2, combo=combo)


def test_they_are_arranged_among_products_with_offsets(show: Livestream, host: User) -> None:
    combo, own, _other = gift(show)
    other, _, _ = gift(show)
    for wanted in (own.product.code, key(combo), key(other)):
        pin(host, show, wanted)
    show.refresh_from_db()

    services.arrange(host, show.code, show.version, [(key(other), 90), (own.product.code, None), (combo.code, 5)])

    assert [(one.key, one.offset) for one in pins.shown(show.pk, clock.today())] == [
        (key(other), 90), (own.product.code, None),
    ]  # fmt: skip


def test_as_many_questions_for_many_as_for_one(show: Livestream, host: User) -> None:
    def asked(do: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as queries:
            do()
        return len(queries)

    def counts() -> tuple[int, int, int]:
        return (
            asked(lambda: pins.shown(show.pk, clock.today())),
            asked(lambda: pins.keys(show.pk, clock.today())),
            asked(lambda: pins.boxes_of(show)),
        )

    pin(host, show, gift(show)[1].product.code)
    assert counts()[:2] == (1, 1)  # a session without combos asks for none
    pin(host, show, key(gift(show)[0]))
    few = counts()
    for _ in range(9):
        pin(host, show, key(gift(show)[0]))
    assert counts() == few
    assert len(told(show)) == 11

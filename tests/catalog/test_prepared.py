import gc
import weakref
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Thread

import pytest
from django.db import connection, connections
from django.db.models import F
from pytest_django import DjangoAssertNumQueries

from catalog.certificates.models import Recognition
from catalog.offers.models import Offer, OfferStock
from catalog.prepared import Prepared, PreparedRows, Slot
from catalog.products.models import Product
from tests.factories import make_offer, make_product

pytestmark = pytest.mark.django_db


def values(one: object) -> dict[str, object]:
    return {name: value for name, value in vars(one).items() if name != "_state"}


def test_what_is_found_is_as_django_gives_it_with_what_it_points_to(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    first, second = make_product("Trà"), make_product("Gạo")
    Recognition.objects.update(score=Decimal("71.50"))
    prepared = Prepared(lambda: Product.objects.filter(code=Slot()), "producer", "current")
    expected = Product.objects.select_related("producer", "current").get(pk=first.pk)

    with django_assert_num_queries(2):
        assert prepared("0000000") == []
        (found,) = prepared(first.code)
        assert values(found) == values(expected)
        assert values(found.producer) == values(expected.producer)
        assert values(found.current) == values(expected.current)  # decimals and days among them
    assert not found._state.adding
    assert prepared(second.code)[0].name == "Gạo"


def test_what_points_nowhere_points_nowhere(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    product = make_product()
    Product.objects.update(current=None)
    (found,) = Prepared(lambda: Product.objects.filter(code=Slot()), "producer", "current")(product.code)

    with django_assert_num_queries(0):
        assert found.current is None


def test_two_steps_and_a_step_from_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    offer = make_offer(make_product())
    prepared = Prepared(
        lambda: OfferStock.objects.filter(offer_id=Slot(0), offer__is_active=Slot(1)),
        "warehouse",
        "warehouse__sale_point",
    )
    expected = OfferStock.objects.select_related("warehouse__sale_point").filter(offer=offer)
    assert expected

    with django_assert_num_queries(1):
        found = prepared(offer.pk, True)
        assert [one.warehouse.sale_point for one in found] == [one.warehouse.sale_point for one in expected]
    Offer.objects.update(is_active=False)
    assert prepared(offer.pk, True) == []


def test_values_of_the_query_itself_keep_their_places() -> None:
    offers = [make_offer(make_product(name), price=price) for name, price in (("A", 1), ("B", 5), ("C", 9))]
    rows = PreparedRows(
        lambda: (
            Offer.objects.filter(price__gte=2, pk__in=[Slot(0), Slot(1), Slot(1)], price__lt=Slot(2))
            .annotate(more=F("price") + 1)
            .order_by("pk")
            .values_list("pk", "more")
        )
    )

    assert rows(offers[0].pk, offers[1].pk, 10) == [(offers[1].pk, 6)]
    assert rows(offers[2].pk, offers[1].pk, 10) == [(offers[1].pk, 6), (offers[2].pk, 10)]
    assert rows(offers[2].pk, offers[1].pk, 9) == [(offers[1].pk, 6)]


def test_a_value_too_few_is_an_error() -> None:
    with pytest.raises(IndexError):
        PreparedRows(lambda: Product.objects.filter(pk=Slot(1)).values_list("pk"))(1)


@pytest.mark.django_db(transaction=True)
def test_a_thread_that_is_gone_leaves_no_connection_behind() -> None:
    make_product()
    prepared, kept = PreparedRows(lambda: Product.objects.values_list("pk")), []

    def ask() -> None:
        assert len(prepared()) == 1
        kept.append(weakref.ref(connections["default"]))
        connections["default"].close()

    thread = Thread(target=ask)
    thread.start()
    thread.join()
    gc.collect()

    assert [one() for one in kept] == [None]


@pytest.mark.django_db(transaction=True)
def test_threads_that_are_the_first_to_ask_at_the_same_time() -> None:
    product = make_product()
    prepared = Prepared(lambda: Product.objects.filter(code=Slot()), "producer")

    def ask(_number: int) -> list[str]:
        try:
            return [one.producer.name for one in prepared(product.code)]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, range(16))) == [[product.producer.name]] * 16

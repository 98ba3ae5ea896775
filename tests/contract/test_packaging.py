"""A sale point's packagings in Saleor: made, changed, stocked in two places, sold, and mirrored by the one way in."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from catalog.combos import packaging as making
from catalog.combos.errors import BadPackaging, NotYourPackaging
from catalog.combos.models import Packaging, PackagingStock
from catalog.combos.packaging import PackagingFacts, put_packaging
from catalog.offers.errors import BadPrice, BadQuantity
from catalog.offers.services import reconcile_offers, refresh_variants
from catalog.products.codes import new_code
from catalog.saleor.client import Saleor, SaleorUnavailable
from catalog.saleor.setup import CHANNEL
from catalog.saleor.webhooks.registry import HANDLERS
from catalog.salepoints.models import SalePoint, Warehouse
from catalog.salepoints.services import wanted_warehouses
from ocop_sync.publish.drift import find_publication_drift
from ocop_sync.publish.services import publish_all
from tests.contract.dashboard import Dashboard
from tests.contract.shop import Shop, fresh
from tests.storefront.world import open_point

pytestmark = pytest.mark.django_db
BASKET = PackagingFacts("Giỏ tre", "Bamboo basket", 45_000, 400, 8, is_active=True, to_collect=5, to_send=7)


@pytest.fixture
def point(at_home: Saleor) -> SalePoint:
    """A sale point that has no packaging yet."""
    return open_point(slug=fresh("quay-"))


@pytest.fixture
def basket(point: SalePoint) -> Packaging:
    """A bamboo basket: five to be collected, seven to be sent."""
    return put_packaging(point, new_code(), BASKET)


def boxes(packaging: Packaging) -> dict[str, tuple[int, int]]:
    """On hand and promised here, on the `shelf` and in the packing `store`."""
    return {
        "shelf" if row.warehouse.sale_point_id else "store": (row.quantity, row.reserved)
        for row in PackagingStock.objects.filter(packaging=packaging).select_related("warehouse")
    }


def test_it_is_made_where_no_list_shows_it_with_boxes_in_both_places(shop: Shop, basket: Packaging) -> None:
    product = shop.api.product(external_reference=basket.external_reference).product
    variant = shop.read_variant(basket.external_reference)

    assert product
    told = [(one.channel.slug, one.is_published, one.visible_in_listings, one.is_available_for_purchase)
            for one in product.channel_listings or ()]  # fmt: skip
    assert told == [(CHANNEL, True, False, True)]
    assert [one.price.amount for one in variant.channel_listings or () if one.price] == [45_000.0]
    assert boxes(basket) == {"shelf": (5, 0), "store": (7, 0)}
    assert (basket.name, basket.name_en, basket.price, basket.weight, basket.most_pieces, basket.is_active) == (
        "Giỏ tre", "Bamboo basket", 45_000, 400, 8, True,
    )  # fmt: skip


def test_a_repeat_sends_nothing_and_a_change_only_what_differs(
    point: SalePoint, basket: Packaging, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    execute = Saleor.execute

    def spy(self: Saleor, query: str, operation_name: str | None = None, *args: Any, **kwargs: Any) -> Any:
        if query.lstrip().startswith("mutation"):
            sent.append(operation_name or "")
        return execute(self, query, operation_name, *args, **kwargs)

    monkeypatch.setattr(Saleor, "execute", spy)
    put_packaging(point, basket.code, BASKET)
    assert sent == []

    put_packaging(point, basket.code, replace(BASKET, price=50_000, to_send=9))
    assert sent == ["SetVariantPrice", "SetVariantStocks"]
    basket.refresh_from_db()
    assert (basket.price, boxes(basket)) == (50_000, {"shelf": (5, 0), "store": (9, 0)})
    assert Packaging.objects.count() == 1


def test_one_that_is_no_longer_offered_cannot_be_bought(shop: Shop, point: SalePoint, basket: Packaging) -> None:
    assert not put_packaging(point, basket.code, replace(BASKET, is_active=False, name="Giỏ mây")).is_active

    product = shop.api.product(external_reference=basket.external_reference).product
    assert product
    assert product.name == "Giỏ mây"
    assert [bool(one.is_available_for_purchase) for one in product.channel_listings or ()] == [False]
    refresh_variants([basket.external_reference])
    basket.refresh_from_db()
    assert (basket.name, basket.is_active) == ("Giỏ mây", False)


@pytest.mark.parametrize("after", ["product", "nothing"])
def test_what_was_cut_off_is_ended_by_the_next_try(
    point: SalePoint, after: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = new_code()

    def killed(*args: Any) -> Any:
        raise SaleorUnavailable(operation="x", reason="killed")

    with monkeypatch.context() as cut:
        cut.setattr(making, "_correct_variant" if after == "product" else "_create", killed)
        with pytest.raises(SaleorUnavailable):
            put_packaging(point, code, BASKET)
    half = Packaging.objects.get()
    assert (half.code, half.is_active, half.read_at, boxes(half)) == (code, False, None, {})

    done = put_packaging(point, code, BASKET)

    assert done.pk == half.pk
    assert (done.is_active, boxes(done)) == (True, {"shelf": (5, 0), "store": (7, 0)})


def test_boxes_are_sold_from_the_place_they_go_from(shop: Shop, point: SalePoint, basket: Packaging) -> None:
    variant = shop.read_variant(basket.external_reference)
    shop.order(shop.with_delivery((variant, 2)))
    refresh_variants([basket.external_reference])
    assert boxes(basket) == {"shelf": (5, 0), "store": (7, 2)}

    shelf = shop.api.warehouse(external_reference=point.warehouse.external_reference).warehouse
    assert shelf
    shop.order(shop.choose(shop.basket((variant, 3), to=None), shelf.id))
    reconcile_offers()
    assert boxes(basket) == {"shelf": (5, 3), "store": (7, 2)}


def test_what_staff_change_in_saleor_comes_by_its_webhook(basket: Packaging, dashboard: Dashboard) -> None:
    dashboard.set_price(basket.external_reference, 60_000)
    dashboard.set_stock(basket.external_reference, f"packing-{basket.sale_point.slug}", 1)

    HANDLERS["ProductVariantUpdated"]([basket.external_reference, "HOP-0000000", "fremd"])

    basket.refresh_from_db()
    assert (basket.price, boxes(basket)) == (60_000, {"shelf": (5, 0), "store": (1, 0)})
    assert reconcile_offers(basket.read_at).changed == []


def test_one_that_was_deleted_is_no_longer_offered(basket: Packaging, dashboard: Dashboard) -> None:
    dashboard.delete_product(basket.external_reference)

    HANDLERS["ProductDeleted"]([basket.external_reference])

    basket.refresh_from_db()
    assert not basket.is_active


def test_one_that_was_deleted_unheard_is_found(basket: Packaging, dashboard: Dashboard) -> None:
    dashboard.delete_variant(basket.external_reference)

    assert basket.external_reference in reconcile_offers().gone

    basket.refresh_from_db()
    assert not basket.is_active


def test_an_answer_asked_for_earlier_is_stale(point: SalePoint, basket: Packaging) -> None:
    from catalog.combos.mirror import mirror_packaging  # noqa: PLC0415
    from catalog.offers.mirror import VariantState  # noqa: PLC0415

    late = VariantState(basket.external_reference, "Cũ", 1_000, 1, ())
    assert basket.read_at
    assert mirror_packaging(late, basket.read_at - timedelta(seconds=1)) == (basket, False)
    basket.refresh_from_db()
    assert (basket.name, boxes(basket)) == ("Giỏ tre", {"shelf": (5, 0), "store": (7, 0)})


def test_the_publisher_leaves_it_alone(shop: Shop, basket: Packaging) -> None:
    publish_all()
    drift = find_publication_drift()

    assert not any(basket.code in code for code in drift.found)
    product = shop.api.product(external_reference=basket.external_reference).product
    assert product
    assert [one.is_published for one in product.channel_listings or ()] == [True]


def test_another_points_packaging_and_bad_numbers_are_refused(point: SalePoint, basket: Packaging) -> None:
    other = open_point(slug=fresh("quay-"))
    with pytest.raises(NotYourPackaging):
        put_packaging(other, basket.code, BASKET)
    for error, wrong in (
        (BadPrice, {"price": 999}), (BadQuantity, {"to_send": -1}), (BadPackaging, {"name": ""}),
        (BadPackaging, {"most_pieces": 0}), (BadPackaging, {"weight": 20_001}),
    ):  # fmt: skip
        with pytest.raises(error):
            put_packaging(point, new_code(), replace(BASKET, **wrong))
    with pytest.raises(BadPackaging):
        put_packaging(point, "HOP", BASKET)
    assert list(Packaging.objects.all()) == [basket]


def test_the_packing_store_is_among_the_warehouses_that_saleor_must_hold(point: SalePoint) -> None:
    store = f"packing-{point.slug}"
    assert store not in {facts.external_reference for facts in wanted_warehouses()}

    put_packaging(point, new_code(), BASKET)

    wanted = {facts.external_reference: facts.collection_point for facts in wanted_warehouses()}
    assert (wanted[store], wanted[f"point-{point.slug}"]) == (False, True)
    assert Warehouse.objects.get(packing_point=point).external_reference == store

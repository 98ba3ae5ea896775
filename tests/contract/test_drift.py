"""What changed in Saleor without our hearing of it is found and mended, one kind after the other."""

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from catalog.offers.models import Offer, OfferStock
from catalog.offers.services import put_offer, reconcile_offers
from catalog.outbox.models import OutboxRow
from catalog.products.codes import read_code
from catalog.products.models import Product
from catalog.saleor.client import Saleor, client
from catalog.saleor.generated.fragments import PublishedFields
from catalog.saleor.models import Reconciliation
from deploy.cli.saleor import saleor
from ocop_sync.publish import drift, sending
from ocop_sync.publish.drift import find_publication_drift
from ocop_sync.publish.services import publish_codes, publish_due
from storefront.orders.models import Order, State
from storefront.orders.reconciling import reconcile, reread_open
from tests.contract.dashboard import Dashboard
from tests.contract.here import as_told, forget_orders, stock
from tests.storefront.world import basket_with, order, store_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _among_others(at_home: Saleor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other tests' products on a shared server are nobody's strangers: they are left alone."""

    def ours(product: PublishedFields) -> str:
        code = product.external_reference or ""
        return code if read_code(code) == code and Product.objects.filter(code=code).exists() else ""

    monkeypatch.setattr(drift, "_code_of", ours)


def test_a_product_that_was_renamed(published: Product, dashboard: Dashboard) -> None:
    dashboard.rename(published.code, "OCOP 5 sao thượng hạng")

    assert find_publication_drift().changed == [published.code]
    publish_due()

    assert as_told(published)
    assert not find_publication_drift().found


def test_an_attribute_that_was_changed(published: Product, dashboard: Dashboard) -> None:
    dashboard.set_attribute(published.code, "ocop-star", "star-5")

    assert find_publication_drift().changed == [published.code]
    publish_due()

    assert as_told(published)


def test_a_product_that_was_taken_off_the_shelf(published: Product, dashboard: Dashboard) -> None:
    dashboard.show(published.code, published=False)

    assert find_publication_drift().hidden == [published.code]
    publish_due()

    assert as_told(published)


def test_a_product_that_was_put_on_the_shelf_against_the_gate(published: Product, dashboard: Dashboard) -> None:
    Product.objects.filter(pk=published.pk).update(blocked="revoked")
    publish_codes([published.code])
    dashboard.show(published.code, published=True)

    assert find_publication_drift().shown == [published.code]
    publish_due()

    found = sending.find(client(), published.code)
    assert found
    assert not sending.is_published(found)


def test_a_product_that_was_deleted(published: Product, dashboard: Dashboard) -> None:
    offer = put_offer(published, 1, name="Gói", price=90_000, weight=500, stocks={store_of(published.producer): 5})
    dashboard.delete_product(published.code)

    assert find_publication_drift().missing == [published.code]
    assert publish_due().created == 1
    assert as_told(published)

    assert reconcile_offers().gone == [offer.external_reference]
    published.refresh_from_db()
    assert (published.price_from, published.in_stock) == (None, False)


def test_a_price_that_was_changed(offer: Offer, dashboard: Dashboard) -> None:
    started = Reconciliation.objects.create(subject="offer changes", known_until=offer.read_at).known_until
    dashboard.set_price(offer.external_reference, 123_000)

    found = reconcile_offers(started)

    assert found.changed == [offer.external_reference]
    offer.refresh_from_db()
    assert (offer.price, offer.product.price_from) == (123_000, 123_000)
    assert Reconciliation.objects.get(subject="offer changes").known_until > started


def test_a_pack_that_was_renamed(offer: Offer, dashboard: Dashboard) -> None:
    dashboard.rename_variant(offer.external_reference, "Túi 500 g")

    assert reconcile_offers(offer.read_at).changed == [offer.external_reference]

    offer.refresh_from_db()
    assert offer.name == "Túi 500 g"


def test_stock_that_was_changed(offer: Offer, dashboard: Dashboard) -> None:
    dashboard.set_stock(offer.external_reference, store_of(offer.product.producer).external_reference, 3)

    assert reconcile_offers().changed == [offer.external_reference]

    assert stock(offer) == (3, 0)
    assert not reconcile_offers().found


def test_a_variant_that_was_deleted(offer: Offer, dashboard: Dashboard) -> None:
    dashboard.delete_variant(offer.external_reference)

    assert reconcile_offers().gone == [offer.external_reference]

    offer.refresh_from_db()
    assert not offer.is_active


def test_a_variant_that_was_made(offer: Offer, dashboard: Dashboard) -> None:
    dashboard.add_variant(offer.product.code, f"{offer.product.code}-4", 44_000)

    assert reconcile_offers(offer.read_at).changed == [f"{offer.product.code}-4"]

    assert Product.objects.get(pk=offer.product_id).price_from == 44_000


def test_a_summary_that_is_not_what_the_offers_say(offer: Offer) -> None:
    Product.objects.filter(pk=offer.product_id).update(price_from=1, in_stock=False)
    OutboxRow.objects.all().delete()

    found = reconcile_offers()

    assert (found.summaries, found.changed, found.gone) == ([offer.product.code], [], [])
    product = Product.objects.get(pk=offer.product_id)
    assert (product.price_from, product.in_stock) == (100_000, True)
    assert list(OutboxRow.objects.values_list("topic", "key")) == [("index", offer.product.code)]
    assert not reconcile_offers().found


def test_a_draft_that_staff_completed_takes_from_our_shelf(
    offer: Offer, dashboard: Dashboard, request: pytest.FixtureRequest
) -> None:
    if "embedded" in request.node.name:
        pytest.skip("the embedded server knows no drafts")
    dashboard.sell(offer.external_reference, 3)

    reconcile(offer.read_at)

    assert not Order.objects.exists()
    assert stock(offer) == (10, 3)


def test_an_order_that_is_not_from_our_checkout_takes_from_our_shelf(offer: Offer) -> None:
    placed = order(basket_with((offer, 4)))
    forget_orders(attempts=True)
    OfferStock.objects.update(reserved=0)

    found = reconcile(placed.placed_at)

    assert found.changed == []
    assert placed.number in found.unknown
    assert not Order.objects.exists()
    assert stock(offer) == (10, 4)


def test_an_order_whose_answer_and_webhook_were_lost(offer: Offer) -> None:
    placed = order(basket_with((offer, 2)))
    forget_orders()

    assert reconcile(placed.placed_at).changed == [placed.number]

    assert Order.objects.get().saleor_id == placed.saleor_id


def test_an_order_cancelled_while_we_were_away(offer: Offer, dashboard: Dashboard) -> None:
    placed = order(basket_with((offer, 2)))
    Reconciliation.objects.create(subject="orders", known_until=placed.placed_at)
    dashboard.cancel(placed.saleor_id)

    assert reconcile().changed == [placed.number]

    placed.refresh_from_db()
    assert placed.state == State.CANCELLED
    assert stock(offer) == (10, 0)
    assert Reconciliation.objects.get(subject="orders").known_until > placed.placed_at
    assert reconcile().changed == []


def test_an_order_paid_handed_over_and_refunded_while_we_were_away(offer: Offer, dashboard: Dashboard) -> None:
    placed = order(basket_with((offer, 2)))
    dashboard.mark_paid(placed.saleor_id)
    dashboard.fulfil(placed.saleor_id)

    assert reread_open().changed == [placed.number]
    placed.refresh_from_db()
    assert (placed.state, placed.is_paid, stock(offer)) == (State.HANDED_OVER, True, (8, 0))

    dashboard.refund(placed.saleor_id)

    assert reconcile(placed.placed_at).changed == [placed.number]
    placed.refresh_from_db()
    assert (placed.state, placed.is_paid) == (State.HANDED_OVER, False)


def test_pieces_that_are_promised_elsewhere_than_we_think(offer: Offer) -> None:
    order(basket_with((offer, 3)))
    OfferStock.objects.filter(offer=offer).update(reserved=9)

    assert reconcile_offers().changed == [offer.external_reference]

    assert stock(offer) == (10, 3)


def test_the_command_tells_what_differed_and_by_its_exit_code_that_it_did(
    published: Product, offer: Offer, dashboard: Dashboard
) -> None:
    publish_codes([offer.product.code])
    placed = order(basket_with((offer, 1)))
    CliRunner().invoke(saleor, ["drift"])
    dashboard.rename(published.code, "Tên khác")
    dashboard.set_price(offer.external_reference, 77_000)
    dashboard.cancel(placed.saleor_id)

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(saleor, ["drift", *arguments])

    first, second, third = run("--json"), run("--json"), run()

    told: dict[str, Any] = json.loads(first.stdout)
    assert first.exit_code == 3
    assert told["products"]["changed"] == [published.code]
    assert told["mended"]["updated"] == 1
    assert told["offers"]["changed"] == [offer.external_reference]
    assert told["orders"]["changed"] == [placed.number]
    assert second.exit_code == 0, second.stdout
    assert third.stdout.count("nothing differed") == 3
    assert as_told(published)

"""What somebody changed in Saleor is found and put right; what is under way is not taken for drift."""

from typing import Any

import pytest

from catalog.products.models import Product
from catalog.saleor.client import client
from catalog.saleor.generated import ProductInput
from ocop_sync.publish import sending
from ocop_sync.publish.drift import find_publication_drift
from ocop_sync.publish.models import Publication
from ocop_sync.publish.payload import content, expected, held
from ocop_sync.publish.services import publish_codes, publish_due
from tests.embedded_server import Api
from tests.factories import make_product

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("saleor")]


def ours(codes: Any, *products: Product) -> set[str]:
    """Those of the codes that belong to these products: the server holds other tests' products too."""
    return set(codes) & {product.code for product in products}


def held_now(product: Product) -> Any:
    """The product in Saleor."""
    found = sending.find(client(), product.code)
    assert found
    return found


def listing(product: Product, *, published: bool) -> None:
    """Somebody puts it on the shelf or takes it off, in Saleor."""
    sending.list_products(client(), [held_now(product).id], published=published)


def test_what_was_told_is_no_drift() -> None:
    products = [make_product(commune_code="24787"), make_product(set_no=None), make_product(star=5)]
    publish_due()

    drift = find_publication_drift()

    assert not ours(drift.found, *products)
    assert drift.read >= 3
    for product in products:
        assert held(held_now(product)) == expected(content(product))


def test_a_name_changed_in_saleor_is_put_right() -> None:
    product = make_product()
    publish_due()
    client().update_product(external_reference=product.code, input=ProductInput(name="OCOP 5 sao thượng hạng"))

    drift = find_publication_drift()
    assert ours(drift.changed, product)

    assert publish_due().updated == 1
    assert held_now(product).name == product.name
    assert not ours(find_publication_drift().found, product)


def test_what_was_put_on_the_shelf_or_taken_off_behind_our_back_is_put_right() -> None:
    shown, hidden = make_product(), make_product()
    publish_due()
    Product.objects.filter(pk=shown.pk).update(blocked="revoked")
    publish_due()
    listing(shown, published=True)
    listing(hidden, published=False)

    drift = find_publication_drift()
    assert (ours(drift.shown, shown), ours(drift.hidden, hidden)) == ({shown.code}, {hidden.code})

    publish_codes(drift.found & {shown.code, hidden.code})
    assert not sending.is_published(held_now(shown))
    assert sending.is_published(held_now(hidden))


def test_a_product_that_is_gone_is_made_again(saleor: Api) -> None:
    product = make_product()
    publish_due()
    saleor.post("mutation($r: String!) { productUpdate(externalReference: $r, input: {externalReference: \"x\", "
                "slug: \"gone-elsewhere\"}) { errors { message } } }", {"r": product.code})  # fmt: skip

    assert ours(find_publication_drift().missing, product)
    assert publish_due().created == 1


def test_a_note_that_was_lost_is_found_again() -> None:
    product = make_product()
    publish_due()
    Publication.objects.filter(code=product.code).delete()

    assert ours(find_publication_drift().forgotten, product)

    report = publish_due()
    assert (report.created, report.updated) == (0, 1)
    assert Publication.objects.get(code=product.code).saleor_id == held_now(product).id


def test_a_stranger_with_a_code_of_ours_leaves_the_shelf() -> None:
    product = make_product()
    publish_due()
    Publication.objects.all().delete()
    code = product.code
    # the catalogue was put back from a copy that does not know it
    Product.objects.filter(pk=product.pk).update(code="0000000")

    drift = find_publication_drift()
    assert code in drift.strangers

    publish_due()
    found = sending.find(client(), code)
    assert found
    assert not sending.is_published(found)

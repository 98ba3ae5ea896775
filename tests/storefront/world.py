"""Goods that are on sale, here and in the embedded server, and buyers who order them."""

from typing import Any

from catalog import clock
from catalog.combos.models import Combo, Packaging
from catalog.combos.packaging import PackagingFacts, put_packaging
from catalog.offers.models import Offer
from catalog.offers.services import put_offer
from catalog.people.models import ProducerMember, SalePointStaff, User
from catalog.producers.models import Producer
from catalog.products.models import Product
from catalog.saleor.client import accepted, client
from catalog.saleor.generated.input_types import ProductBulkCreateInput, ProductChannelListingCreateInput
from catalog.saleor.setup import WarehouseFacts, category_id, channel_id, product_type_id, settle_warehouse
from catalog.salepoints.models import SalePoint, Warehouse
from storefront.basket.boxes import add_combo
from storefront.basket.models import Basket
from storefront.basket.services import add
from storefront.basket.services import see as see_basket
from storefront.checkout.services import place_order
from storefront.checkout.ways import rate
from storefront.orders.models import Method, Order
from tests.factories import make_combo, make_packaging, make_product, make_sale_point, make_warehouse


def tell_warehouse(warehouse: Warehouse) -> Warehouse:
    """The warehouse exists in Saleor as well."""
    point = warehouse.sale_point or warehouse.packing_point
    facts = WarehouseFacts(
        external_reference=warehouse.external_reference,
        name=point.name if point else "Kho",
        street="1 Lê Lợi",
        province_code=point.province_code if point else "68",
        collection_point=warehouse.sale_point is not None,
    )
    settle_warehouse(client(), facts)
    return warehouse


def open_point(**facts: Any) -> SalePoint:
    """A sale point with a shelf."""
    point = make_sale_point(**facts)
    tell_warehouse(point.warehouse)
    return point


def store_of(producer: Producer) -> Warehouse:
    """The producer's own store."""
    known = Warehouse.objects.filter(producer=producer).first()
    return known or tell_warehouse(make_warehouse(producer=producer))


def publish(product: Product) -> None:
    """The product exists in Saleor, without a pack size."""
    api = client()
    listing = ProductChannelListingCreateInput(
        channelId=channel_id(api), isPublished=True, visibleInListings=True, isAvailableForPurchase=True
    )
    row = ProductBulkCreateInput(
        name=product.name,
        slug=f"{product.slug}-{product.code}".lower(),
        externalReference=product.code,
        productType=product_type_id(api, "ocop-goods"),
        category=category_id(api, set_no=product.set_no, branch=product.branch or 1),
        attributes=[],
        channelListings=[listing],
    )
    accepted(accepted(api.create_products(products=[row]).product_bulk_create).results[0])


def on_sale(
    product: Product | None = None,
    *,
    price: int = 100_000,
    store: int = 10,
    shelves: dict[SalePoint, int] | None = None,
) -> Offer:
    """A pack size with pieces in the producer's store and on the shelves of sale points."""
    product = product or make_product()
    publish(product)
    stocks = {store_of(product.producer): store} | {point.warehouse: n for point, n in (shelves or {}).items()}
    return put_offer(product, 1, name="Gói 500 g", price=price, weight=500, stocks=stocks)


def box_at(point: SalePoint, *, price: int = 25_000, stock: int = 10, **facts: Any) -> Packaging:
    """A packaging, with boxes on the point's shelf and as many in its packing store."""
    packaging = make_packaging(point, price=price, **facts)
    tell_warehouse(point.packing_store)
    wanted = PackagingFacts(
        packaging.name, packaging.name_en, price, packaging.weight, packaging.most_pieces,
        is_active=packaging.is_active, to_collect=stock, to_send=stock,
    )  # fmt: skip
    return put_packaging(point, packaging.code, wanted)


def gift(point: SalePoint, *, pieces: int = 10, **facts: Any) -> tuple[Combo, Offer, Offer]:
    """Two coffees at 100,001 đ and a tea at 90,000 đ, so many of each at the producers' and on the point's shelf."""
    coffee = on_sale(make_product("Cà phê"), price=100_001, store=pieces, shelves={point: pieces})
    tea = on_sale(make_product("Trà"), price=90_000, store=pieces, shelves={point: pieces})
    return make_combo((coffee, 2), (tea, 1), **{"packaging": box_at(point), "percent": 7, **facts}), coffee, tea


def with_boxes(combo: Combo, number: int = 1, basket: Basket | None = None, choice: dict[str, int] = {}) -> Basket:  # noqa: B006
    """A basket with boxes of a combo in it."""
    return add_combo(basket, combo.code, choice, number)


def basket_with(*lines: tuple[Offer, int]) -> Basket:
    """A basket."""
    basket = None
    for offer, quantity in lines:
        basket = add(basket, offer.external_reference, quantity)
    assert basket
    return basket


def buyer(point: SalePoint | None = None, **facts: Any) -> dict[str, Any]:
    """A form as the checkout cleaned it: pickup at a point, or delivery in Lâm Đồng."""
    address = {
        "street": "12 Lê Lợi", "commune": "Phường Xuân Hương - Đà Lạt", "commune_code": "24787",
        "province": "Lâm Đồng", "province_code": "68",
    }  # fmt: skip
    form = {
        "name": "Nguyễn Văn An", "phone": "+84912345678", "email": "", "consent_version": "1",
        "consent_at": clock.now().isoformat(), "method": Method.PICKUP if point else Method.DELIVERY,
        "sale_point": point.pk if point else None, "address": {} if point else address,
    }  # fmt: skip
    return form | facts


def order(basket: Basket, point: SalePoint | None = None, *, total: int | None = None, **facts: Any) -> Order:
    """The order of a basket, at the price that the buyer sees."""
    basket.refresh_from_db()
    view = see_basket(basket)
    agreed = total if total is not None else view.subtotal + (0 if point else rate(view, "68").price)
    return place_order(basket, revision=basket.revision, form=buyer(point, **facts), agreed_total=agreed)


def staff_of(point: SalePoint, name: str = "diem-ban") -> User:
    """A member of the point's staff."""
    user = User.objects.create(username=name)
    SalePointStaff.objects.create(user=user, sale_point=point)
    return user


def member_of(producer: Producer, name: str = "htx") -> User:
    """A member of the producer."""
    user = User.objects.create(username=name)
    ProducerMember.objects.create(user=user, producer=producer)
    return user

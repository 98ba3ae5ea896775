"""What the contract tests have in common: goods with price and stock, baskets, orders."""

import secrets
from functools import cached_property

from catalog.saleor.addresses import address
from catalog.saleor.client import Saleor, accepted
from catalog.saleor.generated.fragments import CheckoutFields, OrderFields, ProductFields, VariantFields
from catalog.saleor.generated.input_types import (
    AddressInput,
    AttributeValueInput,
    AttributeValueSelectableTypeInput,
    CheckoutCreateInput,
    CheckoutLineInput,
    MetadataInput,
    OrderFulfillInput,
    OrderFulfillLineInput,
    OrderFulfillStockInput,
    ProductBulkCreateInput,
    ProductChannelListingCreateInput,
    ProductVariantBulkCreateInput,
    ProductVariantChannelListingAddInput,
    StockInput,
)
from catalog.saleor.setup import (
    CHANNEL,
    SHIPPING,
    WarehouseFacts,
    category_id,
    channel_id,
    product_type_id,
    settle_warehouse,
)

BUYER = address(
    name="Nguyễn Văn An", street="12 Lê Lợi", commune="Phường Hồng Gai", province_code="22", phone="+84912345678"
)


def fresh(prefix: str) -> str:
    """A reference that no other test and no other run uses."""
    return f"{prefix}{secrets.token_hex(5)}"


class Shop:
    """Makes what a test needs, through the client alone."""

    def __init__(self, api: Saleor) -> None:
        self.api = api
        self.store = fresh("producer-")
        self.store_id = settle_warehouse(api, WarehouseFacts(
            external_reference=self.store, name="HTX Cầu Đất", street="Thôn 1", commune="Phường Lâm Viên",
            province_code="68", collection_point=False,
        ))  # fmt: skip
        self.shelf = fresh("point-")
        self.shelf_id = settle_warehouse(api, WarehouseFacts(
            external_reference=self.shelf, name="Điểm OCOP Huế", street="5 Lê Lợi", commune="Phường Thuận Hóa",
            province_code="46", collection_point=True,
        ))  # fmt: skip

    @cached_property
    def plenty(self) -> VariantFields:
        """One variant for all tests that only need something to buy."""
        return self.variant(stocks={self.store_id: 1000})

    def row(
        self, reference: str, *, price: int = 100_000, stocks: dict[str, int] | None = None
    ) -> ProductBulkCreateInput:
        """A product with one variant `<reference>-1`, as the shop publishes it; `stocks` by Saleor's warehouse ids."""
        return ProductBulkCreateInput(
            name="Cà phê Cầu Đất",
            slug=f"ca-phe-cau-dat-{reference}".lower(),
            externalReference=reference,
            productType=product_type_id(self.api, "ocop-goods"),
            category=category_id(self.api, set_no=13, branch=1),
            attributes=attributes(),
            metadata=[MetadataInput(key="chosao.hash", value="h1")],
            weight=0.5,
            channelListings=[
                ProductChannelListingCreateInput(
                    channelId=channel_id(self.api),
                    isPublished=True,
                    visibleInListings=True,
                    isAvailableForPurchase=True,
                )
            ],
            variants=[self.variant_row(f"{reference}-1", price=price, stocks=stocks)],
        )

    def variant_row(
        self, reference: str, *, price: int = 100_000, stocks: dict[str, int] | None = None
    ) -> ProductVariantBulkCreateInput:
        """A variant in our channel."""
        return ProductVariantBulkCreateInput(
            attributes=[],
            sku=reference,
            name="Gói 500 g",
            externalReference=reference,
            trackInventory=True,
            weight=0.5,
            stocks=[StockInput(warehouse=w, quantity=n) for w, n in (stocks or {}).items()],
            channelListings=[ProductVariantChannelListingAddInput(channelId=channel_id(self.api), price=price)],
        )

    def product(self, *, price: int = 100_000, stocks: dict[str, int] | None = None) -> ProductFields:
        """A published product; by default with ten pieces in the producer's store."""
        row = self.row(fresh("P"), price=price, stocks={self.store_id: 10} if stocks is None else stocks)
        payload = accepted(self.api.create_products(products=[row]).product_bulk_create)
        accepted(payload.results[0])
        product = self.api.product(external_reference=row.external_reference or "").product
        assert product
        return product

    def variant(self, *, price: int = 100_000, stocks: dict[str, int] | None = None) -> VariantFields:
        """The variant of a new published product."""
        return self.read_variant(f"{self.product(price=price, stocks=stocks).external_reference}-1")

    def read_variant(self, reference: str) -> VariantFields:
        """The present state of a variant."""
        variant = self.api.variant(external_reference=reference).product_variant
        assert variant
        return variant

    def set_price(self, variant: VariantFields, price: int) -> None:
        """The variant costs so many đồng in our channel."""
        listing = ProductVariantChannelListingAddInput(channelId=channel_id(self.api), price=price)
        self.api.set_variant_price(id=variant.id, input=[listing])

    def stock(self, variant: VariantFields) -> dict[str, tuple[int, int]]:
        """Pieces on hand and promised, by the warehouse's externalReference."""
        stocks = self.read_variant(variant.external_reference or "").stocks or []
        return {str(s.warehouse.external_reference): (s.quantity, s.quantity_allocated) for s in stocks}

    def basket(
        self, *lines: tuple[VariantFields, int], to: AddressInput | None = BUYER, email: str | None = "an@example.com"
    ) -> CheckoutFields:
        """A checkout. Raises SaleorRefused."""
        facts = CheckoutCreateInput(
            channel=CHANNEL,
            lines=[CheckoutLineInput(variantId=variant.id, quantity=quantity) for variant, quantity in lines],
            billingAddress=BUYER,
        )
        if email:
            facts.email = email
        if to:
            facts.shipping_address = to
        checkout = accepted(self.api.create_checkout(input=facts).checkout_create).checkout
        assert checkout
        return checkout

    def with_delivery(self, *lines: tuple[VariantFields, int], way: str = "noi-tinh") -> CheckoutFields:
        """A checkout to be sent, ready to be completed."""
        checkout = self.basket(*lines)
        method = next(m for m in checkout.shipping_methods if m.name == SHIPPING[way].name)
        return self.choose(checkout, method.id)

    def with_pickup(self, *lines: tuple[VariantFields, int]) -> CheckoutFields:
        """A checkout to be collected at the shelf, ready to be completed."""
        return self.choose(self.basket(*lines, to=None), self.shelf_id)

    def choose(self, checkout: CheckoutFields, method: str) -> CheckoutFields:
        """The same checkout with this delivery method. Raises SaleorRefused."""
        answer = self.api.set_checkout_delivery(id=checkout.id, delivery_method_id=method)
        chosen = accepted(answer.checkout_delivery_method_update).checkout
        assert chosen
        return chosen

    def order(self, checkout: CheckoutFields) -> OrderFields:
        """The order that the checkout becomes. Raises SaleorRefused."""
        order = accepted(self.api.complete_checkout(id=checkout.id).checkout_complete).order
        assert order
        return order

    def order_of(self, order_id: str) -> OrderFields:
        """The order as it is now."""
        order = self.api.order(id=order_id).order
        assert order
        return order

    def pay(self, order: OrderFields) -> OrderFields:
        """The order, marked as paid."""
        paid = accepted(self.api.mark_order_paid(id=order.id, reference="COD-1").order_mark_as_paid).order
        assert paid
        return paid

    def fulfil(self, order: OrderFields, warehouse: str) -> OrderFields:
        """The order with all its lines handed over from one warehouse."""
        lines = [
            OrderFulfillLineInput(
                orderLineId=line.id, stocks=[OrderFulfillStockInput(warehouse=warehouse, quantity=line.quantity)]
            )
            for line in order.lines
        ]
        answer = self.api.fulfill_order(id=order.id, input=OrderFulfillInput(lines=lines, notifyCustomer=False))
        done = accepted(answer.order_fulfill).order
        assert done
        return done


def attributes() -> list[AttributeValueInput]:
    """All attributes of a product, each in its own form."""
    choice = AttributeValueSelectableTypeInput
    return [
        AttributeValueInput(externalReference="ocop-star", dropdown=choice(externalReference="star-4")),
        AttributeValueInput(externalReference="ocop-province", dropdown=choice(externalReference="province-68")),
        AttributeValueInput(externalReference="ocop-commune", plainText="Phường Xuân Trường - Đà Lạt"),
        AttributeValueInput(externalReference="ocop-group", dropdown=choice(externalReference="set-13")),
        AttributeValueInput(externalReference="ocop-certificate", plainText="123/QĐ-UBND · UBND tỉnh Lâm Đồng"),
        AttributeValueInput(externalReference="ocop-valid-until", date="2029-08-05"),
        AttributeValueInput(externalReference="ocop-producer", plainText="HTX Cầu Đất"),
    ]

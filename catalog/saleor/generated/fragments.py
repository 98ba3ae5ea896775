from datetime import datetime
from typing import Annotated, Literal, Optional, Union

from pydantic import Field

from .base_model import BaseModel
from .enums import (
    AllocationStrategyEnum,
    AttributeInputTypeEnum,
    FulfillmentStatus,
    MarkAsPaidStrategyEnum,
    OrderChargeStatusEnum,
    OrderStatus,
    TaxCalculationStrategy,
    WarehouseClickAndCollectOptionEnum,
    WebhookEventTypeAsyncEnum,
    WeightUnitsEnum,
)


class AddressFields(BaseModel):
    first_name: str = Field(alias="firstName")
    last_name: str = Field(alias="lastName")
    company_name: str = Field(alias="companyName")
    street_address_1: str = Field(alias="streetAddress1")
    street_address_2: str = Field(alias="streetAddress2")
    city: str
    city_area: str = Field(alias="cityArea")
    country_area: str = Field(alias="countryArea")
    postal_code: str = Field(alias="postalCode")
    country: "AddressFieldsCountry"
    phone: Optional[str]


class AddressFieldsCountry(BaseModel):
    code: str


class AttributeFields(BaseModel):
    id: str
    slug: str
    name: str
    input_type: Optional[AttributeInputTypeEnum] = Field(alias="inputType")
    external_reference: Optional[str] = Field(alias="externalReference")


class CategoryFields(BaseModel):
    id: str
    slug: str
    name: str


class ChannelFields(BaseModel):
    id: str
    slug: str
    name: str
    currency_code: str = Field(alias="currencyCode")
    is_active: bool = Field(alias="isActive")
    default_country: "ChannelFieldsDefaultCountry" = Field(alias="defaultCountry")
    stock_settings: "ChannelFieldsStockSettings" = Field(alias="stockSettings")
    order_settings: "ChannelFieldsOrderSettings" = Field(alias="orderSettings")
    tax_configuration: "ChannelFieldsTaxConfiguration" = Field(alias="taxConfiguration")


class ChannelFieldsDefaultCountry(BaseModel):
    code: str


class ChannelFieldsStockSettings(BaseModel):
    allocation_strategy: AllocationStrategyEnum = Field(alias="allocationStrategy")


class ChannelFieldsOrderSettings(BaseModel):
    allow_unpaid_orders: bool = Field(alias="allowUnpaidOrders")
    automatically_confirm_all_new_orders: bool = Field(
        alias="automaticallyConfirmAllNewOrders"
    )
    mark_as_paid_strategy: MarkAsPaidStrategyEnum = Field(alias="markAsPaidStrategy")


class ChannelFieldsTaxConfiguration(BaseModel):
    id: str
    charge_taxes: bool = Field(alias="chargeTaxes")
    display_gross_prices: bool = Field(alias="displayGrossPrices")
    prices_entered_with_tax: bool = Field(alias="pricesEnteredWithTax")
    tax_calculation_strategy: Optional[TaxCalculationStrategy] = Field(
        alias="taxCalculationStrategy"
    )


class CheckoutFields(BaseModel):
    id: str
    email: Optional[str]
    is_shipping_required: bool = Field(alias="isShippingRequired")
    metadata: list["CheckoutFieldsMetadata"]
    billing_address: Optional["CheckoutFieldsBillingAddress"] = Field(
        alias="billingAddress"
    )
    shipping_address: Optional["CheckoutFieldsShippingAddress"] = Field(
        alias="shippingAddress"
    )
    lines: list["CheckoutFieldsLines"]
    shipping_methods: list["CheckoutFieldsShippingMethods"] = Field(
        alias="shippingMethods"
    )
    available_collection_points: list["CheckoutFieldsAvailableCollectionPoints"] = (
        Field(alias="availableCollectionPoints")
    )
    delivery_method: Optional[
        Annotated[
            Union[
                "CheckoutFieldsDeliveryMethodWarehouse",
                "CheckoutFieldsDeliveryMethodShippingMethod",
            ],
            Field(discriminator="typename__"),
        ]
    ] = Field(alias="deliveryMethod")
    subtotal_price: "CheckoutFieldsSubtotalPrice" = Field(alias="subtotalPrice")
    shipping_price: "CheckoutFieldsShippingPrice" = Field(alias="shippingPrice")
    total_price: "CheckoutFieldsTotalPrice" = Field(alias="totalPrice")


class CheckoutFieldsMetadata(BaseModel):
    key: str
    value: str


class CheckoutFieldsBillingAddress(AddressFields):
    pass


class CheckoutFieldsShippingAddress(AddressFields):
    pass


class CheckoutFieldsLines(BaseModel):
    id: str
    quantity: int
    metadata: list["CheckoutFieldsLinesMetadata"]
    variant: "CheckoutFieldsLinesVariant"
    unit_price: "CheckoutFieldsLinesUnitPrice" = Field(alias="unitPrice")
    total_price: "CheckoutFieldsLinesTotalPrice" = Field(alias="totalPrice")


class CheckoutFieldsLinesMetadata(BaseModel):
    key: str
    value: str


class CheckoutFieldsLinesVariant(BaseModel):
    id: str
    external_reference: Optional[str] = Field(alias="externalReference")


class CheckoutFieldsLinesUnitPrice(BaseModel):
    gross: "CheckoutFieldsLinesUnitPriceGross"


class CheckoutFieldsLinesUnitPriceGross(BaseModel):
    amount: float
    currency: str


class CheckoutFieldsLinesTotalPrice(BaseModel):
    gross: "CheckoutFieldsLinesTotalPriceGross"


class CheckoutFieldsLinesTotalPriceGross(BaseModel):
    amount: float
    currency: str


class CheckoutFieldsShippingMethods(BaseModel):
    id: str
    name: str
    price: "CheckoutFieldsShippingMethodsPrice"


class CheckoutFieldsShippingMethodsPrice(BaseModel):
    amount: float
    currency: str


class CheckoutFieldsAvailableCollectionPoints(BaseModel):
    id: str
    name: str
    external_reference: Optional[str] = Field(alias="externalReference")


class CheckoutFieldsDeliveryMethodWarehouse(BaseModel):
    typename__: Literal["Warehouse"] = Field(alias="__typename")
    id: str
    name: str
    external_reference: Optional[str] = Field(alias="externalReference")


class CheckoutFieldsDeliveryMethodShippingMethod(BaseModel):
    typename__: Literal["ShippingMethod"] = Field(alias="__typename")
    id: str
    name: str


class CheckoutFieldsSubtotalPrice(BaseModel):
    gross: "CheckoutFieldsSubtotalPriceGross"


class CheckoutFieldsSubtotalPriceGross(BaseModel):
    amount: float
    currency: str


class CheckoutFieldsShippingPrice(BaseModel):
    gross: "CheckoutFieldsShippingPriceGross"


class CheckoutFieldsShippingPriceGross(BaseModel):
    amount: float
    currency: str


class CheckoutFieldsTotalPrice(BaseModel):
    gross: "CheckoutFieldsTotalPriceGross"
    tax: "CheckoutFieldsTotalPriceTax"


class CheckoutFieldsTotalPriceGross(BaseModel):
    amount: float
    currency: str


class CheckoutFieldsTotalPriceTax(BaseModel):
    amount: float


class FulfillmentFields(BaseModel):
    id: str
    status: FulfillmentStatus
    created: datetime
    tracking_number: str = Field(alias="trackingNumber")
    warehouse: Optional["FulfillmentFieldsWarehouse"]
    lines: Optional[list["FulfillmentFieldsLines"]]


class FulfillmentFieldsWarehouse(BaseModel):
    id: str
    external_reference: Optional[str] = Field(alias="externalReference")


class FulfillmentFieldsLines(BaseModel):
    quantity: int
    order_line: Optional["FulfillmentFieldsLinesOrderLine"] = Field(alias="orderLine")


class FulfillmentFieldsLinesOrderLine(BaseModel):
    id: str


class OrderLineFields(BaseModel):
    id: str
    product_name: str = Field(alias="productName")
    variant_name: str = Field(alias="variantName")
    product_sku: Optional[str] = Field(alias="productSku")
    quantity: int
    quantity_fulfilled: int = Field(alias="quantityFulfilled")
    quantity_to_fulfill: int = Field(alias="quantityToFulfill")
    metadata: list["OrderLineFieldsMetadata"]
    variant: Optional["OrderLineFieldsVariant"]
    unit_price: "OrderLineFieldsUnitPrice" = Field(alias="unitPrice")
    total_price: "OrderLineFieldsTotalPrice" = Field(alias="totalPrice")
    allocations: Optional[list["OrderLineFieldsAllocations"]]


class OrderLineFieldsMetadata(BaseModel):
    key: str
    value: str


class OrderLineFieldsVariant(BaseModel):
    id: str
    external_reference: Optional[str] = Field(alias="externalReference")


class OrderLineFieldsUnitPrice(BaseModel):
    gross: "OrderLineFieldsUnitPriceGross"


class OrderLineFieldsUnitPriceGross(BaseModel):
    amount: float
    currency: str


class OrderLineFieldsTotalPrice(BaseModel):
    gross: "OrderLineFieldsTotalPriceGross"


class OrderLineFieldsTotalPriceGross(BaseModel):
    amount: float
    currency: str


class OrderLineFieldsAllocations(BaseModel):
    quantity: int
    warehouse: "OrderLineFieldsAllocationsWarehouse"


class OrderLineFieldsAllocationsWarehouse(BaseModel):
    id: str
    external_reference: Optional[str] = Field(alias="externalReference")


class OrderFields(BaseModel):
    id: str
    number: str
    status: OrderStatus
    created: datetime
    updated_at: datetime = Field(alias="updatedAt")
    checkout_id: Optional[str] = Field(alias="checkoutId")
    user_email: Optional[str] = Field(alias="userEmail")
    charge_status: OrderChargeStatusEnum = Field(alias="chargeStatus")
    is_paid: bool = Field(alias="isPaid")
    metadata: list["OrderFieldsMetadata"]
    channel: "OrderFieldsChannel"
    shipping_method_name: Optional[str] = Field(alias="shippingMethodName")
    collection_point_name: Optional[str] = Field(alias="collectionPointName")
    billing_address: Optional["OrderFieldsBillingAddress"] = Field(
        alias="billingAddress"
    )
    shipping_address: Optional["OrderFieldsShippingAddress"] = Field(
        alias="shippingAddress"
    )
    delivery_method: Optional[
        Annotated[
            Union[
                "OrderFieldsDeliveryMethodWarehouse",
                "OrderFieldsDeliveryMethodShippingMethod",
            ],
            Field(discriminator="typename__"),
        ]
    ] = Field(alias="deliveryMethod")
    subtotal: "OrderFieldsSubtotal"
    shipping_price: "OrderFieldsShippingPrice" = Field(alias="shippingPrice")
    total: "OrderFieldsTotal"
    lines: list["OrderFieldsLines"]
    fulfillments: list["OrderFieldsFulfillments"]


class OrderFieldsMetadata(BaseModel):
    key: str
    value: str


class OrderFieldsChannel(BaseModel):
    slug: str


class OrderFieldsBillingAddress(AddressFields):
    pass


class OrderFieldsShippingAddress(AddressFields):
    pass


class OrderFieldsDeliveryMethodWarehouse(BaseModel):
    typename__: Literal["Warehouse"] = Field(alias="__typename")
    id: str
    name: str
    external_reference: Optional[str] = Field(alias="externalReference")


class OrderFieldsDeliveryMethodShippingMethod(BaseModel):
    typename__: Literal["ShippingMethod"] = Field(alias="__typename")
    id: str
    name: str


class OrderFieldsSubtotal(BaseModel):
    gross: "OrderFieldsSubtotalGross"


class OrderFieldsSubtotalGross(BaseModel):
    amount: float
    currency: str


class OrderFieldsShippingPrice(BaseModel):
    gross: "OrderFieldsShippingPriceGross"


class OrderFieldsShippingPriceGross(BaseModel):
    amount: float
    currency: str


class OrderFieldsTotal(BaseModel):
    gross: "OrderFieldsTotalGross"
    tax: "OrderFieldsTotalTax"


class OrderFieldsTotalGross(BaseModel):
    amount: float
    currency: str


class OrderFieldsTotalTax(BaseModel):
    amount: float


class OrderFieldsLines(OrderLineFields):
    pass


class OrderFieldsFulfillments(FulfillmentFields):
    pass


class ProductFields(BaseModel):
    id: str
    external_reference: Optional[str] = Field(alias="externalReference")
    name: str
    slug: str
    updated_at: datetime = Field(alias="updatedAt")
    hash: Optional[str]
    channel_listings: Optional[list["ProductFieldsChannelListings"]] = Field(
        alias="channelListings"
    )
    product_variants: Optional["ProductFieldsProductVariants"] = Field(
        alias="productVariants"
    )


class ProductFieldsChannelListings(BaseModel):
    channel: "ProductFieldsChannelListingsChannel"
    is_published: bool = Field(alias="isPublished")
    visible_in_listings: bool = Field(alias="visibleInListings")
    is_available_for_purchase: Optional[bool] = Field(alias="isAvailableForPurchase")


class ProductFieldsChannelListingsChannel(BaseModel):
    slug: str


class ProductFieldsProductVariants(BaseModel):
    edges: list["ProductFieldsProductVariantsEdges"]


class ProductFieldsProductVariantsEdges(BaseModel):
    node: "ProductFieldsProductVariantsEdgesNode"


class ProductFieldsProductVariantsEdgesNode(BaseModel):
    id: str
    external_reference: Optional[str] = Field(alias="externalReference")


class ProductTypeFields(BaseModel):
    id: str
    slug: str
    name: str
    has_variants: bool = Field(alias="hasVariants")
    is_shipping_required: bool = Field(alias="isShippingRequired")
    product_attributes: Optional[list["ProductTypeFieldsProductAttributes"]] = Field(
        alias="productAttributes"
    )


class ProductTypeFieldsProductAttributes(BaseModel):
    external_reference: Optional[str] = Field(alias="externalReference")


class PublishedFields(BaseModel):
    id: str
    external_reference: Optional[str] = Field(alias="externalReference")
    name: str
    slug: str
    hash: Optional[str]
    category: Optional["PublishedFieldsCategory"]
    channel_listings: Optional[list["PublishedFieldsChannelListings"]] = Field(
        alias="channelListings"
    )
    attributes: list["PublishedFieldsAttributes"]


class PublishedFieldsCategory(BaseModel):
    slug: str


class PublishedFieldsChannelListings(BaseModel):
    channel: "PublishedFieldsChannelListingsChannel"
    is_published: bool = Field(alias="isPublished")
    visible_in_listings: bool = Field(alias="visibleInListings")
    is_available_for_purchase: Optional[bool] = Field(alias="isAvailableForPurchase")


class PublishedFieldsChannelListingsChannel(BaseModel):
    slug: str


class PublishedFieldsAttributes(BaseModel):
    attribute: "PublishedFieldsAttributesAttribute"
    values: list["PublishedFieldsAttributesValues"]


class PublishedFieldsAttributesAttribute(BaseModel):
    external_reference: Optional[str] = Field(alias="externalReference")


class PublishedFieldsAttributesValues(BaseModel):
    external_reference: Optional[str] = Field(alias="externalReference")
    plain_text: Optional[str] = Field(alias="plainText")
    date: Optional[str]


class ShippingZoneFields(BaseModel):
    id: str
    name: str
    countries: list["ShippingZoneFieldsCountries"]
    channels: list["ShippingZoneFieldsChannels"]
    shipping_methods: Optional[list["ShippingZoneFieldsShippingMethods"]] = Field(
        alias="shippingMethods"
    )


class ShippingZoneFieldsCountries(BaseModel):
    code: str


class ShippingZoneFieldsChannels(BaseModel):
    slug: str


class ShippingZoneFieldsShippingMethods(BaseModel):
    id: str
    name: str
    channel_listings: Optional[
        list["ShippingZoneFieldsShippingMethodsChannelListings"]
    ] = Field(alias="channelListings")


class ShippingZoneFieldsShippingMethodsChannelListings(BaseModel):
    channel: "ShippingZoneFieldsShippingMethodsChannelListingsChannel"
    price: Optional["ShippingZoneFieldsShippingMethodsChannelListingsPrice"]


class ShippingZoneFieldsShippingMethodsChannelListingsChannel(BaseModel):
    slug: str


class ShippingZoneFieldsShippingMethodsChannelListingsPrice(BaseModel):
    amount: float
    currency: str


class VariantFields(BaseModel):
    id: str
    external_reference: Optional[str] = Field(alias="externalReference")
    sku: Optional[str]
    name: str
    updated_at: datetime = Field(alias="updatedAt")
    track_inventory: bool = Field(alias="trackInventory")
    weight: Optional["VariantFieldsWeight"]
    product: "VariantFieldsProduct"
    channel_listings: Optional[list["VariantFieldsChannelListings"]] = Field(
        alias="channelListings"
    )
    stocks: Optional[list["VariantFieldsStocks"]]


class VariantFieldsWeight(BaseModel):
    unit: WeightUnitsEnum
    value: float


class VariantFieldsProduct(BaseModel):
    external_reference: Optional[str] = Field(alias="externalReference")


class VariantFieldsChannelListings(BaseModel):
    channel: "VariantFieldsChannelListingsChannel"
    price: Optional["VariantFieldsChannelListingsPrice"]


class VariantFieldsChannelListingsChannel(BaseModel):
    slug: str


class VariantFieldsChannelListingsPrice(BaseModel):
    amount: float
    currency: str


class VariantFieldsStocks(BaseModel):
    warehouse: "VariantFieldsStocksWarehouse"
    quantity: int
    quantity_allocated: int = Field(alias="quantityAllocated")


class VariantFieldsStocksWarehouse(BaseModel):
    external_reference: Optional[str] = Field(alias="externalReference")
    click_and_collect_option: WarehouseClickAndCollectOptionEnum = Field(
        alias="clickAndCollectOption"
    )


class WarehouseFields(BaseModel):
    id: str
    slug: str
    name: str
    external_reference: Optional[str] = Field(alias="externalReference")
    click_and_collect_option: WarehouseClickAndCollectOptionEnum = Field(
        alias="clickAndCollectOption"
    )
    is_private: bool = Field(alias="isPrivate")
    address: "WarehouseFieldsAddress"


class WarehouseFieldsAddress(BaseModel):
    street_address_1: str = Field(alias="streetAddress1")
    city: str
    country_area: str = Field(alias="countryArea")
    country: "WarehouseFieldsAddressCountry"
    phone: Optional[str]


class WarehouseFieldsAddressCountry(BaseModel):
    code: str


class WebhookFields(BaseModel):
    id: str
    name: Optional[str]
    target_url: str = Field(alias="targetUrl")
    is_active: bool = Field(alias="isActive")
    subscription_query: Optional[str] = Field(alias="subscriptionQuery")
    async_events: list["WebhookFieldsAsyncEvents"] = Field(alias="asyncEvents")


class WebhookFieldsAsyncEvents(BaseModel):
    event_type: WebhookEventTypeAsyncEnum = Field(alias="eventType")


AddressFields.model_rebuild()
AttributeFields.model_rebuild()
CategoryFields.model_rebuild()
ChannelFields.model_rebuild()
CheckoutFields.model_rebuild()
FulfillmentFields.model_rebuild()
OrderLineFields.model_rebuild()
OrderFields.model_rebuild()
ProductFields.model_rebuild()
ProductTypeFields.model_rebuild()
PublishedFields.model_rebuild()
ShippingZoneFields.model_rebuild()
VariantFields.model_rebuild()
WarehouseFields.model_rebuild()
WebhookFields.model_rebuild()

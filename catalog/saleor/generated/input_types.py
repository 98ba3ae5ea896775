from datetime import datetime
from typing import Optional
from uuid import UUID

from pydantic import Field

from .base_model import BaseModel
from .enums import (
    AllocationStrategyEnum,
    AttributeEntityTypeEnum,
    AttributeInputTypeEnum,
    AttributeTypeEnum,
    CountryCode,
    LanguageCodeEnum,
    MarkAsPaidStrategyEnum,
    MeasurementUnitsEnum,
    OrderChargeStatusEnum,
    OrderDirection,
    OrderSortField,
    OrderStatusFilter,
    PermissionEnum,
    ProductAttributeType,
    ProductTypeKindEnum,
    ShippingMethodTypeEnum,
    TaxCalculationStrategy,
    TransactionFlowStrategyEnum,
    WarehouseClickAndCollectOptionEnum,
    WebhookEventTypeAsyncEnum,
    WeightUnitsEnum,
)


class AddressInput(BaseModel):
    """A postal address as it is given."""

    first_name: Optional[str] = Field(alias="firstName", default=None)
    last_name: Optional[str] = Field(alias="lastName", default=None)
    company_name: Optional[str] = Field(alias="companyName", default=None)
    street_address_1: Optional[str] = Field(alias="streetAddress1", default=None)
    street_address_2: Optional[str] = Field(alias="streetAddress2", default=None)
    city: Optional[str] = None
    city_area: Optional[str] = Field(alias="cityArea", default=None)
    postal_code: Optional[str] = Field(alias="postalCode", default=None)
    country: Optional[CountryCode] = None
    country_area: Optional[str] = Field(alias="countryArea", default=None)
    phone: Optional[str] = None
    metadata: Optional[list["MetadataInput"]] = None
    skip_validation: Optional[bool] = Field(alias="skipValidation", default=False)


class MetadataInput(BaseModel):
    """One key and its value."""

    key: str
    value: str


class DateTimeRangeInput(BaseModel):
    """From and to, both included."""

    gte: Optional[datetime] = None
    lte: Optional[datetime] = None


class MetadataFilter(BaseModel):
    """A key, and its value where one is given."""

    key: str
    value: Optional[str] = None


class StringFilterInput(BaseModel):
    """A text, or one of several."""

    eq: Optional[str] = None
    one_of: Optional[list[str]] = Field(alias="oneOf", default=None)


class ProductVariantWhereInput(BaseModel):
    """Which variants."""

    ids: Optional[list[str]] = None
    sku: Optional["StringFilterInput"] = None
    updated_at: Optional["DateTimeRangeInput"] = Field(alias="updatedAt", default=None)
    metadata: Optional[list["MetadataFilter"]] = None


class OrderSortingInput(BaseModel):
    """By what, and which way."""

    direction: OrderDirection
    field: OrderSortField


class OrderFilterInput(BaseModel):
    """Which orders."""

    ids: Optional[list[str]] = None
    numbers: Optional[list[str]] = None
    status: Optional[list[OrderStatusFilter]] = None
    charge_status: Optional[list[OrderChargeStatusEnum]] = Field(
        alias="chargeStatus", default=None
    )
    customer: Optional[str] = None
    created: Optional["DateRangeInput"] = None
    updated_at: Optional["DateTimeRangeInput"] = Field(alias="updatedAt", default=None)
    channels: Optional[list[str]] = None
    is_click_and_collect: Optional[bool] = Field(
        alias="isClickAndCollect", default=None
    )
    checkout_tokens: Optional[list[UUID]] = Field(alias="checkoutTokens", default=None)
    checkout_ids: Optional[list[str]] = Field(alias="checkoutIds", default=None)
    metadata: Optional[list["MetadataFilter"]] = None


class DateRangeInput(BaseModel):
    """From day to day, both included."""

    gte: Optional[str] = None
    lte: Optional[str] = None


class ShopSettingsInput(BaseModel):
    """Settings to change."""

    name: Optional[str] = None
    header_text: Optional[str] = Field(alias="headerText", default=None)
    description: Optional[str] = None
    track_inventory_by_default: Optional[bool] = Field(
        alias="trackInventoryByDefault", default=None
    )
    default_weight_unit: Optional[WeightUnitsEnum] = Field(
        alias="defaultWeightUnit", default=None
    )
    fulfillment_auto_approve: Optional[bool] = Field(
        alias="fulfillmentAutoApprove", default=None
    )
    fulfillment_allow_unpaid: Optional[bool] = Field(
        alias="fulfillmentAllowUnpaid", default=None
    )
    limit_quantity_per_checkout: Optional[int] = Field(
        alias="limitQuantityPerCheckout", default=None
    )
    use_legacy_shipping_zone_stock_availability: Optional[bool] = Field(
        alias="useLegacyShippingZoneStockAvailability", default=None
    )
    metadata: Optional[list["MetadataInput"]] = None
    private_metadata: Optional[list["MetadataInput"]] = Field(
        alias="privateMetadata", default=None
    )


class AppInput(BaseModel):
    """A new app."""

    name: Optional[str] = None
    identifier: Optional[str] = None
    permissions: Optional[list[PermissionEnum]] = None


class AppTokenInput(BaseModel):
    """A further token for an app."""

    name: Optional[str] = None
    app: str


class WebhookCreateInput(BaseModel):
    """A new webhook. Without `asyncEvents` it hears of the events that its query names."""

    name: Optional[str] = None
    identifier: Optional[str] = None
    target_url: Optional[str] = Field(alias="targetUrl", default=None)
    async_events: Optional[list[WebhookEventTypeAsyncEnum]] = Field(
        alias="asyncEvents", default=None
    )
    app: Optional[str] = None
    is_active: Optional[bool] = Field(alias="isActive", default=None)
    query: Optional[str] = None
    custom_headers: Optional[str] = Field(alias="customHeaders", default=None)


class WebhookUpdateInput(BaseModel):
    """What changes; what is left out stays."""

    name: Optional[str] = None
    identifier: Optional[str] = None
    target_url: Optional[str] = Field(alias="targetUrl", default=None)
    async_events: Optional[list[WebhookEventTypeAsyncEnum]] = Field(
        alias="asyncEvents", default=None
    )
    app: Optional[str] = None
    is_active: Optional[bool] = Field(alias="isActive", default=None)
    query: Optional[str] = None
    custom_headers: Optional[str] = Field(alias="customHeaders", default=None)


class ChannelCreateInput(BaseModel):
    """A new channel."""

    is_active: Optional[bool] = Field(alias="isActive", default=None)
    stock_settings: Optional["StockSettingsInput"] = Field(
        alias="stockSettings", default=None
    )
    add_shipping_zones: Optional[list[str]] = Field(
        alias="addShippingZones", default=None
    )
    add_warehouses: Optional[list[str]] = Field(alias="addWarehouses", default=None)
    order_settings: Optional["OrderSettingsInput"] = Field(
        alias="orderSettings", default=None
    )
    payment_settings: Optional["PaymentSettingsInput"] = Field(
        alias="paymentSettings", default=None
    )
    metadata: Optional[list["MetadataInput"]] = None
    private_metadata: Optional[list["MetadataInput"]] = Field(
        alias="privateMetadata", default=None
    )
    name: str
    slug: str
    currency_code: str = Field(alias="currencyCode")
    default_country: CountryCode = Field(alias="defaultCountry")


class StockSettingsInput(BaseModel):
    """How stock is chosen."""

    allocation_strategy: AllocationStrategyEnum = Field(alias="allocationStrategy")


class OrderSettingsInput(BaseModel):
    """Rules of a channel's orders."""

    automatically_confirm_all_new_orders: Optional[bool] = Field(
        alias="automaticallyConfirmAllNewOrders", default=None
    )
    allow_unpaid_orders: Optional[bool] = Field(alias="allowUnpaidOrders", default=None)
    mark_as_paid_strategy: Optional[MarkAsPaidStrategyEnum] = Field(
        alias="markAsPaidStrategy", default=None
    )


class PaymentSettingsInput(BaseModel):
    """Rules of a channel's payments."""

    default_transaction_flow_strategy: Optional[TransactionFlowStrategyEnum] = Field(
        alias="defaultTransactionFlowStrategy", default=None
    )


class ChannelUpdateInput(BaseModel):
    """What changes; what is left out stays."""

    is_active: Optional[bool] = Field(alias="isActive", default=None)
    stock_settings: Optional["StockSettingsInput"] = Field(
        alias="stockSettings", default=None
    )
    add_shipping_zones: Optional[list[str]] = Field(
        alias="addShippingZones", default=None
    )
    add_warehouses: Optional[list[str]] = Field(alias="addWarehouses", default=None)
    order_settings: Optional["OrderSettingsInput"] = Field(
        alias="orderSettings", default=None
    )
    payment_settings: Optional["PaymentSettingsInput"] = Field(
        alias="paymentSettings", default=None
    )
    metadata: Optional[list["MetadataInput"]] = None
    private_metadata: Optional[list["MetadataInput"]] = Field(
        alias="privateMetadata", default=None
    )
    name: Optional[str] = None
    slug: Optional[str] = None
    default_country: Optional[CountryCode] = Field(alias="defaultCountry", default=None)
    remove_shipping_zones: Optional[list[str]] = Field(
        alias="removeShippingZones", default=None
    )
    remove_warehouses: Optional[list[str]] = Field(
        alias="removeWarehouses", default=None
    )


class WarehouseCreateInput(BaseModel):
    """A new warehouse; `slug` is made from the name when it is left out."""

    slug: Optional[str] = None
    email: Optional[str] = None
    external_reference: Optional[str] = Field(alias="externalReference", default=None)
    name: str
    address: "AddressInput"
    shipping_zones: Optional[list[str]] = Field(alias="shippingZones", default=None)


class WarehouseUpdateInput(BaseModel):
    """What changes; what is left out stays."""

    slug: Optional[str] = None
    email: Optional[str] = None
    external_reference: Optional[str] = Field(alias="externalReference", default=None)
    name: Optional[str] = None
    address: Optional["AddressInput"] = None
    click_and_collect_option: Optional[WarehouseClickAndCollectOptionEnum] = Field(
        alias="clickAndCollectOption", default=None
    )
    is_private: Optional[bool] = Field(alias="isPrivate", default=None)


class StockBulkUpdateInput(BaseModel):
    """A stock by its variant and warehouse, and its quantity from now on."""

    variant_id: Optional[str] = Field(alias="variantId", default=None)
    variant_external_reference: Optional[str] = Field(
        alias="variantExternalReference", default=None
    )
    warehouse_id: Optional[str] = Field(alias="warehouseId", default=None)
    warehouse_external_reference: Optional[str] = Field(
        alias="warehouseExternalReference", default=None
    )
    quantity: int


class ShippingZoneCreateInput(BaseModel):
    """A new zone."""

    name: Optional[str] = None
    description: Optional[str] = None
    countries: Optional[list[str]] = None
    default: Optional[bool] = None
    add_warehouses: Optional[list[str]] = Field(alias="addWarehouses", default=None)
    add_channels: Optional[list[str]] = Field(alias="addChannels", default=None)


class ShippingZoneUpdateInput(BaseModel):
    """What changes; what is left out stays."""

    name: Optional[str] = None
    description: Optional[str] = None
    countries: Optional[list[str]] = None
    default: Optional[bool] = None
    add_warehouses: Optional[list[str]] = Field(alias="addWarehouses", default=None)
    add_channels: Optional[list[str]] = Field(alias="addChannels", default=None)
    remove_warehouses: Optional[list[str]] = Field(
        alias="removeWarehouses", default=None
    )
    remove_channels: Optional[list[str]] = Field(alias="removeChannels", default=None)


class ShippingPriceInput(BaseModel):
    """A new method of a zone."""

    name: Optional[str] = None
    description: Optional[str] = None
    minimum_order_weight: Optional[float] = Field(
        alias="minimumOrderWeight", default=None
    )
    maximum_order_weight: Optional[float] = Field(
        alias="maximumOrderWeight", default=None
    )
    maximum_delivery_days: Optional[int] = Field(
        alias="maximumDeliveryDays", default=None
    )
    minimum_delivery_days: Optional[int] = Field(
        alias="minimumDeliveryDays", default=None
    )
    type_: Optional[ShippingMethodTypeEnum] = Field(alias="type", default=None)
    shipping_zone: Optional[str] = Field(alias="shippingZone", default=None)


class ShippingMethodChannelListingInput(BaseModel):
    """Prices to set and channels to leave."""

    add_channels: Optional[list["ShippingMethodChannelListingAddInput"]] = Field(
        alias="addChannels", default=None
    )
    remove_channels: Optional[list[str]] = Field(alias="removeChannels", default=None)


class ShippingMethodChannelListingAddInput(BaseModel):
    """A method's price in a channel."""

    channel_id: str = Field(alias="channelId")
    price: Optional[int] = None
    minimum_order_price: Optional[int] = Field(alias="minimumOrderPrice", default=None)
    maximum_order_price: Optional[int] = Field(alias="maximumOrderPrice", default=None)


class TaxConfigurationUpdateInput(BaseModel):
    """What changes; what is left out stays. Prices are always entered with tax here."""

    charge_taxes: Optional[bool] = Field(alias="chargeTaxes", default=None)
    tax_calculation_strategy: Optional[TaxCalculationStrategy] = Field(
        alias="taxCalculationStrategy", default=None
    )
    display_gross_prices: Optional[bool] = Field(
        alias="displayGrossPrices", default=None
    )
    prices_entered_with_tax: Optional[bool] = Field(
        alias="pricesEnteredWithTax", default=None
    )


class AttributeCreateInput(BaseModel):
    """A new attribute."""

    input_type: Optional[AttributeInputTypeEnum] = Field(
        alias="inputType", default=None
    )
    entity_type: Optional[AttributeEntityTypeEnum] = Field(
        alias="entityType", default=None
    )
    name: str
    slug: Optional[str] = None
    type_: AttributeTypeEnum = Field(alias="type")
    unit: Optional[MeasurementUnitsEnum] = None
    values: Optional[list["AttributeValueCreateInput"]] = None
    value_required: Optional[bool] = Field(alias="valueRequired", default=None)
    is_variant_only: Optional[bool] = Field(alias="isVariantOnly", default=None)
    visible_in_storefront: Optional[bool] = Field(
        alias="visibleInStorefront", default=None
    )
    external_reference: Optional[str] = Field(alias="externalReference", default=None)


class AttributeValueCreateInput(BaseModel):
    """A value of a new attribute."""

    value: Optional[str] = None
    external_reference: Optional[str] = Field(alias="externalReference", default=None)
    name: str


class AttributeBulkUpdateInput(BaseModel):
    """One attribute and what changes of it."""

    id: Optional[str] = None
    external_reference: Optional[str] = Field(alias="externalReference", default=None)
    fields: "AttributeUpdateInput"


class AttributeUpdateInput(BaseModel):
    """What changes; what is left out stays."""

    name: Optional[str] = None
    slug: Optional[str] = None
    unit: Optional[MeasurementUnitsEnum] = None
    remove_values: Optional[list[str]] = Field(alias="removeValues", default=None)
    add_values: Optional[list["AttributeValueUpdateInput"]] = Field(
        alias="addValues", default=None
    )
    value_required: Optional[bool] = Field(alias="valueRequired", default=None)
    is_variant_only: Optional[bool] = Field(alias="isVariantOnly", default=None)
    visible_in_storefront: Optional[bool] = Field(
        alias="visibleInStorefront", default=None
    )
    external_reference: Optional[str] = Field(alias="externalReference", default=None)


class AttributeValueUpdateInput(BaseModel):
    """A value to add."""

    value: Optional[str] = None
    external_reference: Optional[str] = Field(alias="externalReference", default=None)
    name: Optional[str] = None


class CategoryInput(BaseModel):
    """A new category."""

    description: Optional[str] = None
    name: Optional[str] = None
    slug: Optional[str] = None
    seo: Optional["SeoInput"] = None
    metadata: Optional[list["MetadataInput"]] = None
    private_metadata: Optional[list["MetadataInput"]] = Field(
        alias="privateMetadata", default=None
    )


class SeoInput(BaseModel):
    """What search engines show."""

    title: Optional[str] = None
    description: Optional[str] = None


class ProductTypeInput(BaseModel):
    """A new product type."""

    name: Optional[str] = None
    slug: Optional[str] = None
    kind: Optional[ProductTypeKindEnum] = None
    has_variants: Optional[bool] = Field(alias="hasVariants", default=None)
    product_attributes: Optional[list[str]] = Field(
        alias="productAttributes", default=None
    )
    variant_attributes: Optional[list[str]] = Field(
        alias="variantAttributes", default=None
    )
    is_shipping_required: Optional[bool] = Field(
        alias="isShippingRequired", default=None
    )
    is_digital: Optional[bool] = Field(alias="isDigital", default=None)
    weight: Optional[float] = None


class ProductAttributeAssignInput(BaseModel):
    """An attribute to give to a type's products or variants."""

    id: str
    type_: ProductAttributeType = Field(alias="type")
    variant_selection: Optional[bool] = Field(alias="variantSelection", default=None)


class ProductBulkCreateInput(BaseModel):
    """A new product with its listings and variants."""

    attributes: Optional[list["AttributeValueInput"]] = None
    category: Optional[str] = None
    description: Optional[str] = None
    name: Optional[str] = None
    slug: Optional[str] = None
    seo: Optional["SeoInput"] = None
    weight: Optional[float] = None
    rating: Optional[float] = None
    metadata: Optional[list["MetadataInput"]] = None
    private_metadata: Optional[list["MetadataInput"]] = Field(
        alias="privateMetadata", default=None
    )
    external_reference: Optional[str] = Field(alias="externalReference", default=None)
    product_type: str = Field(alias="productType")
    channel_listings: Optional[list["ProductChannelListingCreateInput"]] = Field(
        alias="channelListings", default=None
    )
    variants: Optional[list["ProductVariantBulkCreateInput"]] = None


class AttributeValueInput(BaseModel):
    """An attribute and its value, in the field of its type."""

    id: Optional[str] = None
    external_reference: Optional[str] = Field(alias="externalReference", default=None)
    values: Optional[list[str]] = None
    dropdown: Optional["AttributeValueSelectableTypeInput"] = None
    swatch: Optional["AttributeValueSelectableTypeInput"] = None
    multiselect: Optional[list["AttributeValueSelectableTypeInput"]] = None
    numeric: Optional[str] = None
    rich_text: Optional[str] = Field(alias="richText", default=None)
    plain_text: Optional[str] = Field(alias="plainText", default=None)
    boolean: Optional[bool] = None
    date: Optional[str] = None
    date_time: Optional[datetime] = Field(alias="dateTime", default=None)


class AttributeValueSelectableTypeInput(BaseModel):
    """A shared value by id, reference or name."""

    id: Optional[str] = None
    external_reference: Optional[str] = Field(alias="externalReference", default=None)
    value: Optional[str] = None


class ProductChannelListingCreateInput(BaseModel):
    """How a new product is listed in a channel."""

    channel_id: str = Field(alias="channelId")
    is_published: Optional[bool] = Field(alias="isPublished", default=None)
    published_at: Optional[datetime] = Field(alias="publishedAt", default=None)
    visible_in_listings: Optional[bool] = Field(alias="visibleInListings", default=None)
    is_available_for_purchase: Optional[bool] = Field(
        alias="isAvailableForPurchase", default=None
    )
    available_for_purchase_at: Optional[datetime] = Field(
        alias="availableForPurchaseAt", default=None
    )


class ProductVariantBulkCreateInput(BaseModel):
    """A new variant with its stock and prices."""

    attributes: list["BulkAttributeValueInput"]
    sku: Optional[str] = None
    name: Optional[str] = None
    track_inventory: Optional[bool] = Field(alias="trackInventory", default=None)
    weight: Optional[float] = None
    quantity_limit_per_customer: Optional[int] = Field(
        alias="quantityLimitPerCustomer", default=None
    )
    metadata: Optional[list["MetadataInput"]] = None
    private_metadata: Optional[list["MetadataInput"]] = Field(
        alias="privateMetadata", default=None
    )
    external_reference: Optional[str] = Field(alias="externalReference", default=None)
    stocks: Optional[list["StockInput"]] = None
    channel_listings: Optional[list["ProductVariantChannelListingAddInput"]] = Field(
        alias="channelListings", default=None
    )


class BulkAttributeValueInput(BaseModel):
    """An attribute and its value, in the field of its type."""

    id: Optional[str] = None
    external_reference: Optional[str] = Field(alias="externalReference", default=None)
    values: Optional[list[str]] = None
    dropdown: Optional["AttributeValueSelectableTypeInput"] = None
    swatch: Optional["AttributeValueSelectableTypeInput"] = None
    multiselect: Optional[list["AttributeValueSelectableTypeInput"]] = None
    numeric: Optional[str] = None
    rich_text: Optional[str] = Field(alias="richText", default=None)
    plain_text: Optional[str] = Field(alias="plainText", default=None)
    boolean: Optional[bool] = None
    date: Optional[str] = None
    date_time: Optional[datetime] = Field(alias="dateTime", default=None)


class StockInput(BaseModel):
    """Pieces in a warehouse."""

    warehouse: str
    quantity: int


class ProductVariantChannelListingAddInput(BaseModel):
    """A price in a channel."""

    channel_id: str = Field(alias="channelId")
    price: int
    cost_price: Optional[int] = Field(alias="costPrice", default=None)
    prior_price: Optional[int] = Field(alias="priorPrice", default=None)


class ProductInput(BaseModel):
    """What changes of a product; what is left out stays."""

    attributes: Optional[list["AttributeValueInput"]] = None
    category: Optional[str] = None
    description: Optional[str] = None
    name: Optional[str] = None
    slug: Optional[str] = None
    seo: Optional["SeoInput"] = None
    weight: Optional[float] = None
    rating: Optional[float] = None
    metadata: Optional[list["MetadataInput"]] = None
    private_metadata: Optional[list["MetadataInput"]] = Field(
        alias="privateMetadata", default=None
    )
    external_reference: Optional[str] = Field(alias="externalReference", default=None)


class ProductChannelListingUpdateInput(BaseModel):
    """Channels to list in and to leave."""

    update_channels: Optional[list["ProductChannelListingAddInput"]] = Field(
        alias="updateChannels", default=None
    )
    remove_channels: Optional[list[str]] = Field(alias="removeChannels", default=None)


class ProductChannelListingAddInput(BaseModel):
    """How a product is listed in a channel from now on; what is left out stays."""

    channel_id: str = Field(alias="channelId")
    is_published: Optional[bool] = Field(alias="isPublished", default=None)
    published_at: Optional[datetime] = Field(alias="publishedAt", default=None)
    visible_in_listings: Optional[bool] = Field(alias="visibleInListings", default=None)
    is_available_for_purchase: Optional[bool] = Field(
        alias="isAvailableForPurchase", default=None
    )
    available_for_purchase_at: Optional[datetime] = Field(
        alias="availableForPurchaseAt", default=None
    )
    add_variants: Optional[list[str]] = Field(alias="addVariants", default=None)
    remove_variants: Optional[list[str]] = Field(alias="removeVariants", default=None)


class ProductVariantInput(BaseModel):
    """What changes of a variant; what is left out stays."""

    attributes: Optional[list["AttributeValueInput"]] = None
    sku: Optional[str] = None
    name: Optional[str] = None
    track_inventory: Optional[bool] = Field(alias="trackInventory", default=None)
    weight: Optional[float] = None
    quantity_limit_per_customer: Optional[int] = Field(
        alias="quantityLimitPerCustomer", default=None
    )
    metadata: Optional[list["MetadataInput"]] = None
    private_metadata: Optional[list["MetadataInput"]] = Field(
        alias="privateMetadata", default=None
    )
    external_reference: Optional[str] = Field(alias="externalReference", default=None)


class CheckoutCreateInput(BaseModel):
    """A new checkout."""

    channel: Optional[str] = None
    lines: list["CheckoutLineInput"]
    email: Optional[str] = None
    shipping_address: Optional["AddressInput"] = Field(
        alias="shippingAddress", default=None
    )
    billing_address: Optional["AddressInput"] = Field(
        alias="billingAddress", default=None
    )
    language_code: Optional[LanguageCodeEnum] = Field(
        alias="languageCode", default=None
    )
    validation_rules: Optional["CheckoutValidationRules"] = Field(
        alias="validationRules", default=None
    )
    metadata: Optional[list["MetadataInput"]] = None
    private_metadata: Optional[list["MetadataInput"]] = Field(
        alias="privateMetadata", default=None
    )


class CheckoutLineInput(BaseModel):
    """Pieces to add; a price of its own only by an app that handles checkouts."""

    quantity: int
    variant_id: str = Field(alias="variantId")
    price: Optional[int] = None
    price_override_reason: Optional[str] = Field(
        alias="priceOverrideReason", default=None
    )
    force_new_line: Optional[bool] = Field(alias="forceNewLine", default=False)
    metadata: Optional[list["MetadataInput"]] = None


class CheckoutValidationRules(BaseModel):
    """The rules of both addresses."""

    shipping_address: Optional["CheckoutAddressValidationRules"] = Field(
        alias="shippingAddress", default=None
    )
    billing_address: Optional["CheckoutAddressValidationRules"] = Field(
        alias="billingAddress", default=None
    )


class CheckoutAddressValidationRules(BaseModel):
    """How strictly an address is judged now; completing asks again only for what was judged."""

    check_required_fields: Optional[bool] = Field(
        alias="checkRequiredFields", default=True
    )
    check_fields_format: Optional[bool] = Field(alias="checkFieldsFormat", default=True)
    enable_fields_normalization: Optional[bool] = Field(
        alias="enableFieldsNormalization", default=True
    )


class OrderFulfillInput(BaseModel):
    """What is handed over."""

    lines: list["OrderFulfillLineInput"]
    notify_customer: Optional[bool] = Field(alias="notifyCustomer", default=None)
    tracking_number: Optional[str] = Field(alias="trackingNumber", default=None)


class OrderFulfillLineInput(BaseModel):
    """A line and where its pieces come from."""

    order_line_id: Optional[str] = Field(alias="orderLineId", default=None)
    stocks: list["OrderFulfillStockInput"]


class OrderFulfillStockInput(BaseModel):
    """Pieces from a warehouse."""

    quantity: int
    warehouse: str


AddressInput.model_rebuild()
ProductVariantWhereInput.model_rebuild()
OrderFilterInput.model_rebuild()
ShopSettingsInput.model_rebuild()
ChannelCreateInput.model_rebuild()
ChannelUpdateInput.model_rebuild()
WarehouseCreateInput.model_rebuild()
WarehouseUpdateInput.model_rebuild()
ShippingMethodChannelListingInput.model_rebuild()
AttributeCreateInput.model_rebuild()
AttributeBulkUpdateInput.model_rebuild()
AttributeUpdateInput.model_rebuild()
CategoryInput.model_rebuild()
ProductBulkCreateInput.model_rebuild()
AttributeValueInput.model_rebuild()
ProductVariantBulkCreateInput.model_rebuild()
BulkAttributeValueInput.model_rebuild()
ProductInput.model_rebuild()
ProductChannelListingUpdateInput.model_rebuild()
ProductVariantInput.model_rebuild()
CheckoutCreateInput.model_rebuild()
CheckoutLineInput.model_rebuild()
CheckoutValidationRules.model_rebuild()
OrderFulfillInput.model_rebuild()
OrderFulfillLineInput.model_rebuild()

"""Every model, gathered where Django looks for them."""

from deploy.embedded.addresses.models import Address
from deploy.embedded.apps.models import App, AppInstallation, AppToken
from deploy.embedded.attributes.models import Attribute, AttributeValue
from deploy.embedded.channels.models import Channel
from deploy.embedded.checkout.models import Checkout, CheckoutLine
from deploy.embedded.orders.models import Fulfillment, FulfillmentLine, Order, OrderEvent, OrderLine, OrderNumber
from deploy.embedded.payments.models import TransactionEvent, TransactionItem
from deploy.embedded.products.models import (
    Category,
    Product,
    ProductChannelListing,
    ProductType,
    ProductTypeAttribute,
    ProductValue,
    ProductVariant,
    ProductVariantChannelListing,
    VariantValue,
)
from deploy.embedded.shipping.models import ShippingMethodChannelListing, ShippingMethodType, ShippingZone
from deploy.embedded.shop.models import Shop
from deploy.embedded.taxes.models import TaxConfiguration, TaxRate
from deploy.embedded.warehouses.models import Allocation, ChannelWarehouse, Stock, Warehouse
from deploy.embedded.webhooks.models import Delivery, Webhook

__all__ = [
    "Address",
    "Allocation",
    "App",
    "AppInstallation",
    "AppToken",
    "Attribute",
    "AttributeValue",
    "Category",
    "Channel",
    "ChannelWarehouse",
    "Checkout",
    "CheckoutLine",
    "Delivery",
    "Fulfillment",
    "FulfillmentLine",
    "Order",
    "OrderEvent",
    "OrderLine",
    "OrderNumber",
    "Product",
    "ProductChannelListing",
    "ProductType",
    "ProductTypeAttribute",
    "ProductValue",
    "ProductVariant",
    "ProductVariantChannelListing",
    "ShippingMethodChannelListing",
    "ShippingMethodType",
    "ShippingZone",
    "Shop",
    "Stock",
    "TaxConfiguration",
    "TaxRate",
    "TransactionEvent",
    "TransactionItem",
    "VariantValue",
    "Warehouse",
    "Webhook",
]

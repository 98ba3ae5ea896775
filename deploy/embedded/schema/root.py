"""The schema, put together from its nouns."""

import graphene
from graphql import GraphQLSchema

from deploy.embedded import models
from deploy.embedded.addresses.types import AddressQueries
from deploy.embedded.apps import granting, installations
from deploy.embedded.apps.types import AppActivate, AppDeactivate, AppDelete, AppQueries
from deploy.embedded.attributes.mutations import AttributeBulkCreate, AttributeBulkUpdate, AttributeUpdate
from deploy.embedded.attributes.types import AttributeQueries
from deploy.embedded.channels.mutations import ChannelCreate, ChannelUpdate
from deploy.embedded.channels.types import ChannelQueries
from deploy.embedded.checkout import mutations as checkouts
from deploy.embedded.checkout.types import CheckoutQueries
from deploy.embedded.orders import mutations as orders
from deploy.embedded.orders.queries import OrderQueries
from deploy.embedded.payments.mutations import TransactionCreate, TransactionEventReport
from deploy.embedded.products import kind_mutations as kinds
from deploy.embedded.products import mutations as products
from deploy.embedded.products import variant_mutations as variants
from deploy.embedded.products.kinds import KindQueries
from deploy.embedded.products.queries import ProductQueries
from deploy.embedded.products.variant_bulk import ProductVariantBulkUpdate
from deploy.embedded.schema import meta
from deploy.embedded.shipping import mutations as shipping
from deploy.embedded.shipping.types import ShippingQueries
from deploy.embedded.shop.types import ShopQueries, ShopSettingsUpdate
from deploy.embedded.taxes.types import TaxConfigurationUpdate, TaxCountryConfigurationUpdate, TaxQueries
from deploy.embedded.warehouses.mutations import WarehouseCreate, WarehouseUpdate
from deploy.embedded.warehouses.stock_mutations import StockBulkUpdate
from deploy.embedded.warehouses.types import WarehouseQueries
from deploy.embedded.webhooks.events import EVENTS
from deploy.embedded.webhooks.mutations import WebhookCreate, WebhookDelete, WebhookUpdate
from deploy.embedded.webhooks.types import EVENT_TYPES, Subscription, WebhookQueries

SHOWN = {kind: getattr(models, kind) for kind in EVENTS.values()}
"""The model of each kind of object that events tell of."""


class Query(
    AddressQueries,
    AppQueries,
    granting.AppsQueries,
    installations.InstallationQueries,
    AttributeQueries,
    ChannelQueries,
    CheckoutQueries,
    KindQueries,
    OrderQueries,
    ProductQueries,
    ShippingQueries,
    ShopQueries,
    TaxQueries,
    WarehouseQueries,
    WebhookQueries,
    graphene.ObjectType,
):
    """What can be read."""


class Mutation(graphene.ObjectType):
    """What can be changed."""

    shop_settings_update = ShopSettingsUpdate.Field()
    app_create = granting.AppCreate.Field()
    app_update = granting.AppUpdate.Field()
    app_token_create = granting.AppTokenCreate.Field()
    token_create = granting.CreateToken.Field()
    app_activate = AppActivate.Field()
    app_deactivate = AppDeactivate.Field()
    app_delete = AppDelete.Field()
    app_fetch_manifest = installations.AppFetchManifest.Field()
    app_install = installations.AppInstall.Field()
    app_retry_install = installations.AppRetryInstall.Field()
    app_delete_failed_installation = installations.AppDeleteFailedInstallation.Field()
    webhook_create = WebhookCreate.Field()
    webhook_update = WebhookUpdate.Field()
    webhook_delete = WebhookDelete.Field()
    channel_create = ChannelCreate.Field()
    channel_update = ChannelUpdate.Field()
    create_warehouse = WarehouseCreate.Field()
    update_warehouse = WarehouseUpdate.Field()
    stock_bulk_update = StockBulkUpdate.Field()
    shipping_zone_create = shipping.ShippingZoneCreate.Field()
    shipping_zone_update = shipping.ShippingZoneUpdate.Field()
    shipping_price_create = shipping.ShippingPriceCreate.Field()
    shipping_method_channel_listing_update = shipping.ShippingMethodChannelListingUpdate.Field()
    tax_configuration_update = TaxConfigurationUpdate.Field()
    tax_country_configuration_update = TaxCountryConfigurationUpdate.Field()
    attribute_bulk_create = AttributeBulkCreate.Field()
    attribute_bulk_update = AttributeBulkUpdate.Field()
    attribute_update = AttributeUpdate.Field()
    category_create = kinds.CategoryCreate.Field()
    product_type_create = kinds.ProductTypeCreate.Field()
    product_attribute_assign = kinds.ProductAttributeAssign.Field()
    product_bulk_create = products.ProductBulkCreate.Field()
    product_update = products.ProductUpdate.Field()
    product_channel_listing_update = products.ProductChannelListingUpdate.Field()
    product_delete = products.ProductDelete.Field()
    product_bulk_delete = products.ProductBulkDelete.Field()
    product_variant_create = variants.ProductVariantCreate.Field()
    product_variant_bulk_create = variants.ProductVariantBulkCreate.Field()
    product_variant_bulk_update = ProductVariantBulkUpdate.Field()
    product_variant_update = variants.ProductVariantUpdate.Field()
    product_variant_delete = variants.ProductVariantDelete.Field()
    product_variant_channel_listing_update = variants.ProductVariantChannelListingUpdate.Field()
    product_variant_stocks_update = variants.ProductVariantStocksUpdate.Field()
    update_metadata = meta.UpdateMetadata.Field()
    delete_metadata = meta.DeleteMetadata.Field()
    update_private_metadata = meta.UpdatePrivateMetadata.Field()
    delete_private_metadata = meta.DeletePrivateMetadata.Field()
    checkout_create = checkouts.CheckoutCreate.Field()
    checkout_lines_add = checkouts.CheckoutLinesAdd.Field()
    checkout_lines_update = checkouts.CheckoutLinesUpdate.Field()
    checkout_lines_delete = checkouts.CheckoutLinesDelete.Field()
    checkout_email_update = checkouts.CheckoutEmailUpdate.Field()
    checkout_shipping_address_update = checkouts.CheckoutShippingAddressUpdate.Field()
    checkout_billing_address_update = checkouts.CheckoutBillingAddressUpdate.Field()
    checkout_delivery_method_update = checkouts.CheckoutDeliveryMethodUpdate.Field()
    checkout_complete = checkouts.CheckoutComplete.Field()
    order_confirm = orders.OrderConfirm.Field()
    order_cancel = orders.OrderCancel.Field()
    order_mark_as_paid = orders.OrderMarkAsPaid.Field()
    order_fulfill = orders.OrderFulfill.Field()
    order_fulfillment_cancel = orders.FulfillmentCancel.Field()
    order_update = orders.OrderUpdate.Field()
    order_note_add = orders.OrderNoteAdd.Field()
    transaction_create = TransactionCreate.Field()
    transaction_event_report = TransactionEventReport.Field()


SCHEMA: GraphQLSchema = graphene.Schema(
    query=Query, mutation=Mutation, subscription=Subscription, types=list(EVENT_TYPES.values())
).graphql_schema

from typing import Any, Optional, Union

from .app_of_token import AppOfToken
from .apps import Apps
from .assign_attributes import AssignAttributes
from .attribute import Attribute
from .attribute_values import AttributeValues
from .base_client import BaseClient
from .base_model import UNSET, UnsetType
from .cancel_order import CancelOrder
from .categories import Categories
from .channel import Channel
from .channel_warehouses import ChannelWarehouses
from .channels import Channels
from .checkout import Checkout
from .complete_checkout import CompleteCheckout
from .create_app import CreateApp
from .create_app_token import CreateAppToken
from .create_attributes import CreateAttributes
from .create_category import CreateCategory
from .create_channel import CreateChannel
from .create_checkout import CreateCheckout
from .create_product_type import CreateProductType
from .create_products import CreateProducts
from .create_shipping_price import CreateShippingPrice
from .create_shipping_zone import CreateShippingZone
from .create_variants import CreateVariants
from .create_warehouse import CreateWarehouse
from .create_webhook import CreateWebhook
from .empty_checkout import EmptyCheckout
from .fulfill_order import FulfillOrder
from .input_types import (
    AddressInput,
    AppInput,
    AppTokenInput,
    AttributeBulkUpdateInput,
    AttributeCreateInput,
    CategoryInput,
    ChannelCreateInput,
    ChannelUpdateInput,
    CheckoutCreateInput,
    MetadataInput,
    OrderFilterInput,
    OrderFulfillInput,
    OrderSortingInput,
    ProductAttributeAssignInput,
    ProductBulkCreateInput,
    ProductChannelListingUpdateInput,
    ProductInput,
    ProductTypeInput,
    ProductVariantBulkCreateInput,
    ProductVariantChannelListingAddInput,
    ProductVariantInput,
    ProductVariantWhereInput,
    ShippingMethodChannelListingInput,
    ShippingPriceInput,
    ShippingZoneCreateInput,
    ShippingZoneUpdateInput,
    ShopSettingsInput,
    StockBulkUpdateInput,
    StockInput,
    TaxConfigurationUpdateInput,
    WarehouseCreateInput,
    WarehouseUpdateInput,
    WebhookCreateInput,
    WebhookUpdateInput,
)
from .mark_order_paid import MarkOrderPaid
from .order import Order
from .orders import Orders
from .our_app import OurApp
from .probe import Probe
from .product import Product
from .product_id import ProductId
from .product_types import ProductTypes
from .products import Products
from .published_product import PublishedProduct
from .published_products import PublishedProducts
from .set_checkout_billing_address import SetCheckoutBillingAddress
from .set_checkout_delivery import SetCheckoutDelivery
from .set_checkout_email import SetCheckoutEmail
from .set_checkout_shipping_address import SetCheckoutShippingAddress
from .set_metadata import SetMetadata
from .set_product_listing import SetProductListing
from .set_product_listings import SetProductListings
from .set_shipping_price import SetShippingPrice
from .set_taxes import SetTaxes
from .set_variant_price import SetVariantPrice
from .set_variant_prices import SetVariantPrices
from .set_variant_stocks import SetVariantStocks
from .shipping_zones import ShippingZones
from .shop_settings import ShopSettings
from .sign_in import SignIn
from .update_app import UpdateApp
from .update_attributes import UpdateAttributes
from .update_channel import UpdateChannel
from .update_product import UpdateProduct
from .update_products import UpdateProducts
from .update_shipping_zone import UpdateShippingZone
from .update_shop_settings import UpdateShopSettings
from .update_stocks import UpdateStocks
from .update_variant import UpdateVariant
from .update_warehouse import UpdateWarehouse
from .update_webhook import UpdateWebhook
from .variant import Variant
from .variants import Variants
from .warehouse import Warehouse
from .warehouses import Warehouses
from .zone_warehouses import ZoneWarehouses


def gql(q: str) -> str:
    return q


class GeneratedClient(BaseClient):
    def app_of_token(self, **kwargs: Any) -> AppOfToken:
        query = gql("""
            query AppOfToken {
              app {
                id
                identifier
                permissions {
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {}
        response = self.execute(
            query=query, operation_name="AppOfToken", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return AppOfToken.model_validate(data)

    def apps(
        self, search: str, after: Union[Optional[str], UnsetType] = UNSET, **kwargs: Any
    ) -> Apps:
        query = gql("""
            query Apps($search: String!, $after: String) {
              apps(first: 100, after: $after, filter: {search: $search}) {
                pageInfo {
                  hasNextPage
                  endCursor
                }
                edges {
                  node {
                    id
                    identifier
                    isActive
                    permissions {
                      code
                    }
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"search": search, "after": after}
        response = self.execute(
            query=query, operation_name="Apps", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return Apps.model_validate(data)

    def create_app(self, input: AppInput, **kwargs: Any) -> CreateApp:
        query = gql("""
            mutation CreateApp($input: AppInput!) {
              appCreate(input: $input) {
                authToken
                app {
                  id
                }
                errors {
                  field
                  code
                  message
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query, operation_name="CreateApp", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return CreateApp.model_validate(data)

    def update_app(self, id: str, input: AppInput, **kwargs: Any) -> UpdateApp:
        query = gql("""
            mutation UpdateApp($id: ID!, $input: AppInput!) {
              appUpdate(id: $id, input: $input) {
                app {
                  id
                }
                errors {
                  field
                  code
                  message
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query, operation_name="UpdateApp", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return UpdateApp.model_validate(data)

    def create_app_token(self, input: AppTokenInput, **kwargs: Any) -> CreateAppToken:
        query = gql("""
            mutation CreateAppToken($input: AppTokenInput!) {
              appTokenCreate(input: $input) {
                authToken
                errors {
                  field
                  code
                  message
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query, operation_name="CreateAppToken", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return CreateAppToken.model_validate(data)

    def sign_in(self, email: str, password: str, **kwargs: Any) -> SignIn:
        query = gql("""
            mutation SignIn($email: String!, $password: String!) {
              tokenCreate(email: $email, password: $password) {
                token
                errors {
                  field
                  code
                  message
                }
              }
            }
            """)
        variables: dict[str, object] = {"email": email, "password": password}
        response = self.execute(
            query=query, operation_name="SignIn", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return SignIn.model_validate(data)

    def attribute(self, external_reference: str, **kwargs: Any) -> Attribute:
        query = gql("""
            query Attribute($externalReference: String!) {
              attribute(externalReference: $externalReference) {
                ...AttributeFields
              }
            }

            fragment AttributeFields on Attribute {
              id
              slug
              name
              inputType
              externalReference
            }
            """)
        variables: dict[str, object] = {"externalReference": external_reference}
        response = self.execute(
            query=query, operation_name="Attribute", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return Attribute.model_validate(data)

    def attribute_values(
        self,
        external_reference: str,
        first: int,
        after: Union[Optional[str], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> AttributeValues:
        query = gql("""
            query AttributeValues($externalReference: String!, $first: Int!, $after: String) {
              attribute(externalReference: $externalReference) {
                choices(first: $first, after: $after) {
                  pageInfo {
                    hasNextPage
                    endCursor
                  }
                  edges {
                    node {
                      id
                      slug
                      name
                      externalReference
                    }
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {
            "externalReference": external_reference,
            "first": first,
            "after": after,
        }
        response = self.execute(
            query=query, operation_name="AttributeValues", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return AttributeValues.model_validate(data)

    def create_attributes(
        self, attributes: list[AttributeCreateInput], **kwargs: Any
    ) -> CreateAttributes:
        query = gql("""
            mutation CreateAttributes($attributes: [AttributeCreateInput!]!) {
              attributeBulkCreate(attributes: $attributes, errorPolicy: REJECT_EVERYTHING) {
                count
                results {
                  attribute {
                    ...AttributeFields
                  }
                  errors {
                    path
                    code
                    message
                  }
                }
                errors {
                  path
                  code
                  message
                }
              }
            }

            fragment AttributeFields on Attribute {
              id
              slug
              name
              inputType
              externalReference
            }
            """)
        variables: dict[str, object] = {"attributes": attributes}
        response = self.execute(
            query=query,
            operation_name="CreateAttributes",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CreateAttributes.model_validate(data)

    def update_attributes(
        self, attributes: list[AttributeBulkUpdateInput], **kwargs: Any
    ) -> UpdateAttributes:
        query = gql("""
            mutation UpdateAttributes($attributes: [AttributeBulkUpdateInput!]!) {
              attributeBulkUpdate(attributes: $attributes, errorPolicy: REJECT_EVERYTHING) {
                count
                results {
                  attribute {
                    ...AttributeFields
                  }
                  errors {
                    path
                    code
                    message
                  }
                }
                errors {
                  path
                  code
                  message
                }
              }
            }

            fragment AttributeFields on Attribute {
              id
              slug
              name
              inputType
              externalReference
            }
            """)
        variables: dict[str, object] = {"attributes": attributes}
        response = self.execute(
            query=query,
            operation_name="UpdateAttributes",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return UpdateAttributes.model_validate(data)

    def categories(self, slugs: list[str], **kwargs: Any) -> Categories:
        query = gql("""
            query Categories($slugs: [String!]!) {
              categories(first: 100, filter: {slugs: $slugs}) {
                edges {
                  node {
                    ...CategoryFields
                  }
                }
              }
            }

            fragment CategoryFields on Category {
              id
              slug
              name
            }
            """)
        variables: dict[str, object] = {"slugs": slugs}
        response = self.execute(
            query=query, operation_name="Categories", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return Categories.model_validate(data)

    def create_category(
        self,
        input: CategoryInput,
        parent: Union[Optional[str], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> CreateCategory:
        query = gql("""
            mutation CreateCategory($input: CategoryInput!, $parent: ID) {
              categoryCreate(input: $input, parent: $parent) {
                category {
                  ...CategoryFields
                }
                errors {
                  field
                  code
                  message
                }
              }
            }

            fragment CategoryFields on Category {
              id
              slug
              name
            }
            """)
        variables: dict[str, object] = {"input": input, "parent": parent}
        response = self.execute(
            query=query, operation_name="CreateCategory", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return CreateCategory.model_validate(data)

    def channel(self, slug: str, **kwargs: Any) -> Channel:
        query = gql("""
            query Channel($slug: String!) {
              channel(slug: $slug) {
                ...ChannelFields
              }
            }

            fragment ChannelFields on Channel {
              id
              slug
              name
              currencyCode
              isActive
              defaultCountry {
                code
              }
              stockSettings {
                allocationStrategy
              }
              orderSettings {
                allowUnpaidOrders
                automaticallyConfirmAllNewOrders
                markAsPaidStrategy
              }
              taxConfiguration {
                id
                chargeTaxes
                displayGrossPrices
                pricesEnteredWithTax
                taxCalculationStrategy
              }
            }
            """)
        variables: dict[str, object] = {"slug": slug}
        response = self.execute(
            query=query, operation_name="Channel", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return Channel.model_validate(data)

    def channels(self, **kwargs: Any) -> Channels:
        query = gql("""
            query Channels {
              channels {
                slug
                hasOrders
              }
            }
            """)
        variables: dict[str, object] = {}
        response = self.execute(
            query=query, operation_name="Channels", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return Channels.model_validate(data)

    def create_channel(self, input: ChannelCreateInput, **kwargs: Any) -> CreateChannel:
        query = gql("""
            mutation CreateChannel($input: ChannelCreateInput!) {
              channelCreate(input: $input) {
                channel {
                  ...ChannelFields
                }
                errors {
                  field
                  code
                  message
                }
              }
            }

            fragment ChannelFields on Channel {
              id
              slug
              name
              currencyCode
              isActive
              defaultCountry {
                code
              }
              stockSettings {
                allocationStrategy
              }
              orderSettings {
                allowUnpaidOrders
                automaticallyConfirmAllNewOrders
                markAsPaidStrategy
              }
              taxConfiguration {
                id
                chargeTaxes
                displayGrossPrices
                pricesEnteredWithTax
                taxCalculationStrategy
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query, operation_name="CreateChannel", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return CreateChannel.model_validate(data)

    def update_channel(
        self, id: str, input: ChannelUpdateInput, **kwargs: Any
    ) -> UpdateChannel:
        query = gql("""
            mutation UpdateChannel($id: ID!, $input: ChannelUpdateInput!) {
              channelUpdate(id: $id, input: $input) {
                channel {
                  ...ChannelFields
                }
                errors {
                  field
                  code
                  message
                }
              }
            }

            fragment ChannelFields on Channel {
              id
              slug
              name
              currencyCode
              isActive
              defaultCountry {
                code
              }
              stockSettings {
                allocationStrategy
              }
              orderSettings {
                allowUnpaidOrders
                automaticallyConfirmAllNewOrders
                markAsPaidStrategy
              }
              taxConfiguration {
                id
                chargeTaxes
                displayGrossPrices
                pricesEnteredWithTax
                taxCalculationStrategy
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query, operation_name="UpdateChannel", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return UpdateChannel.model_validate(data)

    def set_taxes(
        self, id: str, input: TaxConfigurationUpdateInput, **kwargs: Any
    ) -> SetTaxes:
        query = gql("""
            mutation SetTaxes($id: ID!, $input: TaxConfigurationUpdateInput!) {
              taxConfigurationUpdate(id: $id, input: $input) {
                taxConfiguration {
                  id
                }
                errors {
                  field
                  code
                  message
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query, operation_name="SetTaxes", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return SetTaxes.model_validate(data)

    def channel_warehouses(self, slug: str, **kwargs: Any) -> ChannelWarehouses:
        query = gql("""
            query ChannelWarehouses($slug: String!) {
              channel(slug: $slug) {
                warehouses {
                  externalReference
                }
              }
            }
            """)
        variables: dict[str, object] = {"slug": slug}
        response = self.execute(
            query=query,
            operation_name="ChannelWarehouses",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ChannelWarehouses.model_validate(data)

    def checkout(self, id: str, **kwargs: Any) -> Checkout:
        query = gql("""
            query Checkout($id: ID!) {
              checkout(id: $id) {
                ...CheckoutFields
              }
            }

            fragment AddressFields on Address {
              firstName
              lastName
              companyName
              streetAddress1
              streetAddress2
              city
              cityArea
              countryArea
              postalCode
              country {
                code
              }
              phone
            }

            fragment CheckoutFields on Checkout {
              id
              email
              isShippingRequired
              metadata {
                key
                value
              }
              billingAddress {
                ...AddressFields
              }
              shippingAddress {
                ...AddressFields
              }
              lines {
                id
                quantity
                metadata {
                  key
                  value
                }
                variant {
                  id
                  externalReference
                }
                unitPrice {
                  gross {
                    amount
                    currency
                  }
                }
                totalPrice {
                  gross {
                    amount
                    currency
                  }
                }
              }
              shippingMethods {
                id
                name
                price {
                  amount
                  currency
                }
              }
              availableCollectionPoints {
                id
                name
                externalReference
              }
              deliveryMethod {
                __typename
                ... on ShippingMethod {
                  id
                  name
                }
                ... on Warehouse {
                  id
                  name
                  externalReference
                }
              }
              subtotalPrice {
                gross {
                  amount
                  currency
                }
              }
              shippingPrice {
                gross {
                  amount
                  currency
                }
              }
              totalPrice {
                gross {
                  amount
                  currency
                }
                tax {
                  amount
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id}
        response = self.execute(
            query=query, operation_name="Checkout", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return Checkout.model_validate(data)

    def create_checkout(
        self, input: CheckoutCreateInput, **kwargs: Any
    ) -> CreateCheckout:
        query = gql("""
            mutation CreateCheckout($input: CheckoutCreateInput!) {
              checkoutCreate(input: $input) {
                checkout {
                  ...CheckoutFields
                }
                errors {
                  field
                  code
                  message
                  variants
                  addressType
                }
              }
            }

            fragment AddressFields on Address {
              firstName
              lastName
              companyName
              streetAddress1
              streetAddress2
              city
              cityArea
              countryArea
              postalCode
              country {
                code
              }
              phone
            }

            fragment CheckoutFields on Checkout {
              id
              email
              isShippingRequired
              metadata {
                key
                value
              }
              billingAddress {
                ...AddressFields
              }
              shippingAddress {
                ...AddressFields
              }
              lines {
                id
                quantity
                metadata {
                  key
                  value
                }
                variant {
                  id
                  externalReference
                }
                unitPrice {
                  gross {
                    amount
                    currency
                  }
                }
                totalPrice {
                  gross {
                    amount
                    currency
                  }
                }
              }
              shippingMethods {
                id
                name
                price {
                  amount
                  currency
                }
              }
              availableCollectionPoints {
                id
                name
                externalReference
              }
              deliveryMethod {
                __typename
                ... on ShippingMethod {
                  id
                  name
                }
                ... on Warehouse {
                  id
                  name
                  externalReference
                }
              }
              subtotalPrice {
                gross {
                  amount
                  currency
                }
              }
              shippingPrice {
                gross {
                  amount
                  currency
                }
              }
              totalPrice {
                gross {
                  amount
                  currency
                }
                tax {
                  amount
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query, operation_name="CreateCheckout", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return CreateCheckout.model_validate(data)

    def set_checkout_email(
        self, id: str, email: str, **kwargs: Any
    ) -> SetCheckoutEmail:
        query = gql("""
            mutation SetCheckoutEmail($id: ID!, $email: String!) {
              checkoutEmailUpdate(id: $id, email: $email) {
                checkout {
                  ...CheckoutFields
                }
                errors {
                  field
                  code
                  message
                }
              }
            }

            fragment AddressFields on Address {
              firstName
              lastName
              companyName
              streetAddress1
              streetAddress2
              city
              cityArea
              countryArea
              postalCode
              country {
                code
              }
              phone
            }

            fragment CheckoutFields on Checkout {
              id
              email
              isShippingRequired
              metadata {
                key
                value
              }
              billingAddress {
                ...AddressFields
              }
              shippingAddress {
                ...AddressFields
              }
              lines {
                id
                quantity
                metadata {
                  key
                  value
                }
                variant {
                  id
                  externalReference
                }
                unitPrice {
                  gross {
                    amount
                    currency
                  }
                }
                totalPrice {
                  gross {
                    amount
                    currency
                  }
                }
              }
              shippingMethods {
                id
                name
                price {
                  amount
                  currency
                }
              }
              availableCollectionPoints {
                id
                name
                externalReference
              }
              deliveryMethod {
                __typename
                ... on ShippingMethod {
                  id
                  name
                }
                ... on Warehouse {
                  id
                  name
                  externalReference
                }
              }
              subtotalPrice {
                gross {
                  amount
                  currency
                }
              }
              shippingPrice {
                gross {
                  amount
                  currency
                }
              }
              totalPrice {
                gross {
                  amount
                  currency
                }
                tax {
                  amount
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "email": email}
        response = self.execute(
            query=query,
            operation_name="SetCheckoutEmail",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return SetCheckoutEmail.model_validate(data)

    def set_checkout_billing_address(
        self, id: str, address: AddressInput, **kwargs: Any
    ) -> SetCheckoutBillingAddress:
        query = gql("""
            mutation SetCheckoutBillingAddress($id: ID!, $address: AddressInput!) {
              checkoutBillingAddressUpdate(id: $id, billingAddress: $address) {
                checkout {
                  ...CheckoutFields
                }
                errors {
                  field
                  code
                  message
                  addressType
                }
              }
            }

            fragment AddressFields on Address {
              firstName
              lastName
              companyName
              streetAddress1
              streetAddress2
              city
              cityArea
              countryArea
              postalCode
              country {
                code
              }
              phone
            }

            fragment CheckoutFields on Checkout {
              id
              email
              isShippingRequired
              metadata {
                key
                value
              }
              billingAddress {
                ...AddressFields
              }
              shippingAddress {
                ...AddressFields
              }
              lines {
                id
                quantity
                metadata {
                  key
                  value
                }
                variant {
                  id
                  externalReference
                }
                unitPrice {
                  gross {
                    amount
                    currency
                  }
                }
                totalPrice {
                  gross {
                    amount
                    currency
                  }
                }
              }
              shippingMethods {
                id
                name
                price {
                  amount
                  currency
                }
              }
              availableCollectionPoints {
                id
                name
                externalReference
              }
              deliveryMethod {
                __typename
                ... on ShippingMethod {
                  id
                  name
                }
                ... on Warehouse {
                  id
                  name
                  externalReference
                }
              }
              subtotalPrice {
                gross {
                  amount
                  currency
                }
              }
              shippingPrice {
                gross {
                  amount
                  currency
                }
              }
              totalPrice {
                gross {
                  amount
                  currency
                }
                tax {
                  amount
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "address": address}
        response = self.execute(
            query=query,
            operation_name="SetCheckoutBillingAddress",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return SetCheckoutBillingAddress.model_validate(data)

    def set_checkout_shipping_address(
        self, id: str, address: AddressInput, **kwargs: Any
    ) -> SetCheckoutShippingAddress:
        query = gql("""
            mutation SetCheckoutShippingAddress($id: ID!, $address: AddressInput!) {
              checkoutShippingAddressUpdate(id: $id, shippingAddress: $address) {
                checkout {
                  ...CheckoutFields
                }
                errors {
                  field
                  code
                  message
                  addressType
                }
              }
            }

            fragment AddressFields on Address {
              firstName
              lastName
              companyName
              streetAddress1
              streetAddress2
              city
              cityArea
              countryArea
              postalCode
              country {
                code
              }
              phone
            }

            fragment CheckoutFields on Checkout {
              id
              email
              isShippingRequired
              metadata {
                key
                value
              }
              billingAddress {
                ...AddressFields
              }
              shippingAddress {
                ...AddressFields
              }
              lines {
                id
                quantity
                metadata {
                  key
                  value
                }
                variant {
                  id
                  externalReference
                }
                unitPrice {
                  gross {
                    amount
                    currency
                  }
                }
                totalPrice {
                  gross {
                    amount
                    currency
                  }
                }
              }
              shippingMethods {
                id
                name
                price {
                  amount
                  currency
                }
              }
              availableCollectionPoints {
                id
                name
                externalReference
              }
              deliveryMethod {
                __typename
                ... on ShippingMethod {
                  id
                  name
                }
                ... on Warehouse {
                  id
                  name
                  externalReference
                }
              }
              subtotalPrice {
                gross {
                  amount
                  currency
                }
              }
              shippingPrice {
                gross {
                  amount
                  currency
                }
              }
              totalPrice {
                gross {
                  amount
                  currency
                }
                tax {
                  amount
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "address": address}
        response = self.execute(
            query=query,
            operation_name="SetCheckoutShippingAddress",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return SetCheckoutShippingAddress.model_validate(data)

    def set_checkout_delivery(
        self, id: str, delivery_method_id: str, **kwargs: Any
    ) -> SetCheckoutDelivery:
        query = gql("""
            mutation SetCheckoutDelivery($id: ID!, $deliveryMethodId: ID!) {
              checkoutDeliveryMethodUpdate(id: $id, deliveryMethodId: $deliveryMethodId) {
                checkout {
                  ...CheckoutFields
                }
                errors {
                  field
                  code
                  message
                }
              }
            }

            fragment AddressFields on Address {
              firstName
              lastName
              companyName
              streetAddress1
              streetAddress2
              city
              cityArea
              countryArea
              postalCode
              country {
                code
              }
              phone
            }

            fragment CheckoutFields on Checkout {
              id
              email
              isShippingRequired
              metadata {
                key
                value
              }
              billingAddress {
                ...AddressFields
              }
              shippingAddress {
                ...AddressFields
              }
              lines {
                id
                quantity
                metadata {
                  key
                  value
                }
                variant {
                  id
                  externalReference
                }
                unitPrice {
                  gross {
                    amount
                    currency
                  }
                }
                totalPrice {
                  gross {
                    amount
                    currency
                  }
                }
              }
              shippingMethods {
                id
                name
                price {
                  amount
                  currency
                }
              }
              availableCollectionPoints {
                id
                name
                externalReference
              }
              deliveryMethod {
                __typename
                ... on ShippingMethod {
                  id
                  name
                }
                ... on Warehouse {
                  id
                  name
                  externalReference
                }
              }
              subtotalPrice {
                gross {
                  amount
                  currency
                }
              }
              shippingPrice {
                gross {
                  amount
                  currency
                }
              }
              totalPrice {
                gross {
                  amount
                  currency
                }
                tax {
                  amount
                }
              }
            }
            """)
        variables: dict[str, object] = {
            "id": id,
            "deliveryMethodId": delivery_method_id,
        }
        response = self.execute(
            query=query,
            operation_name="SetCheckoutDelivery",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return SetCheckoutDelivery.model_validate(data)

    def complete_checkout(self, id: str, **kwargs: Any) -> CompleteCheckout:
        query = gql("""
            mutation CompleteCheckout($id: ID!) {
              checkoutComplete(id: $id) {
                order {
                  ...OrderFields
                }
                errors {
                  field
                  code
                  message
                  lines
                  variants
                  addressType
                }
              }
            }

            fragment AddressFields on Address {
              firstName
              lastName
              companyName
              streetAddress1
              streetAddress2
              city
              cityArea
              countryArea
              postalCode
              country {
                code
              }
              phone
            }

            fragment FulfillmentFields on Fulfillment {
              id
              status
              created
              trackingNumber
              warehouse {
                id
                externalReference
              }
              lines {
                quantity
                orderLine {
                  id
                }
              }
            }

            fragment OrderFields on Order {
              id
              number
              status
              created
              updatedAt
              checkoutId
              userEmail
              chargeStatus
              isPaid
              metadata {
                key
                value
              }
              channel {
                slug
              }
              shippingMethodName
              collectionPointName
              billingAddress {
                ...AddressFields
              }
              shippingAddress {
                ...AddressFields
              }
              deliveryMethod {
                __typename
                ... on ShippingMethod {
                  id
                  name
                }
                ... on Warehouse {
                  id
                  name
                  externalReference
                }
              }
              subtotal {
                gross {
                  amount
                  currency
                }
              }
              shippingPrice {
                gross {
                  amount
                  currency
                }
              }
              total {
                gross {
                  amount
                  currency
                }
                tax {
                  amount
                }
              }
              lines {
                ...OrderLineFields
              }
              fulfillments {
                ...FulfillmentFields
              }
            }

            fragment OrderLineFields on OrderLine {
              id
              productName
              variantName
              productSku
              quantity
              quantityFulfilled
              quantityToFulfill
              metadata {
                key
                value
              }
              variant {
                id
                externalReference
              }
              unitPrice {
                gross {
                  amount
                  currency
                }
              }
              totalPrice {
                gross {
                  amount
                  currency
                }
              }
              allocations {
                quantity
                warehouse {
                  id
                  externalReference
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id}
        response = self.execute(
            query=query,
            operation_name="CompleteCheckout",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CompleteCheckout.model_validate(data)

    def empty_checkout(
        self, id: str, lines_ids: list[str], **kwargs: Any
    ) -> EmptyCheckout:
        query = gql("""
            mutation EmptyCheckout($id: ID!, $linesIds: [ID!]!) {
              checkoutLinesDelete(id: $id, linesIds: $linesIds) {
                checkout {
                  id
                }
                errors {
                  field
                  code
                  message
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "linesIds": lines_ids}
        response = self.execute(
            query=query, operation_name="EmptyCheckout", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return EmptyCheckout.model_validate(data)

    def order(self, id: str, **kwargs: Any) -> Order:
        query = gql("""
            query Order($id: ID!) {
              order(id: $id) {
                ...OrderFields
              }
            }

            fragment AddressFields on Address {
              firstName
              lastName
              companyName
              streetAddress1
              streetAddress2
              city
              cityArea
              countryArea
              postalCode
              country {
                code
              }
              phone
            }

            fragment FulfillmentFields on Fulfillment {
              id
              status
              created
              trackingNumber
              warehouse {
                id
                externalReference
              }
              lines {
                quantity
                orderLine {
                  id
                }
              }
            }

            fragment OrderFields on Order {
              id
              number
              status
              created
              updatedAt
              checkoutId
              userEmail
              chargeStatus
              isPaid
              metadata {
                key
                value
              }
              channel {
                slug
              }
              shippingMethodName
              collectionPointName
              billingAddress {
                ...AddressFields
              }
              shippingAddress {
                ...AddressFields
              }
              deliveryMethod {
                __typename
                ... on ShippingMethod {
                  id
                  name
                }
                ... on Warehouse {
                  id
                  name
                  externalReference
                }
              }
              subtotal {
                gross {
                  amount
                  currency
                }
              }
              shippingPrice {
                gross {
                  amount
                  currency
                }
              }
              total {
                gross {
                  amount
                  currency
                }
                tax {
                  amount
                }
              }
              lines {
                ...OrderLineFields
              }
              fulfillments {
                ...FulfillmentFields
              }
            }

            fragment OrderLineFields on OrderLine {
              id
              productName
              variantName
              productSku
              quantity
              quantityFulfilled
              quantityToFulfill
              metadata {
                key
                value
              }
              variant {
                id
                externalReference
              }
              unitPrice {
                gross {
                  amount
                  currency
                }
              }
              totalPrice {
                gross {
                  amount
                  currency
                }
              }
              allocations {
                quantity
                warehouse {
                  id
                  externalReference
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id}
        response = self.execute(
            query=query, operation_name="Order", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return Order.model_validate(data)

    def orders(
        self,
        first: int,
        after: Union[Optional[str], UnsetType] = UNSET,
        filter_: Union[Optional[OrderFilterInput], UnsetType] = UNSET,
        sort_by: Union[Optional[OrderSortingInput], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> Orders:
        query = gql("""
            query Orders($first: Int!, $after: String, $filter: OrderFilterInput, $sortBy: OrderSortingInput) {
              orders(first: $first, after: $after, filter: $filter, sortBy: $sortBy) {
                pageInfo {
                  hasNextPage
                  endCursor
                }
                edges {
                  node {
                    ...OrderFields
                  }
                }
              }
            }

            fragment AddressFields on Address {
              firstName
              lastName
              companyName
              streetAddress1
              streetAddress2
              city
              cityArea
              countryArea
              postalCode
              country {
                code
              }
              phone
            }

            fragment FulfillmentFields on Fulfillment {
              id
              status
              created
              trackingNumber
              warehouse {
                id
                externalReference
              }
              lines {
                quantity
                orderLine {
                  id
                }
              }
            }

            fragment OrderFields on Order {
              id
              number
              status
              created
              updatedAt
              checkoutId
              userEmail
              chargeStatus
              isPaid
              metadata {
                key
                value
              }
              channel {
                slug
              }
              shippingMethodName
              collectionPointName
              billingAddress {
                ...AddressFields
              }
              shippingAddress {
                ...AddressFields
              }
              deliveryMethod {
                __typename
                ... on ShippingMethod {
                  id
                  name
                }
                ... on Warehouse {
                  id
                  name
                  externalReference
                }
              }
              subtotal {
                gross {
                  amount
                  currency
                }
              }
              shippingPrice {
                gross {
                  amount
                  currency
                }
              }
              total {
                gross {
                  amount
                  currency
                }
                tax {
                  amount
                }
              }
              lines {
                ...OrderLineFields
              }
              fulfillments {
                ...FulfillmentFields
              }
            }

            fragment OrderLineFields on OrderLine {
              id
              productName
              variantName
              productSku
              quantity
              quantityFulfilled
              quantityToFulfill
              metadata {
                key
                value
              }
              variant {
                id
                externalReference
              }
              unitPrice {
                gross {
                  amount
                  currency
                }
              }
              totalPrice {
                gross {
                  amount
                  currency
                }
              }
              allocations {
                quantity
                warehouse {
                  id
                  externalReference
                }
              }
            }
            """)
        variables: dict[str, object] = {
            "first": first,
            "after": after,
            "filter": filter_,
            "sortBy": sort_by,
        }
        response = self.execute(
            query=query, operation_name="Orders", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return Orders.model_validate(data)

    def mark_order_paid(self, id: str, reference: str, **kwargs: Any) -> MarkOrderPaid:
        query = gql("""
            mutation MarkOrderPaid($id: ID!, $reference: String!) {
              orderMarkAsPaid(id: $id, transactionReference: $reference) {
                order {
                  ...OrderFields
                }
                errors {
                  field
                  code
                  message
                }
              }
            }

            fragment AddressFields on Address {
              firstName
              lastName
              companyName
              streetAddress1
              streetAddress2
              city
              cityArea
              countryArea
              postalCode
              country {
                code
              }
              phone
            }

            fragment FulfillmentFields on Fulfillment {
              id
              status
              created
              trackingNumber
              warehouse {
                id
                externalReference
              }
              lines {
                quantity
                orderLine {
                  id
                }
              }
            }

            fragment OrderFields on Order {
              id
              number
              status
              created
              updatedAt
              checkoutId
              userEmail
              chargeStatus
              isPaid
              metadata {
                key
                value
              }
              channel {
                slug
              }
              shippingMethodName
              collectionPointName
              billingAddress {
                ...AddressFields
              }
              shippingAddress {
                ...AddressFields
              }
              deliveryMethod {
                __typename
                ... on ShippingMethod {
                  id
                  name
                }
                ... on Warehouse {
                  id
                  name
                  externalReference
                }
              }
              subtotal {
                gross {
                  amount
                  currency
                }
              }
              shippingPrice {
                gross {
                  amount
                  currency
                }
              }
              total {
                gross {
                  amount
                  currency
                }
                tax {
                  amount
                }
              }
              lines {
                ...OrderLineFields
              }
              fulfillments {
                ...FulfillmentFields
              }
            }

            fragment OrderLineFields on OrderLine {
              id
              productName
              variantName
              productSku
              quantity
              quantityFulfilled
              quantityToFulfill
              metadata {
                key
                value
              }
              variant {
                id
                externalReference
              }
              unitPrice {
                gross {
                  amount
                  currency
                }
              }
              totalPrice {
                gross {
                  amount
                  currency
                }
              }
              allocations {
                quantity
                warehouse {
                  id
                  externalReference
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "reference": reference}
        response = self.execute(
            query=query, operation_name="MarkOrderPaid", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return MarkOrderPaid.model_validate(data)

    def fulfill_order(
        self, id: str, input: OrderFulfillInput, **kwargs: Any
    ) -> FulfillOrder:
        query = gql("""
            mutation FulfillOrder($id: ID!, $input: OrderFulfillInput!) {
              orderFulfill(order: $id, input: $input) {
                order {
                  ...OrderFields
                }
                errors {
                  field
                  code
                  message
                  warehouse
                  orderLines
                }
              }
            }

            fragment AddressFields on Address {
              firstName
              lastName
              companyName
              streetAddress1
              streetAddress2
              city
              cityArea
              countryArea
              postalCode
              country {
                code
              }
              phone
            }

            fragment FulfillmentFields on Fulfillment {
              id
              status
              created
              trackingNumber
              warehouse {
                id
                externalReference
              }
              lines {
                quantity
                orderLine {
                  id
                }
              }
            }

            fragment OrderFields on Order {
              id
              number
              status
              created
              updatedAt
              checkoutId
              userEmail
              chargeStatus
              isPaid
              metadata {
                key
                value
              }
              channel {
                slug
              }
              shippingMethodName
              collectionPointName
              billingAddress {
                ...AddressFields
              }
              shippingAddress {
                ...AddressFields
              }
              deliveryMethod {
                __typename
                ... on ShippingMethod {
                  id
                  name
                }
                ... on Warehouse {
                  id
                  name
                  externalReference
                }
              }
              subtotal {
                gross {
                  amount
                  currency
                }
              }
              shippingPrice {
                gross {
                  amount
                  currency
                }
              }
              total {
                gross {
                  amount
                  currency
                }
                tax {
                  amount
                }
              }
              lines {
                ...OrderLineFields
              }
              fulfillments {
                ...FulfillmentFields
              }
            }

            fragment OrderLineFields on OrderLine {
              id
              productName
              variantName
              productSku
              quantity
              quantityFulfilled
              quantityToFulfill
              metadata {
                key
                value
              }
              variant {
                id
                externalReference
              }
              unitPrice {
                gross {
                  amount
                  currency
                }
              }
              totalPrice {
                gross {
                  amount
                  currency
                }
              }
              allocations {
                quantity
                warehouse {
                  id
                  externalReference
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query, operation_name="FulfillOrder", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return FulfillOrder.model_validate(data)

    def cancel_order(self, id: str, **kwargs: Any) -> CancelOrder:
        query = gql("""
            mutation CancelOrder($id: ID!) {
              orderCancel(id: $id) {
                order {
                  ...OrderFields
                }
                errors {
                  field
                  code
                  message
                }
              }
            }

            fragment AddressFields on Address {
              firstName
              lastName
              companyName
              streetAddress1
              streetAddress2
              city
              cityArea
              countryArea
              postalCode
              country {
                code
              }
              phone
            }

            fragment FulfillmentFields on Fulfillment {
              id
              status
              created
              trackingNumber
              warehouse {
                id
                externalReference
              }
              lines {
                quantity
                orderLine {
                  id
                }
              }
            }

            fragment OrderFields on Order {
              id
              number
              status
              created
              updatedAt
              checkoutId
              userEmail
              chargeStatus
              isPaid
              metadata {
                key
                value
              }
              channel {
                slug
              }
              shippingMethodName
              collectionPointName
              billingAddress {
                ...AddressFields
              }
              shippingAddress {
                ...AddressFields
              }
              deliveryMethod {
                __typename
                ... on ShippingMethod {
                  id
                  name
                }
                ... on Warehouse {
                  id
                  name
                  externalReference
                }
              }
              subtotal {
                gross {
                  amount
                  currency
                }
              }
              shippingPrice {
                gross {
                  amount
                  currency
                }
              }
              total {
                gross {
                  amount
                  currency
                }
                tax {
                  amount
                }
              }
              lines {
                ...OrderLineFields
              }
              fulfillments {
                ...FulfillmentFields
              }
            }

            fragment OrderLineFields on OrderLine {
              id
              productName
              variantName
              productSku
              quantity
              quantityFulfilled
              quantityToFulfill
              metadata {
                key
                value
              }
              variant {
                id
                externalReference
              }
              unitPrice {
                gross {
                  amount
                  currency
                }
              }
              totalPrice {
                gross {
                  amount
                  currency
                }
              }
              allocations {
                quantity
                warehouse {
                  id
                  externalReference
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id}
        response = self.execute(
            query=query, operation_name="CancelOrder", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return CancelOrder.model_validate(data)

    def probe(self, **kwargs: Any) -> Probe:
        query = gql("""
            query Probe {
              app {
                id
              }
            }
            """)
        variables: dict[str, object] = {}
        response = self.execute(
            query=query, operation_name="Probe", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return Probe.model_validate(data)

    def product_types(self, slugs: list[str], **kwargs: Any) -> ProductTypes:
        query = gql("""
            query ProductTypes($slugs: [String!]!) {
              productTypes(first: 100, filter: {slugs: $slugs}) {
                edges {
                  node {
                    ...ProductTypeFields
                  }
                }
              }
            }

            fragment ProductTypeFields on ProductType {
              id
              slug
              name
              hasVariants
              isShippingRequired
              productAttributes {
                externalReference
              }
            }
            """)
        variables: dict[str, object] = {"slugs": slugs}
        response = self.execute(
            query=query, operation_name="ProductTypes", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return ProductTypes.model_validate(data)

    def create_product_type(
        self, input: ProductTypeInput, **kwargs: Any
    ) -> CreateProductType:
        query = gql("""
            mutation CreateProductType($input: ProductTypeInput!) {
              productTypeCreate(input: $input) {
                productType {
                  ...ProductTypeFields
                }
                errors {
                  field
                  code
                  message
                }
              }
            }

            fragment ProductTypeFields on ProductType {
              id
              slug
              name
              hasVariants
              isShippingRequired
              productAttributes {
                externalReference
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query,
            operation_name="CreateProductType",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CreateProductType.model_validate(data)

    def assign_attributes(
        self,
        product_type: str,
        operations: list[ProductAttributeAssignInput],
        **kwargs: Any,
    ) -> AssignAttributes:
        query = gql("""
            mutation AssignAttributes($productType: ID!, $operations: [ProductAttributeAssignInput!]!) {
              productAttributeAssign(productTypeId: $productType, operations: $operations) {
                productType {
                  id
                }
                errors {
                  field
                  code
                  message
                }
              }
            }
            """)
        variables: dict[str, object] = {
            "productType": product_type,
            "operations": operations,
        }
        response = self.execute(
            query=query,
            operation_name="AssignAttributes",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return AssignAttributes.model_validate(data)

    def product(self, external_reference: str, **kwargs: Any) -> Product:
        query = gql("""
            query Product($externalReference: String!) {
              product(externalReference: $externalReference) {
                ...ProductFields
              }
            }

            fragment ProductFields on Product {
              id
              externalReference
              name
              slug
              updatedAt
              hash: metafield(key: "chosao.hash")
              channelListings {
                channel {
                  slug
                }
                isPublished
                visibleInListings
                isAvailableForPurchase
              }
              productVariants(first: 20) {
                edges {
                  node {
                    id
                    externalReference
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"externalReference": external_reference}
        response = self.execute(
            query=query, operation_name="Product", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return Product.model_validate(data)

    def products(
        self, first: int, after: Union[Optional[str], UnsetType] = UNSET, **kwargs: Any
    ) -> Products:
        query = gql("""
            query Products($first: Int!, $after: String) {
              products(first: $first, after: $after) {
                pageInfo {
                  hasNextPage
                  endCursor
                }
                edges {
                  node {
                    ...ProductFields
                  }
                }
              }
            }

            fragment ProductFields on Product {
              id
              externalReference
              name
              slug
              updatedAt
              hash: metafield(key: "chosao.hash")
              channelListings {
                channel {
                  slug
                }
                isPublished
                visibleInListings
                isAvailableForPurchase
              }
              productVariants(first: 20) {
                edges {
                  node {
                    id
                    externalReference
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"first": first, "after": after}
        response = self.execute(
            query=query, operation_name="Products", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return Products.model_validate(data)

    def create_products(
        self, products: list[ProductBulkCreateInput], **kwargs: Any
    ) -> CreateProducts:
        query = gql("""
            mutation CreateProducts($products: [ProductBulkCreateInput!]!) {
              productBulkCreate(products: $products, errorPolicy: REJECT_FAILED_ROWS) {
                count
                results {
                  product {
                    id
                    externalReference
                  }
                  errors {
                    path
                    code
                    message
                  }
                }
                errors {
                  path
                  code
                  message
                }
              }
            }
            """)
        variables: dict[str, object] = {"products": products}
        response = self.execute(
            query=query, operation_name="CreateProducts", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return CreateProducts.model_validate(data)

    def update_product(
        self, external_reference: str, input: ProductInput, **kwargs: Any
    ) -> UpdateProduct:
        query = gql("""
            mutation UpdateProduct($externalReference: String!, $input: ProductInput!) {
              productUpdate(externalReference: $externalReference, input: $input) {
                product {
                  ...ProductFields
                }
                errors {
                  field
                  code
                  message
                }
              }
            }

            fragment ProductFields on Product {
              id
              externalReference
              name
              slug
              updatedAt
              hash: metafield(key: "chosao.hash")
              channelListings {
                channel {
                  slug
                }
                isPublished
                visibleInListings
                isAvailableForPurchase
              }
              productVariants(first: 20) {
                edges {
                  node {
                    id
                    externalReference
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {
            "externalReference": external_reference,
            "input": input,
        }
        response = self.execute(
            query=query, operation_name="UpdateProduct", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return UpdateProduct.model_validate(data)

    def set_product_listing(
        self, id: str, input: ProductChannelListingUpdateInput, **kwargs: Any
    ) -> SetProductListing:
        query = gql("""
            mutation SetProductListing($id: ID!, $input: ProductChannelListingUpdateInput!) {
              productChannelListingUpdate(id: $id, input: $input) {
                product {
                  id
                  channelListings {
                    channel {
                      slug
                    }
                    isPublished
                    visibleInListings
                    isAvailableForPurchase
                  }
                }
                errors {
                  field
                  code
                  message
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query,
            operation_name="SetProductListing",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return SetProductListing.model_validate(data)

    def update_products(
        self,
        reference_1: str,
        input_1: ProductInput,
        reference_2: str,
        input_2: ProductInput,
        two: bool,
        reference_3: str,
        input_3: ProductInput,
        three: bool,
        reference_4: str,
        input_4: ProductInput,
        four: bool,
        **kwargs: Any,
    ) -> UpdateProducts:
        query = gql("""
            mutation UpdateProducts($reference1: String!, $input1: ProductInput!, $reference2: String!, $input2: ProductInput!, $two: Boolean!, $reference3: String!, $input3: ProductInput!, $three: Boolean!, $reference4: String!, $input4: ProductInput!, $four: Boolean!) {
              one: productUpdate(externalReference: $reference1, input: $input1) {
                refusals: errors {
                  field
                  code
                  message
                }
              }
              two: productUpdate(externalReference: $reference2, input: $input2) @include(if: $two) {
                refusals: errors {
                  field
                  code
                  message
                }
              }
              three: productUpdate(externalReference: $reference3, input: $input3) @include(if: $three) {
                refusals: errors {
                  field
                  code
                  message
                }
              }
              four: productUpdate(externalReference: $reference4, input: $input4) @include(if: $four) {
                refusals: errors {
                  field
                  code
                  message
                }
              }
            }
            """)
        variables: dict[str, object] = {
            "reference1": reference_1,
            "input1": input_1,
            "reference2": reference_2,
            "input2": input_2,
            "two": two,
            "reference3": reference_3,
            "input3": input_3,
            "three": three,
            "reference4": reference_4,
            "input4": input_4,
            "four": four,
        }
        response = self.execute(
            query=query, operation_name="UpdateProducts", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return UpdateProducts.model_validate(data)

    def set_product_listings(
        self,
        input: ProductChannelListingUpdateInput,
        id_1: str,
        id_2: str,
        two: bool,
        id_3: str,
        three: bool,
        id_4: str,
        four: bool,
        **kwargs: Any,
    ) -> SetProductListings:
        query = gql("""
            mutation SetProductListings($input: ProductChannelListingUpdateInput!, $id1: ID!, $id2: ID!, $two: Boolean!, $id3: ID!, $three: Boolean!, $id4: ID!, $four: Boolean!) {
              one: productChannelListingUpdate(id: $id1, input: $input) {
                refusals: errors {
                  field
                  code
                  message
                }
              }
              two: productChannelListingUpdate(id: $id2, input: $input) @include(if: $two) {
                refusals: errors {
                  field
                  code
                  message
                }
              }
              three: productChannelListingUpdate(id: $id3, input: $input) @include(if: $three) {
                refusals: errors {
                  field
                  code
                  message
                }
              }
              four: productChannelListingUpdate(id: $id4, input: $input) @include(if: $four) {
                refusals: errors {
                  field
                  code
                  message
                }
              }
            }
            """)
        variables: dict[str, object] = {
            "input": input,
            "id1": id_1,
            "id2": id_2,
            "two": two,
            "id3": id_3,
            "three": three,
            "id4": id_4,
            "four": four,
        }
        response = self.execute(
            query=query,
            operation_name="SetProductListings",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return SetProductListings.model_validate(data)

    def published_products(
        self, first: int, after: Union[Optional[str], UnsetType] = UNSET, **kwargs: Any
    ) -> PublishedProducts:
        query = gql("""
            query PublishedProducts($first: Int!, $after: String) {
              products(first: $first, after: $after) {
                pageInfo {
                  hasNextPage
                  endCursor
                }
                edges {
                  node {
                    ...PublishedFields
                  }
                }
              }
            }

            fragment PublishedFields on Product {
              id
              externalReference
              name
              slug
              hash: metafield(key: "chosao.hash")
              category {
                slug
              }
              channelListings {
                channel {
                  slug
                }
                isPublished
                visibleInListings
                isAvailableForPurchase
              }
              attributes {
                attribute {
                  externalReference
                }
                values {
                  externalReference
                  plainText
                  date
                }
              }
            }
            """)
        variables: dict[str, object] = {"first": first, "after": after}
        response = self.execute(
            query=query,
            operation_name="PublishedProducts",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return PublishedProducts.model_validate(data)

    def published_product(
        self, external_reference: str, **kwargs: Any
    ) -> PublishedProduct:
        query = gql("""
            query PublishedProduct($externalReference: String!) {
              product(externalReference: $externalReference) {
                ...PublishedFields
              }
            }

            fragment PublishedFields on Product {
              id
              externalReference
              name
              slug
              hash: metafield(key: "chosao.hash")
              category {
                slug
              }
              channelListings {
                channel {
                  slug
                }
                isPublished
                visibleInListings
                isAvailableForPurchase
              }
              attributes {
                attribute {
                  externalReference
                }
                values {
                  externalReference
                  plainText
                  date
                }
              }
            }
            """)
        variables: dict[str, object] = {"externalReference": external_reference}
        response = self.execute(
            query=query,
            operation_name="PublishedProduct",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return PublishedProduct.model_validate(data)

    def product_id(self, external_reference: str, **kwargs: Any) -> ProductId:
        query = gql("""
            query ProductId($externalReference: String!) {
              product(externalReference: $externalReference) {
                id
              }
            }
            """)
        variables: dict[str, object] = {"externalReference": external_reference}
        response = self.execute(
            query=query, operation_name="ProductId", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return ProductId.model_validate(data)

    def shipping_zones(
        self, first: int, after: Union[Optional[str], UnsetType] = UNSET, **kwargs: Any
    ) -> ShippingZones:
        query = gql("""
            query ShippingZones($first: Int!, $after: String) {
              shippingZones(first: $first, after: $after) {
                pageInfo {
                  hasNextPage
                  endCursor
                }
                edges {
                  node {
                    ...ShippingZoneFields
                  }
                }
              }
            }

            fragment ShippingZoneFields on ShippingZone {
              id
              name
              countries {
                code
              }
              channels {
                slug
              }
              shippingMethods {
                id
                name
                channelListings {
                  channel {
                    slug
                  }
                  price {
                    amount
                    currency
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"first": first, "after": after}
        response = self.execute(
            query=query, operation_name="ShippingZones", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return ShippingZones.model_validate(data)

    def create_shipping_zone(
        self, input: ShippingZoneCreateInput, **kwargs: Any
    ) -> CreateShippingZone:
        query = gql("""
            mutation CreateShippingZone($input: ShippingZoneCreateInput!) {
              shippingZoneCreate(input: $input) {
                shippingZone {
                  ...ShippingZoneFields
                }
                errors {
                  field
                  code
                  message
                }
              }
            }

            fragment ShippingZoneFields on ShippingZone {
              id
              name
              countries {
                code
              }
              channels {
                slug
              }
              shippingMethods {
                id
                name
                channelListings {
                  channel {
                    slug
                  }
                  price {
                    amount
                    currency
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query,
            operation_name="CreateShippingZone",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CreateShippingZone.model_validate(data)

    def update_shipping_zone(
        self, id: str, input: ShippingZoneUpdateInput, **kwargs: Any
    ) -> UpdateShippingZone:
        query = gql("""
            mutation UpdateShippingZone($id: ID!, $input: ShippingZoneUpdateInput!) {
              shippingZoneUpdate(id: $id, input: $input) {
                shippingZone {
                  ...ShippingZoneFields
                }
                errors {
                  field
                  code
                  message
                }
              }
            }

            fragment ShippingZoneFields on ShippingZone {
              id
              name
              countries {
                code
              }
              channels {
                slug
              }
              shippingMethods {
                id
                name
                channelListings {
                  channel {
                    slug
                  }
                  price {
                    amount
                    currency
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query,
            operation_name="UpdateShippingZone",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return UpdateShippingZone.model_validate(data)

    def create_shipping_price(
        self, input: ShippingPriceInput, **kwargs: Any
    ) -> CreateShippingPrice:
        query = gql("""
            mutation CreateShippingPrice($input: ShippingPriceInput!) {
              shippingPriceCreate(input: $input) {
                shippingMethod {
                  id
                  name
                }
                errors {
                  field
                  code
                  message
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query,
            operation_name="CreateShippingPrice",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CreateShippingPrice.model_validate(data)

    def set_shipping_price(
        self, id: str, input: ShippingMethodChannelListingInput, **kwargs: Any
    ) -> SetShippingPrice:
        query = gql("""
            mutation SetShippingPrice($id: ID!, $input: ShippingMethodChannelListingInput!) {
              shippingMethodChannelListingUpdate(id: $id, input: $input) {
                shippingMethod {
                  id
                  channelListings {
                    channel {
                      slug
                    }
                    price {
                      amount
                      currency
                    }
                  }
                }
                errors {
                  field
                  code
                  message
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query,
            operation_name="SetShippingPrice",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return SetShippingPrice.model_validate(data)

    def zone_warehouses(self, id: str, **kwargs: Any) -> ZoneWarehouses:
        query = gql("""
            query ZoneWarehouses($id: ID!) {
              shippingZone(id: $id) {
                warehouses {
                  externalReference
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id}
        response = self.execute(
            query=query, operation_name="ZoneWarehouses", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return ZoneWarehouses.model_validate(data)

    def our_app(self, **kwargs: Any) -> OurApp:
        query = gql("""
            query OurApp {
              app {
                id
                name
                isActive
                permissions {
                  code
                }
                webhooks {
                  ...WebhookFields
                }
              }
            }

            fragment WebhookFields on Webhook {
              id
              name
              targetUrl
              isActive
              subscriptionQuery
              asyncEvents {
                eventType
              }
            }
            """)
        variables: dict[str, object] = {}
        response = self.execute(
            query=query, operation_name="OurApp", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return OurApp.model_validate(data)

    def shop_settings(self, **kwargs: Any) -> ShopSettings:
        query = gql("""
            query ShopSettings {
              shop {
                name
                version
                fulfillmentAllowUnpaid
                fulfillmentAutoApprove
                trackInventoryByDefault
                limitQuantityPerCheckout
                useLegacyShippingZoneStockAvailability
              }
            }
            """)
        variables: dict[str, object] = {}
        response = self.execute(
            query=query, operation_name="ShopSettings", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return ShopSettings.model_validate(data)

    def update_shop_settings(
        self, input: ShopSettingsInput, **kwargs: Any
    ) -> UpdateShopSettings:
        query = gql("""
            mutation UpdateShopSettings($input: ShopSettingsInput!) {
              shopSettingsUpdate(input: $input) {
                shop {
                  name
                }
                errors {
                  field
                  code
                  message
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query,
            operation_name="UpdateShopSettings",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return UpdateShopSettings.model_validate(data)

    def set_metadata(
        self, id: str, input: list[MetadataInput], **kwargs: Any
    ) -> SetMetadata:
        query = gql("""
            mutation SetMetadata($id: ID!, $input: [MetadataInput!]!) {
              updateMetadata(id: $id, input: $input) {
                errors {
                  field
                  code
                  message
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query, operation_name="SetMetadata", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return SetMetadata.model_validate(data)

    def variant(self, external_reference: str, **kwargs: Any) -> Variant:
        query = gql("""
            query Variant($externalReference: String!) {
              productVariant(externalReference: $externalReference) {
                ...VariantFields
              }
            }

            fragment VariantFields on ProductVariant {
              id
              externalReference
              sku
              name
              updatedAt
              trackInventory
              weight {
                unit
                value
              }
              product {
                externalReference
              }
              channelListings {
                channel {
                  slug
                }
                price {
                  amount
                  currency
                }
              }
              stocks {
                warehouse {
                  externalReference
                  clickAndCollectOption
                }
                quantity
                quantityAllocated
              }
            }
            """)
        variables: dict[str, object] = {"externalReference": external_reference}
        response = self.execute(
            query=query, operation_name="Variant", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return Variant.model_validate(data)

    def variants(
        self,
        first: int,
        where: Union[Optional[ProductVariantWhereInput], UnsetType] = UNSET,
        after: Union[Optional[str], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> Variants:
        query = gql("""
            query Variants($where: ProductVariantWhereInput, $first: Int!, $after: String) {
              productVariants(where: $where, first: $first, after: $after) {
                pageInfo {
                  hasNextPage
                  endCursor
                }
                edges {
                  node {
                    ...VariantFields
                  }
                }
              }
            }

            fragment VariantFields on ProductVariant {
              id
              externalReference
              sku
              name
              updatedAt
              trackInventory
              weight {
                unit
                value
              }
              product {
                externalReference
              }
              channelListings {
                channel {
                  slug
                }
                price {
                  amount
                  currency
                }
              }
              stocks {
                warehouse {
                  externalReference
                  clickAndCollectOption
                }
                quantity
                quantityAllocated
              }
            }
            """)
        variables: dict[str, object] = {"where": where, "first": first, "after": after}
        response = self.execute(
            query=query, operation_name="Variants", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return Variants.model_validate(data)

    def create_variants(
        self, product: str, variants: list[ProductVariantBulkCreateInput], **kwargs: Any
    ) -> CreateVariants:
        query = gql("""
            mutation CreateVariants($product: ID!, $variants: [ProductVariantBulkCreateInput!]!) {
              productVariantBulkCreate(
                product: $product
                variants: $variants
                errorPolicy: REJECT_FAILED_ROWS
              ) {
                count
                results {
                  productVariant {
                    ...VariantFields
                  }
                  errors {
                    path
                    code
                    message
                  }
                }
                errors {
                  field
                  code
                  message
                }
              }
            }

            fragment VariantFields on ProductVariant {
              id
              externalReference
              sku
              name
              updatedAt
              trackInventory
              weight {
                unit
                value
              }
              product {
                externalReference
              }
              channelListings {
                channel {
                  slug
                }
                price {
                  amount
                  currency
                }
              }
              stocks {
                warehouse {
                  externalReference
                  clickAndCollectOption
                }
                quantity
                quantityAllocated
              }
            }
            """)
        variables: dict[str, object] = {"product": product, "variants": variants}
        response = self.execute(
            query=query, operation_name="CreateVariants", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return CreateVariants.model_validate(data)

    def update_variant(
        self, external_reference: str, input: ProductVariantInput, **kwargs: Any
    ) -> UpdateVariant:
        query = gql("""
            mutation UpdateVariant($externalReference: String!, $input: ProductVariantInput!) {
              productVariantUpdate(externalReference: $externalReference, input: $input) {
                productVariant {
                  ...VariantFields
                }
                errors {
                  field
                  code
                  message
                }
              }
            }

            fragment VariantFields on ProductVariant {
              id
              externalReference
              sku
              name
              updatedAt
              trackInventory
              weight {
                unit
                value
              }
              product {
                externalReference
              }
              channelListings {
                channel {
                  slug
                }
                price {
                  amount
                  currency
                }
              }
              stocks {
                warehouse {
                  externalReference
                  clickAndCollectOption
                }
                quantity
                quantityAllocated
              }
            }
            """)
        variables: dict[str, object] = {
            "externalReference": external_reference,
            "input": input,
        }
        response = self.execute(
            query=query, operation_name="UpdateVariant", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return UpdateVariant.model_validate(data)

    def set_variant_price(
        self, id: str, input: list[ProductVariantChannelListingAddInput], **kwargs: Any
    ) -> SetVariantPrice:
        query = gql("""
            mutation SetVariantPrice($id: ID!, $input: [ProductVariantChannelListingAddInput!]!) {
              productVariantChannelListingUpdate(id: $id, input: $input) {
                variant {
                  ...VariantFields
                }
                errors {
                  field
                  code
                  message
                }
              }
            }

            fragment VariantFields on ProductVariant {
              id
              externalReference
              sku
              name
              updatedAt
              trackInventory
              weight {
                unit
                value
              }
              product {
                externalReference
              }
              channelListings {
                channel {
                  slug
                }
                price {
                  amount
                  currency
                }
              }
              stocks {
                warehouse {
                  externalReference
                  clickAndCollectOption
                }
                quantity
                quantityAllocated
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query, operation_name="SetVariantPrice", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return SetVariantPrice.model_validate(data)

    def set_variant_stocks(
        self, id: str, stocks: list[StockInput], **kwargs: Any
    ) -> SetVariantStocks:
        query = gql("""
            mutation SetVariantStocks($id: ID!, $stocks: [StockInput!]!) {
              productVariantStocksUpdate(variantId: $id, stocks: $stocks) {
                productVariant {
                  ...VariantFields
                }
                errors {
                  field
                  code
                  message
                  index
                }
              }
            }

            fragment VariantFields on ProductVariant {
              id
              externalReference
              sku
              name
              updatedAt
              trackInventory
              weight {
                unit
                value
              }
              product {
                externalReference
              }
              channelListings {
                channel {
                  slug
                }
                price {
                  amount
                  currency
                }
              }
              stocks {
                warehouse {
                  externalReference
                  clickAndCollectOption
                }
                quantity
                quantityAllocated
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "stocks": stocks}
        response = self.execute(
            query=query,
            operation_name="SetVariantStocks",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return SetVariantStocks.model_validate(data)

    def update_stocks(
        self, stocks: list[StockBulkUpdateInput], **kwargs: Any
    ) -> UpdateStocks:
        query = gql("""
            mutation UpdateStocks($stocks: [StockBulkUpdateInput!]!) {
              stockBulkUpdate(stocks: $stocks, errorPolicy: REJECT_FAILED_ROWS) {
                count
                results {
                  stock {
                    id
                    quantity
                  }
                  errors {
                    field
                    code
                    message
                  }
                }
                errors {
                  field
                  code
                  message
                }
              }
            }
            """)
        variables: dict[str, object] = {"stocks": stocks}
        response = self.execute(
            query=query, operation_name="UpdateStocks", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return UpdateStocks.model_validate(data)

    def set_variant_prices(
        self,
        sku_1: str,
        input_1: list[ProductVariantChannelListingAddInput],
        sku_2: str,
        input_2: list[ProductVariantChannelListingAddInput],
        two: bool,
        sku_3: str,
        input_3: list[ProductVariantChannelListingAddInput],
        three: bool,
        sku_4: str,
        input_4: list[ProductVariantChannelListingAddInput],
        four: bool,
        **kwargs: Any,
    ) -> SetVariantPrices:
        query = gql("""
            mutation SetVariantPrices($sku1: String!, $input1: [ProductVariantChannelListingAddInput!]!, $sku2: String!, $input2: [ProductVariantChannelListingAddInput!]!, $two: Boolean!, $sku3: String!, $input3: [ProductVariantChannelListingAddInput!]!, $three: Boolean!, $sku4: String!, $input4: [ProductVariantChannelListingAddInput!]!, $four: Boolean!) {
              one: productVariantChannelListingUpdate(sku: $sku1, input: $input1) {
                refusals: errors {
                  field
                  code
                  message
                }
              }
              two: productVariantChannelListingUpdate(sku: $sku2, input: $input2) @include(if: $two) {
                refusals: errors {
                  field
                  code
                  message
                }
              }
              three: productVariantChannelListingUpdate(sku: $sku3, input: $input3) @include(if: $three) {
                refusals: errors {
                  field
                  code
                  message
                }
              }
              four: productVariantChannelListingUpdate(sku: $sku4, input: $input4) @include(if: $four) {
                refusals: errors {
                  field
                  code
                  message
                }
              }
            }
            """)
        variables: dict[str, object] = {
            "sku1": sku_1,
            "input1": input_1,
            "sku2": sku_2,
            "input2": input_2,
            "two": two,
            "sku3": sku_3,
            "input3": input_3,
            "three": three,
            "sku4": sku_4,
            "input4": input_4,
            "four": four,
        }
        response = self.execute(
            query=query,
            operation_name="SetVariantPrices",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return SetVariantPrices.model_validate(data)

    def warehouse(self, external_reference: str, **kwargs: Any) -> Warehouse:
        query = gql("""
            query Warehouse($externalReference: String!) {
              warehouse(externalReference: $externalReference) {
                ...WarehouseFields
              }
            }

            fragment WarehouseFields on Warehouse {
              id
              slug
              name
              externalReference
              clickAndCollectOption
              isPrivate
              address {
                streetAddress1
                city
                countryArea
                country {
                  code
                }
                phone
              }
            }
            """)
        variables: dict[str, object] = {"externalReference": external_reference}
        response = self.execute(
            query=query, operation_name="Warehouse", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return Warehouse.model_validate(data)

    def warehouses(self, slugs: list[str], **kwargs: Any) -> Warehouses:
        query = gql("""
            query Warehouses($slugs: [String!]!) {
              warehouses(first: 100, filter: {slugs: $slugs}) {
                edges {
                  node {
                    ...WarehouseFields
                  }
                }
              }
            }

            fragment WarehouseFields on Warehouse {
              id
              slug
              name
              externalReference
              clickAndCollectOption
              isPrivate
              address {
                streetAddress1
                city
                countryArea
                country {
                  code
                }
                phone
              }
            }
            """)
        variables: dict[str, object] = {"slugs": slugs}
        response = self.execute(
            query=query, operation_name="Warehouses", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return Warehouses.model_validate(data)

    def create_warehouse(
        self, input: WarehouseCreateInput, **kwargs: Any
    ) -> CreateWarehouse:
        query = gql("""
            mutation CreateWarehouse($input: WarehouseCreateInput!) {
              createWarehouse(input: $input) {
                warehouse {
                  ...WarehouseFields
                }
                errors {
                  field
                  code
                  message
                }
              }
            }

            fragment WarehouseFields on Warehouse {
              id
              slug
              name
              externalReference
              clickAndCollectOption
              isPrivate
              address {
                streetAddress1
                city
                countryArea
                country {
                  code
                }
                phone
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query, operation_name="CreateWarehouse", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return CreateWarehouse.model_validate(data)

    def update_warehouse(
        self, id: str, input: WarehouseUpdateInput, **kwargs: Any
    ) -> UpdateWarehouse:
        query = gql("""
            mutation UpdateWarehouse($id: ID!, $input: WarehouseUpdateInput!) {
              updateWarehouse(id: $id, input: $input) {
                warehouse {
                  ...WarehouseFields
                }
                errors {
                  field
                  code
                  message
                }
              }
            }

            fragment WarehouseFields on Warehouse {
              id
              slug
              name
              externalReference
              clickAndCollectOption
              isPrivate
              address {
                streetAddress1
                city
                countryArea
                country {
                  code
                }
                phone
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query, operation_name="UpdateWarehouse", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return UpdateWarehouse.model_validate(data)

    def create_webhook(self, input: WebhookCreateInput, **kwargs: Any) -> CreateWebhook:
        query = gql("""
            mutation CreateWebhook($input: WebhookCreateInput!) {
              webhookCreate(input: $input) {
                webhook {
                  ...WebhookFields
                }
                errors {
                  field
                  code
                  message
                }
              }
            }

            fragment WebhookFields on Webhook {
              id
              name
              targetUrl
              isActive
              subscriptionQuery
              asyncEvents {
                eventType
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query, operation_name="CreateWebhook", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return CreateWebhook.model_validate(data)

    def update_webhook(
        self, id: str, input: WebhookUpdateInput, **kwargs: Any
    ) -> UpdateWebhook:
        query = gql("""
            mutation UpdateWebhook($id: ID!, $input: WebhookUpdateInput!) {
              webhookUpdate(id: $id, input: $input) {
                webhook {
                  ...WebhookFields
                }
                errors {
                  field
                  code
                  message
                }
              }
            }

            fragment WebhookFields on Webhook {
              id
              name
              targetUrl
              isActive
              subscriptionQuery
              asyncEvents {
                eventType
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query, operation_name="UpdateWebhook", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return UpdateWebhook.model_validate(data)

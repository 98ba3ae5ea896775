"""The shop's settings in the schema."""

from typing import Any

import graphene
from django.conf import settings

from deploy.embedded.core.context import require
from deploy.embedded.core.enums import WeightUnitsEnum
from deploy.embedded.core.errors import PermissionDenied, refuse
from deploy.embedded.core.ids import global_id
from deploy.embedded.core.metadata import MetadataFields, MetadataInput, ObjectWithMetadata, set_metadata
from deploy.embedded.core.mutation import Mutation, error_type
from deploy.embedded.core.objects import SHOWN_AS, NonNullList
from deploy.embedded.shop.models import Shop as Row


class Domain(graphene.ObjectType):
    """Where the shop is."""

    host = graphene.String(required=True)
    ssl_enabled = graphene.Boolean(required=True)
    url = graphene.String(required=True)


class Shop(MetadataFields, graphene.ObjectType):
    """The shop."""

    class Meta:
        interfaces = (ObjectWithMetadata,)

    id = graphene.ID(required=True)
    name = graphene.String(required=True)
    description = graphene.String()
    header_text = graphene.String()
    domain = graphene.Field(Domain, required=True)
    version = graphene.String(required=True)
    schema_version = graphene.String(required=True)
    fulfillment_auto_approve = graphene.Boolean(required=True)
    fulfillment_allow_unpaid = graphene.Boolean(required=True)
    track_inventory_by_default = graphene.Boolean()
    default_weight_unit = WeightUnitsEnum()
    limit_quantity_per_checkout = graphene.Int()
    use_legacy_shipping_zone_stock_availability = graphene.Boolean(required=True)

    @staticmethod
    def resolve_id(root: Row, _info: graphene.ResolveInfo) -> str:
        """Always the same one."""
        return global_id("Shop", root.pk)

    @staticmethod
    def resolve_version(_root: Row, info: graphene.ResolveInfo) -> str:
        """The version of Saleor whose behaviour is kept, for apps."""
        if info.context.app is None:
            raise PermissionDenied(["AUTHENTICATED_STAFF_USER", "AUTHENTICATED_APP"])
        return settings.VERSION

    @staticmethod
    def resolve_limit_quantity_per_checkout(root: Row, info: graphene.ResolveInfo) -> int | None:
        """Pieces of one line, for those who manage settings."""
        require(info, "MANAGE_SETTINGS")
        return root.limit_quantity_per_checkout

    @staticmethod
    def resolve_schema_version(_root: Row, _info: graphene.ResolveInfo) -> str:
        """Its first two parts."""
        return ".".join(settings.VERSION.split(".")[:2])

    @staticmethod
    def resolve_domain(_root: Row, _info: graphene.ResolveInfo) -> dict[str, Any]:
        """From the public address."""
        url = settings.PUBLIC_URL
        return {"host": url.partition("://")[2], "ssl_enabled": url.startswith("https"), "url": f"{url}/"}


SHOWN_AS[Row] = Shop


class ShopSettingsInput(graphene.InputObjectType):
    """Settings to change."""

    name = graphene.String()
    header_text = graphene.String()
    description = graphene.String()
    track_inventory_by_default = graphene.Boolean()
    default_weight_unit = WeightUnitsEnum()
    fulfillment_auto_approve = graphene.Boolean()
    fulfillment_allow_unpaid = graphene.Boolean()
    limit_quantity_per_checkout = graphene.Int()
    use_legacy_shipping_zone_stock_availability = graphene.Boolean()
    metadata = NonNullList(MetadataInput)
    private_metadata = NonNullList(MetadataInput)


ShopError = error_type(
    "ShopError",
    "ALREADY_EXISTS CANNOT_FETCH_TAX_RATES GRAPHQL_ERROR INVALID NOT_FOUND REQUIRED UNIQUE PASSWORD_AUTH_RESTRICTION",
)


class ShopSettingsUpdate(Mutation):
    """Change the shop's settings."""

    class Meta:
        errors = ShopError
        permissions = ("MANAGE_SETTINGS",)

    class Arguments:
        input = ShopSettingsInput(required=True)

    shop = graphene.Field(Shop)

    @classmethod
    def perform(cls, _info: graphene.ResolveInfo, *, input: dict[str, Any]) -> dict[str, Any]:  # noqa: A002 - the API's name
        """Only what is given changes."""
        shop = Row.objects.select_for_update().get(pk=Row.current().pk)
        limit = input.get("limit_quantity_per_checkout")
        if limit is not None and limit < 1:
            raise refuse("INVALID", "Quantity limit cannot be lower than 1.", "limitQuantityPerCheckout")
        if input.get("fulfillment_auto_approve") is False:
            raise refuse("INVALID", "Fulfillments are always approved here.", "fulfillmentAutoApprove")
        nullable = {"limit_quantity_per_checkout"}
        for name, value in input.items():
            if name not in ("metadata", "private_metadata") and (value is not None or name in nullable):
                setattr(shop, name, value)
        set_metadata(shop, input)
        shop.save()
        return {"shop": shop}


class ShopQueries:
    """Root fields about the shop."""

    shop = graphene.Field(Shop, required=True)

    @staticmethod
    def resolve_shop(_root: None, _info: graphene.ResolveInfo) -> Row:
        """The one row."""
        return Row.current()

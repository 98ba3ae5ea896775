"""Public and private metadata of many types."""

from collections.abc import Iterable, Mapping
from typing import Any

import graphene

from deploy.embedded.core.context import may
from deploy.embedded.core.errors import PermissionDenied, refuse
from deploy.embedded.core.models import WithMetadata
from deploy.embedded.core.objects import NonNullList, shown_as
from deploy.embedded.core.scalars import Metadata

KEEPERS = {
    "Product": "MANAGE_PRODUCTS",
    "ProductVariant": "MANAGE_PRODUCTS",
    "Category": "MANAGE_PRODUCTS",
    "Warehouse": "MANAGE_PRODUCTS",
    "ProductType": "MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES",
    "Attribute": "MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES",
    "Order": "MANAGE_ORDERS",
    "OrderLine": "MANAGE_ORDERS",
    "Fulfillment": "MANAGE_ORDERS",
    "Checkout": "MANAGE_CHECKOUTS",
    "CheckoutLine": "MANAGE_CHECKOUTS",
    "App": "MANAGE_APPS",
    "Channel": "MANAGE_CHANNELS",
    "ShippingZone": "MANAGE_SHIPPING",
    "ShippingMethodType": "MANAGE_SHIPPING",
    "Shop": "MANAGE_SETTINGS",
    "TransactionItem": "HANDLE_PAYMENTS",
    "TaxConfiguration": "MANAGE_TAXES",
    "Address": "MANAGE_USERS",
}
"""The permission for a model's private metadata."""


class MetadataItem(graphene.ObjectType):
    """One key and its value."""

    key = graphene.String(required=True)
    value = graphene.String(required=True)


class MetadataInput(graphene.InputObjectType):
    """One key and its value."""

    key = graphene.String(required=True)
    value = graphene.String(required=True)


class MetadataFields:
    """The six fields, for the interface and every type that implements it."""

    metadata = graphene.Field(graphene.NonNull(NonNullList(MetadataItem)))
    metafield = graphene.String(key=graphene.String(required=True))
    metafields = graphene.Field(Metadata, keys=NonNullList(graphene.String))
    private_metadata = graphene.Field(graphene.NonNull(NonNullList(MetadataItem)))
    private_metafield = graphene.String(key=graphene.String(required=True))
    private_metafields = graphene.Field(Metadata, keys=NonNullList(graphene.String))

    @staticmethod
    def resolve_metadata(root: WithMetadata, _info: graphene.ResolveInfo) -> list[dict[str, str]]:
        """Public facts by key."""
        return _items(root.metadata)

    @staticmethod
    def resolve_metafield(root: WithMetadata, _info: graphene.ResolveInfo, key: str) -> str | None:
        """One public fact."""
        return root.metadata.get(key)

    @staticmethod
    def resolve_metafields(
        root: WithMetadata, _info: graphene.ResolveInfo, keys: list[str] | None = None
    ) -> dict[str, str]:
        """Some public facts, or all."""
        return _some(root.metadata, keys)

    @staticmethod
    def resolve_private_metadata(root: WithMetadata, info: graphene.ResolveInfo) -> list[dict[str, str]]:
        """Facts for those who manage the object."""
        return _items(_private(root, info))

    @staticmethod
    def resolve_private_metafield(root: WithMetadata, info: graphene.ResolveInfo, key: str) -> str | None:
        """One private fact."""
        return _private(root, info).get(key)

    @staticmethod
    def resolve_private_metafields(
        root: WithMetadata, info: graphene.ResolveInfo, keys: list[str] | None = None
    ) -> dict[str, str]:
        """Some private facts, or all."""
        return _some(_private(root, info), keys)


class ObjectWithMetadata(MetadataFields, graphene.Interface):
    """Whatever has metadata."""

    resolve_type = staticmethod(shown_as)


def keeper(model: type[Any]) -> str:
    """The permission that guards a model's private metadata."""
    return KEEPERS[model.__name__]


def merged(current: Mapping[str, str], items: Iterable[Mapping[str, str]] | None) -> dict[str, str]:
    """The map with these items set; an empty key is refused."""
    result = dict(current)
    for item in items or ():
        if not item["key"].strip():
            raise refuse("REQUIRED", "Metadata key cannot be empty.", "input")
        result[item["key"]] = item["value"]
    return result


def set_metadata(instance: WithMetadata, data: Mapping[str, Any]) -> None:
    """Merge an input's `metadata` and `private_metadata` into an unsaved instance."""
    instance.metadata = merged(instance.metadata, data.get("metadata"))
    instance.private_metadata = merged(instance.private_metadata, data.get("private_metadata"))


def _items(values: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"key": key, "value": values[key]} for key in sorted(values)]


def _some(values: Mapping[str, str], keys: list[str] | None) -> dict[str, str]:
    return dict(values) if keys is None else {key: values[key] for key in keys if key in values}


def _private(root: WithMetadata, info: graphene.ResolveInfo) -> dict[str, str]:
    permission = keeper(type(root))
    if not may(info, permission):
        raise PermissionDenied([permission])
    return root.private_metadata

"""Changing metadata of any object."""

from collections.abc import Mapping
from typing import Any

import graphene
from django.db.models import Model

from deploy.embedded.core.context import require
from deploy.embedded.core.errors import refuse
from deploy.embedded.core.ids import node, parse_id
from deploy.embedded.core.metadata import KEEPERS, MetadataInput, ObjectWithMetadata, keeper, merged
from deploy.embedded.core.mutation import Mutation, error_type
from deploy.embedded.core.objects import NonNullList
from deploy.embedded.payments.models import TransactionItem
from deploy.embedded.webhooks.events import EVENTS, emit

MetadataError = error_type("MetadataError", "GRAPHQL_ERROR INVALID NOT_FOUND REQUIRED NOT_UPDATED")
OPEN = ("Checkout", "CheckoutLine")
"""Whoever knows their id may set their public metadata."""
_EVENTS = {
    "Product": ("PRODUCT_METADATA_UPDATED", "PRODUCT_UPDATED"),
    "Order": ("ORDER_METADATA_UPDATED", "ORDER_UPDATED"),
}


def _models() -> dict[str, type[Model]]:
    from deploy.embedded import models  # noqa: PLC0415 - read when all of them are loaded

    return {name: getattr(models, name) for name in KEEPERS}


class _Change(Mutation):
    """One change of one object's public or private map."""

    class Meta:
        abstract = True

    private = False

    @classmethod
    def perform(cls, info: graphene.ResolveInfo, *, id: str, **given: Any) -> dict[str, Any]:  # noqa: A002 - the API's name
        """The row is locked, so that two changes of different keys both stay."""
        models = _models()
        try:
            name = next(name for name in models if _is(id, name))
        except StopIteration:
            raise refuse("NOT_FOUND", f"Couldn't resolve to a node: {id}", "id") from None
        model = models[name]
        if cls.private or name not in OPEN:
            require(info, keeper(model))
        rows = model._default_manager.select_for_update()
        item = rows.filter(token=parse_id(id, name)).first() if model is TransactionItem else node(rows, id)
        if item is None:
            raise refuse("NOT_FOUND", f"Couldn't resolve to a node: {id}", "id")
        column = "private_metadata" if cls.private else "metadata"
        setattr(item, column, cls.changed(getattr(item, column), **given))
        item.save(update_fields=[column, *(["updated_at"] if hasattr(item, "updated_at") else [])])
        for event in _EVENTS.get(name, (f"{name}_METADATA_UPDATED",)):
            if event in EVENTS:
                emit(event, item)
        return {"item": item}

    @staticmethod
    def changed(current: Mapping[str, str], **given: Any) -> dict[str, str]:
        """The map after the change."""
        raise NotImplementedError


def _is(value: str, name: str) -> bool:
    try:
        parse_id(value, name)
    except ValueError:
        return False
    return True


class _Update(_Change):
    class Meta:
        abstract = True

    @staticmethod
    def changed(current: Mapping[str, str], *, input: list[Mapping[str, str]]) -> dict[str, str]:  # noqa: A002
        """With these items set."""
        return merged(current, input)


class _Delete(_Change):
    class Meta:
        abstract = True

    @staticmethod
    def changed(current: Mapping[str, str], *, keys: list[str]) -> dict[str, str]:
        """Without these keys."""
        return {key: value for key, value in current.items() if key not in keys}


class UpdateMetadata(_Update):
    """Set public metadata."""

    class Meta:
        errors = MetadataError

    class Arguments:
        id = graphene.ID(required=True)
        input = graphene.Argument(graphene.NonNull(NonNullList(MetadataInput)))

    item = graphene.Field(ObjectWithMetadata)


class DeleteMetadata(_Delete):
    """Remove public metadata."""

    class Meta:
        errors = MetadataError

    class Arguments:
        id = graphene.ID(required=True)
        keys = graphene.Argument(graphene.NonNull(NonNullList(graphene.String)))

    item = graphene.Field(ObjectWithMetadata)


class UpdatePrivateMetadata(_Update):
    """Set private metadata."""

    class Meta:
        errors = MetadataError

    class Arguments:
        id = graphene.ID(required=True)
        input = graphene.Argument(graphene.NonNull(NonNullList(MetadataInput)))

    item = graphene.Field(ObjectWithMetadata)
    private = True


class DeletePrivateMetadata(_Delete):
    """Remove private metadata."""

    class Meta:
        errors = MetadataError

    class Arguments:
        id = graphene.ID(required=True)
        keys = graphene.Argument(graphene.NonNull(NonNullList(graphene.String)))

    item = graphene.Field(ObjectWithMetadata)
    private = True

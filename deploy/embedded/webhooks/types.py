"""Webhooks and the events of subscription queries in the schema."""

from typing import Any

import graphene
from django.conf import settings

from deploy.embedded.apps.types import App
from deploy.embedded.core.context import require
from deploy.embedded.core.enums import enum
from deploy.embedded.core.ids import find
from deploy.embedded.core.objects import ModelObject, Node, NonNullList, shown_as
from deploy.embedded.orders.types import Fulfillment, Order
from deploy.embedded.products.types import Category, Product, ProductVariant
from deploy.embedded.warehouses.models import Warehouse as WarehouseRow
from deploy.embedded.warehouses.types import Warehouse
from deploy.embedded.webhooks.events import EVENTS, FULFILLMENT, ORDER, PRODUCT, UNTOLD, VARIANT, type_name
from deploy.embedded.webhooks.models import Webhook as Row
from deploy.embedded.webhooks.payload import Happened

WebhookEventTypeAsyncEnum = enum("WebhookEventTypeAsyncEnum", f"{' '.join(EVENTS)} {UNTOLD}")


class WebhookEventAsync(graphene.ObjectType):
    """An event that a webhook hears of."""

    name = graphene.String(required=True)
    event_type = WebhookEventTypeAsyncEnum(required=True)


class Webhook(ModelObject):
    """An app's address for some events."""

    class Meta:
        model = Row
        interfaces = (Node,)

    name = graphene.String()
    identifier = graphene.String()
    async_events = graphene.Field(graphene.NonNull(NonNullList(WebhookEventAsync)))
    app = graphene.Field(App, required=True)
    target_url = graphene.String(required=True)
    is_active = graphene.Boolean(required=True)
    subscription_query = graphene.String()
    custom_headers = graphene.JSONString()

    @staticmethod
    def resolve_async_events(root: Row, _info: graphene.ResolveInfo) -> list[dict[str, str]]:
        """What it hears of."""
        return [{"name": event.replace("_", " ").capitalize(), "event_type": event} for event in root.events]


class IssuingPrincipal(graphene.Union):
    """Who caused an event; here always an app."""

    class Meta:
        types = (App,)

    resolve_type = staticmethod(shown_as)


def _event_type(root: Happened, _info: graphene.ResolveInfo) -> type[graphene.ObjectType]:
    return EVENT_TYPES[root.delivery.event]


class Event(graphene.Interface):
    """Something happened."""

    issued_at = graphene.DateTime()
    version = graphene.String()
    issuing_principal = graphene.Field(IssuingPrincipal)
    recipient = graphene.Field(App)
    resolve_type = staticmethod(_event_type)

    @staticmethod
    def resolve_issued_at(root: Happened, _info: graphene.ResolveInfo) -> Any:
        """When it happened."""
        return root.delivery.created

    @staticmethod
    def resolve_version(_root: Happened, _info: graphene.ResolveInfo) -> str:
        """The server's version."""
        return ".".join(settings.VERSION.split(".")[:2])

    @staticmethod
    def resolve_issuing_principal(root: Happened, _info: graphene.ResolveInfo) -> Any:
        """The app whose request caused it."""
        return root.delivery.issuer

    @staticmethod
    def resolve_recipient(root: Happened, _info: graphene.ResolveInfo) -> Any:
        """The app that is told."""
        return root.delivery.webhook.app


def _instance(root: Happened, _info: graphene.ResolveInfo, channel: str | None = None) -> Any:
    root.instance.shown_in = channel
    return root.instance


def _order(root: Happened, _info: graphene.ResolveInfo) -> Any:
    return root.instance.order


def _category(root: Happened, _info: graphene.ResolveInfo) -> Any:
    return root.instance.category


def _warehouse(root: Happened, _info: graphene.ResolveInfo) -> Any:
    return WarehouseRow.objects.filter(pk=root.delivery.extra.get("warehouse")).first()


def _fields(event: str) -> dict[str, Any]:
    """What an event of this kind shows."""
    kind = EVENTS[event]
    if kind == PRODUCT:
        return {
            "product": graphene.Field(Product, channel=graphene.String(), resolver=_instance),
            "category": graphene.Field(Category, resolver=_category),
        }
    if kind == VARIANT:
        fields = {"product_variant": graphene.Field(ProductVariant, channel=graphene.String(), resolver=_instance)}
        if event.endswith(("STOCK_UPDATED", "_STOCK")):
            fields["warehouse"] = graphene.Field(Warehouse, resolver=_warehouse)
        return fields
    if kind == ORDER:
        return {"order": graphene.Field(Order, resolver=_instance)}
    return {
        "fulfillment": graphene.Field(Fulfillment, resolver=_instance),
        "order": graphene.Field(Order, resolver=_order),
    }


def _make(event: str) -> type[graphene.ObjectType]:
    meta = type("Meta", (), {"interfaces": (Event,)})
    return type(type_name(event), (graphene.ObjectType,), {"__doc__": f"{event}.", "Meta": meta, **_fields(event)})


EVENT_TYPES = {event: _make(event) for event in EVENTS}
assert {FULFILLMENT, ORDER, PRODUCT, VARIANT} == set(EVENTS.values())  # noqa: S101 - each kind has its fields above


class Subscription(graphene.ObjectType):
    """What webhooks are told; not open to requests."""

    event = graphene.Field(Event)

    @staticmethod
    def resolve_event(root: Happened, _info: graphene.ResolveInfo) -> Happened:
        """The event itself."""
        return root


class WebhookQueries:
    """Root fields about webhooks."""

    webhook = graphene.Field(Webhook, id=graphene.ID(required=True))

    @staticmethod
    def resolve_webhook(
        _root: None,
        info: graphene.ResolveInfo,
        id: str,  # noqa: A002 - the API's name
    ) -> Row | None:
        """One webhook, for its own app or those who manage apps."""
        found = find(Row.objects.select_related("app"), id)
        if found is None or found.app != info.context.app:
            require(info, "MANAGE_APPS")
        return found

"""What is sent: the result of the webhook's subscription query, without `data`."""

from functools import lru_cache
from typing import Any

from django.db.models import Model
from graphql import DocumentNode, execute, parse

from deploy.embedded.core.context import Caller
from deploy.embedded.schema.format import format_error
from deploy.embedded.webhooks.models import Delivery


@lru_cache(maxsize=256)
def _parsed(query: str) -> DocumentNode:
    return parse(query)


def payload(delivery: Delivery) -> dict[str, Any] | None:
    """The event as the webhook's query asks for it, seen with its app's permissions; None when the object is gone."""
    from deploy.embedded.schema.root import SCHEMA, SHOWN  # noqa: PLC0415 - the schema is built from the events

    instance = SHOWN[delivery.kind].objects.filter(pk=delivery.key).first()
    if instance is None:
        return None
    app = delivery.webhook.app
    result = execute(
        SCHEMA,
        _parsed(delivery.webhook.subscription_query),
        root_value=Happened(delivery, instance),
        context_value=Caller(app, frozenset(app.permissions)),
    )
    found = dict((result.data or {}).get("event") or {})  # type: ignore[union-attr] - nothing here is awaited
    if result.errors:  # type: ignore[union-attr] - nothing here is awaited
        found["errors"] = [format_error(error) for error in result.errors]  # type: ignore[union-attr]
    return found


class Happened:
    """The root of a subscription query: what happened to which object."""

    def __init__(self, delivery: Delivery, instance: Model) -> None:
        self.delivery = delivery
        self.instance = instance

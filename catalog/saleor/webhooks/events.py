"""Reading a delivery: which event, of which object, and whether it concerns us. Nothing else in it is believed."""

import json
from datetime import datetime
from typing import Any, NamedTuple

from catalog.saleor.setup import CHANNEL
from catalog.saleor.webhooks.errors import NotUnderstood
from catalog.saleor.webhooks.registry import ORDER_EVENTS
from catalog.saleor.webhooks.subscription import SUBJECTS


class Event(NamedTuple):
    """`name` is the event's GraphQL type, `key` an order's id or a product's or variant's externalReference.

    The key is empty where there is nothing to do: the object is none of ours, or we changed the product ourselves.
    """

    name: str
    key: str
    issued_at: datetime


def read_event(body: bytes) -> Event:
    """What a delivery says. Raises NotUnderstood."""
    try:
        told = json.loads(body)
        name, issued_at = told["__typename"], datetime.fromisoformat(told["issuedAt"])
        key = _key(name, told) if name in SUBJECTS else ""
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NotUnderstood(reason=f"{type(error).__name__}: {error}") from error
    if not isinstance(key, str) or len(key) > 100 or issued_at.tzinfo is None:
        raise NotUnderstood(reason="a key is a short text, and a moment has a time zone")
    return Event(name, key, issued_at)


def _key(name: str, told: dict[str, Any]) -> Any:
    subject = told[SUBJECTS[name]]
    if name in ORDER_EVENTS:
        return subject["id"] if subject["channel"]["slug"] == CHANNEL else ""
    if name == "ProductUpdated" and _is_ours(told):
        return ""  # the publisher knows what it sent; else 20,000 products would come back as 20,000 questions
    return subject["externalReference"] or ""


def _is_ours(told: dict[str, Any]) -> bool:
    issuer, recipient = told.get("issuingPrincipal") or {}, told.get("recipient") or {}
    return issuer.get("id") is not None and issuer.get("id") == recipient.get("id")

"""Receive a delivery; work off the inbox."""

import hashlib
import json
import logging
import os
import secrets
import socket
from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from django.conf import settings
from django.db import transaction

from catalog import clock
from catalog.outbox.services import claim_rows, retry, wake
from catalog.saleor.models import InboxMessage
from catalog.saleor.webhooks.errors import NotFromSaleor, NotUnderstood, TooLarge
from catalog.saleor.webhooks.registry import HANDLERS
from catalog.saleor.webhooks.signatures import KeyRing, origin, verify

log = logging.getLogger(__name__)
LARGEST_BODY = 64 * 1024  # bytes; our subscription asks for ids only
MOST_ATTEMPTS = 20  # about two hours; then reconciliation has to find the change
KEEP = timedelta(days=7)


class Event(NamedTuple):
    """What a delivery says, and all that is taken from it."""

    name: str
    key: str
    issued_at: datetime


def receive(body: bytes, headers: Mapping[str, str], keys: KeyRing) -> bool:
    """Verify a delivery and put it into the inbox; False when it is there already or concerns nothing of ours.

    Raises TooLarge, NotFromSaleor, NotUnderstood; SaleorUnavailable when its keys cannot be had, so that it retries.
    """
    if len(body) > LARGEST_BODY:
        raise TooLarge
    sender = headers.get("Saleor-Api-Url", "")
    if origin(sender) != origin(settings.SALEOR_API_URL):
        raise NotFromSaleor(reason=f"sent by {sender!r}")
    verify(body, headers.get("Saleor-Signature", ""), keys)
    event = read_event(body)
    if not event.key:
        return False
    with transaction.atomic():
        _, created = InboxMessage.objects.get_or_create(
            digest=hashlib.sha256(body).hexdigest(),
            defaults={
                "event": event.name, "key": event.key, "issued_at": event.issued_at, "available_at": clock.now(),
            },
        )  # fmt: skip
        if created:
            wake("inbox")
    return created


def read_event(body: bytes) -> Event:
    """The event and its object; the key is empty for a variant without externalReference. Raises NotUnderstood."""
    try:
        told = json.loads(body)
        name, issued_at = told["__typename"], datetime.fromisoformat(told["issuedAt"])
        subject = told["order"] if "order" in told else told["productVariant"]
        key = subject["id"] if "order" in told else subject["externalReference"]
    except (ValueError, KeyError, TypeError) as error:
        raise NotUnderstood(reason=str(error)) from error
    if not isinstance(name, str) or not isinstance(key, str | None):
        raise NotUnderstood(reason="names and keys are strings")
    return Event(name, (key or "")[:100], issued_at)


def process_inbox(limit: int = 200) -> int:
    """Work off up to `limit` due messages, each object once however many messages name it. Returns how many are done.

    A handler that fails gives its messages back, due again later; the others are not held up.
    """
    owner = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
    rows = claim_rows(InboxMessage.objects.filter(done_at=None), owner, limit)
    rows.sort(key=lambda row: (row.key, row.pk))
    done: list[InboxMessage] = []
    for _, same in groupby(rows, key=lambda row: row.key):
        done += _handle(list(same))
    mine = InboxMessage.objects.filter(pk__in=[message.pk for message in done], lease_owner=owner)
    return mine.update(done_at=clock.now(), leased_until=None)


def purge_inbox() -> int:
    """Forget messages that were done a week ago or more. Returns how many."""
    return InboxMessage.objects.filter(done_at__lt=clock.now() - KEEP).delete()[0]


def _handle(messages: list[InboxMessage]) -> list[InboxMessage]:
    """Call each handler that the messages of one object ask for once, with the newest of them; return those done."""
    newest = {HANDLERS[message.event]: message for message in messages if message.event in HANDLERS}
    try:
        for handler, message in newest.items():
            handler(message)
    except Exception as error:  # whatever it is, the messages must come back
        log.warning("the inbox could not work off %s", messages[-1], exc_info=True)
        again = [message for message in messages if message.attempts < MOST_ATTEMPTS]
        for message in again:
            retry(message, f"{type(error).__name__}: {error}")
        return [message for message in messages if message.attempts >= MOST_ATTEMPTS]
    return messages

"""Receiving a delivery: verified, read, and kept in the inbox."""

import hashlib
from collections.abc import Mapping

from django.conf import settings
from django.db import transaction

from catalog import clock
from catalog.outbox.services import wake
from catalog.saleor.app.addresses import same_api
from catalog.saleor.models import InboxMessage
from catalog.saleor.webhooks.errors import NotFromSaleor, TooLarge
from catalog.saleor.webhooks.events import read_event
from catalog.saleor.webhooks.signatures import KeyRing, verify

LARGEST_BODY = 64 * 1024  # bytes; our subscription asks for ids only
TOPIC = "inbox"


def receive(body: bytes, headers: Mapping[str, str], keys: KeyRing) -> bool:
    """Verify a delivery and put it into the inbox; False when it waits there already or concerns nothing of ours.

    Two events may have the same body, and Saleor repeats one whose answer it did not hear: they cannot be told apart.
    So a body that somebody began to work off is worked off once more.
    Raises TooLarge, NotFromSaleor, NotUnderstood; SaleorUnavailable when its keys cannot be had, so that it retries.
    """
    if len(body) > LARGEST_BODY:
        raise TooLarge
    sender = headers.get("Saleor-Api-Url", "")
    if not same_api(sender, settings.SALEOR_API_URL):
        raise NotFromSaleor(reason=f"sent by {sender!r}")
    verify(body, headers.get("Saleor-Signature", ""), keys)
    event = read_event(body)
    if not event.key:
        return False
    now = clock.now()
    with transaction.atomic():
        message, created = InboxMessage.objects.get_or_create(
            digest=hashlib.sha256(body).hexdigest(),
            defaults={"event": event.name, "key": event.key, "issued_at": event.issued_at, "available_at": now},
        )
        if not created and not InboxMessage.objects.filter(pk=message.pk).begun().reopen(now):
            return False
        wake(TOPIC)
    return True

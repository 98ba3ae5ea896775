"""What is done behind requests: installations, and delivering the outbox at least once, in any order, with leases."""

import json
import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import urlsplit

import httpx
from django.conf import settings
from django.db import close_old_connections, transaction
from django.db.models import Q
from django.utils import timezone

from deploy.embedded.apps.installing import install_pending
from deploy.embedded.webhooks.models import Delivery
from deploy.embedded.webhooks.payload import payload
from deploy.embedded.webhooks.signing import sign

log = logging.getLogger(__name__)
TIMEOUT = 20.0
RETRIES = 5
FIRST_RETRY = timedelta(seconds=10)
LEASE = timedelta(seconds=60)
BATCH = 8  # two rounds of four at their slowest end well within a lease
PAUSE = 0.5
KEPT = timedelta(days=1)


def run(stopping: threading.Event, *, once: bool = False) -> None:
    """Send what is due, and install what was asked for, until `stopping` is set (or nothing is due, with `once`)."""
    with httpx.Client(timeout=TIMEOUT, follow_redirects=False) as client, ThreadPoolExecutor(4) as pool:
        while not stopping.is_set():
            installed, due = install_pending(), take()
            if due:
                list(pool.map(lambda delivery: _send(client, delivery), due))
                continue
            if once and not installed:
                return
            forget()
            close_old_connections()
            stopping.wait(PAUSE)


def take() -> list[Delivery]:
    """Lease the oldest deliveries that are due; nobody else gets them for a minute."""
    now = timezone.now()
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    due = Delivery.objects.filter(free, status="PENDING", next_attempt__lte=now)
    if not due.exists():  # a look without a write lock: on SQLite the sender must not hold buyers up
        return []
    with transaction.atomic():
        keys = list(due.select_for_update(skip_locked=True).order_by("pk").values_list("pk", flat=True)[:BATCH])
        Delivery.objects.filter(pk__in=keys).update(leased_until=now + LEASE)
    return list(Delivery.objects.filter(pk__in=keys).select_related("webhook__app").order_by("pk"))


def forget() -> None:
    """Drop what was settled a day ago."""
    old = Delivery.objects.exclude(status="PENDING").filter(created__lt=timezone.now() - KEPT)
    if old.exists():
        old.delete()


def _send(client: httpx.Client, delivery: Delivery) -> None:
    try:
        deliver(client, delivery)
    except Exception:
        log.exception("Delivery %s failed unexpectedly; its lease will run out", delivery.pk)
    finally:
        close_old_connections()


def deliver(client: httpx.Client, delivery: Delivery) -> None:
    """One attempt. 2xx settles it; 3xx and 4xx give up; 5xx and no answer wait 10, 20, 40, 80, 160 seconds."""
    content = delivery.payload if delivery.payload is not None else payload(delivery)
    if content is None or not delivery.webhook.is_active:
        _settle(delivery, "DROPPED", "the object or the webhook is gone")
        return
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    try:
        answer = client.post(delivery.webhook.target_url, content=body, headers=_headers(delivery, body))
    except httpx.HTTPError as error:
        _again(delivery, f"{type(error).__name__}: {error}")
        return
    if answer.is_success:
        _settle(delivery, "SUCCESS", str(answer.status_code))
    elif answer.is_server_error:
        _again(delivery, str(answer.status_code))
    else:
        _settle(delivery, "FAILED", str(answer.status_code))


def _headers(delivery: Delivery, body: bytes) -> dict[str, str]:
    facts = {
        "Event": delivery.event.lower(),
        "Domain": urlsplit(settings.PUBLIC_URL).netloc,
        "Signature": sign(body),
    }
    named = {f"{prefix}Saleor-{name}": value for name, value in facts.items() for prefix in ("", "X-")}
    return {
        **delivery.webhook.custom_headers,
        "Content-Type": "application/json",
        "Saleor-Api-Url": f"{settings.PUBLIC_URL}/graphql/",
        **named,
    }


def _again(delivery: Delivery, response: str) -> None:
    if delivery.attempts >= RETRIES:
        _settle(delivery, "FAILED", response)
        return
    wait = FIRST_RETRY * 2**delivery.attempts
    Delivery.objects.filter(pk=delivery.pk).update(
        attempts=delivery.attempts + 1, next_attempt=timezone.now() + wait, leased_until=None, response=response[:255]
    )


def _settle(delivery: Delivery, status: str, response: str) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(
        status=status, attempts=delivery.attempts + 1, leased_until=None, response=response[:255]
    )

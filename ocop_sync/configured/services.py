"""Rows of the file's sources: written when the file changes, claimed when due, given back when done."""

import logging
import os
import random
import secrets
import socket
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from catalog import clock
from catalog.errors import ShopError
from catalog.health.services import note
from catalog.outbox.services import claim_rows, wake
from catalog.people.models import User
from ocop_sync.configured.crontab import next_after
from ocop_sync.configured.errors import AlreadyRunning, NotConfigured, SourcesFileWrong
from ocop_sync.configured.file import Configured, configured, load
from ocop_sync.configured.leases import renewed
from ocop_sync.configured.models import SourceSchedule
from ocop_sync.configured.references import resolve
from ocop_sync.errors import ClockBackwards, MassDelist, SourceStale
from ocop_sync.runs import releasing
from ocop_sync.runs.report import Report
from ocop_sync.runs.services import run_sync

TOPIC, SIGN = "sync", "sources-file"
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)
FOR_AN_OFFICER = (SourceStale, MassDelist, ClockBackwards)  # trying again would end the same
log = logging.getLogger(__name__)


def due() -> list[str]:
    """Names of the sources that want to be synced now. Takes over what the file says; while it is wrong, none."""
    try:
        sources = load()
    except SourcesFileWrong as error:
        note(SIGN, ok=False, detail={"why": error.message("vi")[:2000], "why_en": error.message("en")[:2000]})
        return []
    note(SIGN, detail={"sources": len(sources)})
    adopt(sources)
    return list(_free().filter(available_at__lte=clock.now()).order_by("available_at").values_list("name", flat=True))


@transaction.atomic
def adopt(sources: Mapping[str, Configured]) -> None:
    """Make the rows what the file says. A new source, or one with another schedule, is due at its next time."""
    now = clock.now()
    present = {row.name: row for row in SourceSchedule.objects.order_by("pk")}
    new = [
        SourceSchedule(name=name, available_at=next_after(one.schedule, now), **_facts(one))
        for name, one in sources.items()
        if name not in present
    ]
    if new:
        SourceSchedule.objects.bulk_create(new, ignore_conflicts=True)
    for name, row in present.items():
        facts: dict[str, Any] = _facts(sources[name]) if name in sources else {"is_configured": False}
        changed = {key: value for key, value in facts.items() if getattr(row, key) != value}
        if "schedule" in changed:
            changed |= {"available_at": next_after(changed["schedule"], now), "attempts": 0}
        if changed:
            SourceSchedule.objects.filter(pk=row.pk).update(**changed)


def _facts(one: Configured) -> dict[str, Any]:
    return {"kind": one.kind, "address": one.shown_address[:300], "schedule": one.schedule, "is_configured": True}


def sync_if_due(name: str) -> Report | None:
    """Sync one source of the file, if it is due and nobody is at it. Never raises what the row can tell.

    What failed is tried again after growing waits, at the latest at its next regular time; what an officer has to look
    at waits for that time.
    """
    owner = f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"
    rows = claim_rows(SourceSchedule.objects.filter(name=name, is_configured=True), owner, 1)
    if not rows:
        return None
    (row,) = rows
    # Should this process be killed, the next one does not begin at once, again and again.
    _write(row, started_at=clock.now(), available_at=_next_try(row)["available_at"])
    with renewed(row):
        try:
            address, options = taken_from_file(name)
            report = run_sync(address, source_name=name, **options)
        except FOR_AN_OFFICER as error:
            _give_back(row, error.message("vi"), needs_officer=True, **_next_time(row))
        except Exception as error:
            why = error.message("vi") if isinstance(error, ShopError) else f"{type(error).__name__}: {error}"
            log.warning("the source %s could not be synced: %s", name, error, exc_info=not isinstance(error, ShopError))
            _give_back(row, why, **_next_try(row))
        else:
            _give_back(row, "", good_at=clock.now(), **_next_time(row))
            return report
    return None


def taken_from_file(name: str) -> tuple[str, dict[str, Any]]:
    """A source's address, and its options as `run_sync` takes them, the token looked up.

    Raises SourcesFileWrong, NotConfigured, CredentialMissing.
    """
    one = configured(name)
    options = one.model_dump(include={"kind", "province", "evidence", "columns", "delta"})
    return one.address, {**options, "token": resolve(one.token, name)}


def run_now(name: str) -> None:
    """Let a source be due at this moment. Raises NotConfigured, AlreadyRunning."""
    known = SourceSchedule.objects.filter(is_configured=True).order_by("name").values_list("name", flat=True)
    if name not in known:
        raise NotConfigured(file=Path(settings.SOURCES_FILE).name, source=name, known=", ".join(known) or "–")
    if not _let_be_due(name):
        raise AlreadyRunning(source=name)


@transaction.atomic
def let_pass(pk: int, officer: User, why: str) -> None:
    """Release a run that the guard stopped, and let its source be due. Raises what `releasing.release` raises."""
    run = releasing.release(pk, officer, why)
    _let_be_due(run.source.name)


def _let_be_due(name: str) -> bool:
    changed = _free().filter(name=name).update(available_at=clock.now(), attempts=0, needs_officer=False)
    wake(TOPIC)
    return bool(changed)


def _free() -> QuerySet[SourceSchedule]:
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=clock.now())
    return SourceSchedule.objects.filter(free, is_configured=True)


def _next_time(row: SourceSchedule) -> dict[str, Any]:
    """Its next regular time. What was missed meanwhile was caught up by the run that just ended, once."""
    return {"available_at": next_after(row.schedule, clock.now()), "attempts": 0}


def _next_try(row: SourceSchedule) -> dict[str, Any]:
    """1, 2, 4 … minutes from now, at most an hour, give or take a third; or its next regular time, if sooner."""
    wait = min(FIRST_WAIT * 2 ** min(row.attempts - 1, 10), LONGEST_WAIT) * random.uniform(0.67, 1.33)  # noqa: S311
    regular, again = _next_time(row), clock.now() + wait
    return regular if regular["available_at"] <= again else {"available_at": again}


def _give_back(row: SourceSchedule, why: str, *, needs_officer: bool = False, **facts: Any) -> None:
    free = {"leased_until": None, "lease_owner": "", "finished_at": clock.now()}
    _write(row, **free, last_error=why[:500], needs_officer=needs_officer, **facts)


def _write(row: SourceSchedule, **facts: Any) -> None:
    """Unless the lease ran out and another worker holds it now."""
    SourceSchedule.objects.filter(pk=row.pk, lease_owner=row.lease_owner).update(**facts)

"""Bringing Saleor up to date with the catalogue: only what changed, delistings first, one publisher at a time."""

import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.db.models import QuerySet

from catalog import clock
from catalog.errors import ShopError
from catalog.outbox.models import OutboxRow
from catalog.outbox.services import retry, wake
from catalog.products.models import Product
from catalog.saleor.client import client
from catalog.saleor.turns import alone
from ocop_sync.publish.planning import Plan, plan
from ocop_sync.publish.report import Progress, PublishReport
from ocop_sync.publish.run import Run

TOPIC = "publish"
ROWS = 2000  # outbox rows at once
LONGEST = 240.0  # seconds that one task works before it lets others have the worker
PATIENCE = 60.0  # seconds that somebody who must publish waits for another publisher


class PublisherBusy(ShopError):
    """Another process publishes at this moment."""

    code = "publisher_busy"
    status = 409
    vi = "Một tiến trình khác đang đưa sản phẩm lên Saleor; việc này sẽ do tiến trình đó làm."
    en = "Another process is publishing to Saleor at this moment; it will do this work too."


def publish_due() -> PublishReport:
    """Work off the outbox rows that are due, and take off the shelf whatever the gate no longer allows.

    Does nothing while another process publishes: that one looks again before it ends. A product that Saleor refuses
    comes back with a growing wait. Raises SaleorUnavailable, with what was answered kept; the rows stay due.
    """
    report, started = PublishReport(), time.monotonic()
    while True:
        with alone(TOPIC) as mine:
            if not mine:
                return report
            while _work_off(report):
                if time.monotonic() - started > LONGEST:
                    wake(TOPIC)
                    return report
        if not _due().exists():  # nothing came between the last look and letting go
            report.seconds = time.monotonic() - started
            return report


def publish_all(progress: Progress = lambda done, total: None) -> PublishReport:
    """Compare every product of the catalogue with what Saleor was told, and send the difference.

    Raises PublisherBusy, SaleorUnavailable.
    """
    return publish_codes(list(Product.objects.order_by("pk").values_list("code", flat=True)), progress)


def publish_codes(codes: Collection[str], progress: Progress = lambda done, total: None) -> PublishReport:
    """Publish these products, and take off the shelf whatever must not be there; a repeat sends nothing.

    Raises PublisherBusy, and SaleorUnavailable with what was answered kept.
    """
    report, started, total = PublishReport(), time.monotonic(), len(codes)
    with the_publisher():
        made = plan(codes)
        unchanged = total - len({*made.update, *made.relist, *made.create})
        _run(made, report, lambda done, _: progress(min(total, unchanged + done), total))
    progress(total, total)
    report.seconds = time.monotonic() - started
    return report


@contextmanager
def the_publisher(*, patient: bool = True) -> Iterator[None]:
    """Be the only publisher inside the block. Raises PublisherBusy after `PATIENCE`, or at once if not `patient`."""
    with alone(TOPIC, PATIENCE if patient else 0.0) as mine:
        if not mine:
            raise PublisherBusy
        yield


def look_again() -> None:
    """Wake the publisher if anything is due: it may have come by while somebody else was in its place."""
    if _due().exists():
        wake(TOPIC)


def _due() -> QuerySet[OutboxRow]:
    return OutboxRow.objects.filter(topic=TOPIC, available_at__lte=clock.now())


def _work_off(report: PublishReport) -> bool:
    """One lot of rows; False when there was none. A row that comes meanwhile about the same product stays."""
    rows = list(_due().order_by("pk")[:ROWS])
    lot = PublishReport()
    _run(plan({row.key for row in rows}), lot)
    for row in rows:
        if row.key in lot.refused:
            row.attempts += 1
            row.save(update_fields=["attempts"])
            retry(row, lot.refused[row.key])
    OutboxRow.objects.filter(pk__in=[row.pk for row in rows if row.key not in lot.refused]).delete()
    report.add(lot)
    return bool(rows)


def _run(work: Plan, report: PublishReport, progress: Progress = lambda done, total: None) -> None:
    report.unchanged += work.unchanged
    Run(client(), report).carry_out(work, progress)

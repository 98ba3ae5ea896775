"""What is not kept: photos of closed reports, photos that belong to none, counts of hours that are over.

Photos go 90 days after a report was closed: long enough to reopen it or to hand it on to the province, and no longer,
for a photo of a stall may show more than a label (Luật 91/2025/QH15: personal data are kept no longer than their
purpose needs). The report, its log and its answer stay.
"""

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from catalog import clock
from catalog.quota.services import drop_old
from catalog.reports.models import Report, ReportPhoto, private_storage

KEPT_DAYS = 90
_ORPHAN_AFTER = timedelta(days=1)  # a file is stored before its row: a younger one may be under way
_FOLDER = "reports"


def tidy() -> int:
    """Delete what is due; returns how many photos went. A repeat, also at the same time, deletes nothing twice."""
    drop_old()
    due = Report.objects.filter(closed_at__lt=_limit(), photos__isnull=False).order_by("pk").distinct()
    deleted = sum(_delete_photos(pk) for pk in list(due.values_list("pk", flat=True)))
    _delete_orphans()
    return deleted


@transaction.atomic
def _delete_photos(pk: int) -> int:
    """The rows first: a file that a killed process leaves behind is an orphan, found later."""
    report = Report.objects.select_for_update().get(pk=pk)
    if report.closed_at is None or report.closed_at >= _limit():  # reopened meanwhile
        return 0
    photos = list(ReportPhoto.objects.filter(report=report))
    if not photos:  # another tidying was faster
        return 0
    ReportPhoto.objects.filter(report=report).delete()
    Report.objects.filter(pk=pk).update(photos_deleted_at=clock.now())
    for photo in photos:
        transaction.on_commit(partial(private_storage().delete, photo.name), robust=True)
    return len(photos)


def _delete_orphans() -> None:
    storage = private_storage()
    try:
        names = {f"{_FOLDER}/{name}" for name in storage.listdir(_FOLDER)[1]}
    except FileNotFoundError:  # no photo was ever sent
        return
    for name in sorted(names - set(ReportPhoto.objects.values_list("name", flat=True))):
        if storage.get_modified_time(name) < clock.now() - _ORPHAN_AFTER:
            storage.delete(name)


def _limit() -> datetime:
    return clock.now() - timedelta(days=KEPT_DAYS)

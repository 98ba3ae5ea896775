"""Up to when we know of everything that Saleor did not announce: where the next comparison has to begin.

However long the shop or Saleor was away, the comparison after it goes back to the last one that ran to its end.
"""

from datetime import datetime, timedelta

from catalog import clock
from catalog.saleor.models import Reconciliation

MARGIN = timedelta(minutes=15)  # two clocks, and what Saleor commits late


def known_since(subject: str) -> datetime | None:
    """The moment from which on changes have to be asked for; None where nothing was ever compared."""
    last = _last(subject)
    return last - MARGIN if last else None


def is_due(subject: str, every: timedelta) -> bool:
    """Did the last comparison begin so long ago, or is there none?"""
    last = _last(subject)
    return last is None or clock.now() - last >= every


def compared(subject: str, started: datetime) -> None:
    """A comparison that began then has run to its end. It never takes back what a later one found out."""
    _, made = Reconciliation.objects.get_or_create(subject=subject, defaults={"known_until": started})
    if not made:
        Reconciliation.objects.filter(subject=subject, known_until__lt=started).update(known_until=started)


def _last(subject: str) -> datetime | None:
    return Reconciliation.objects.filter(subject=subject).values_list("known_until", flat=True).first()

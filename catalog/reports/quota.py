"""How many reports an hour takes, of one address and in all. A count goes when the next report comes after its hour, or
with the hourly tidying: it lives two hours at most.
"""

from django.db import transaction

from catalog.quota.services import count, drop_old, key_of, this_hour
from catalog.reports.errors import TooManyReports

PER_ADDRESS, TOGETHER = 10, 300  # an hour; many phones share one address of their carrier's


def admit(address: str) -> None:
    """Count one report from this network address. Raises TooManyReports, and then counts nothing."""
    hour, left = this_hour()
    drop_old()
    with transaction.atomic():
        if not (count(key_of(address, hour, "catalog.reports.quota"), hour, PER_ADDRESS) and count("", hour, TOGETHER)):
            transaction.set_rollback(True)
            raise TooManyReports(seconds=left, minutes=-(-left // 60))

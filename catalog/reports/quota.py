"""How many reports an hour takes. Counted in the database: every process of the shop sees the same count, and the
embedded default has no Redis.

An address is kept only as a hash under the shop's secret key and the hour, so hours cannot be joined to each other; the
row goes when the next report comes after its hour, or with the hourly tidying: it lives two hours at most.
"""

from ipaddress import IPv6Address, ip_address

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from catalog import clock
from catalog.reports.errors import TooManyReports
from catalog.reports.models import ReportQuota

PER_ADDRESS, TOGETHER = 10, 300  # an hour; many phones share one address of their carrier's
_HOUR = 3600


def admit(address: str) -> None:
    """Count one report from this network address. Raises TooManyReports, and then counts nothing."""
    seconds = int(clock.now().timestamp())
    hour = seconds // _HOUR
    drop_old()
    with transaction.atomic():
        if not (_count(_key(address, hour), hour, PER_ADDRESS) and _count("", hour, TOGETHER)):
            transaction.set_rollback(True)
            left = (hour + 1) * _HOUR - seconds
            raise TooManyReports(seconds=left, minutes=-(-left // 60))


def drop_old() -> None:
    """Forget the hours that are over."""
    ReportQuota.objects.filter(hour__lt=int(clock.now().timestamp()) // _HOUR).delete()


def _count(key: str, hour: int, most: int) -> bool:
    ReportQuota.objects.get_or_create(key=key, hour=hour)
    row = ReportQuota.objects.filter(key=key, hour=hour, count__lt=most)
    return bool(row.update(count=F("count") + 1))


def _key(address: str, hour: int) -> str:
    """32 hexadecimal digits; of an IPv6 address only the network counts, for a household has the rest to choose."""
    try:
        read = ip_address(address)
    except ValueError:
        known = "unknown"
    else:
        known = str(int(read) >> 64) if isinstance(read, IPv6Address) else str(read)
    return salted_hmac("catalog.reports.quota", f"{hour}:{known}", algorithm="sha256").hexdigest()[:32]

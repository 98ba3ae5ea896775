"""How much of something one network address may have in an hour. Counted in the database: every process of the shop
sees the same count, and the embedded default has no Redis.

An address is kept only as a hash under the shop's secret key and the hour, so hours cannot be joined to each other.
"""

from ipaddress import IPv6Address, ip_address

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from catalog import clock
from catalog.quota.models import Quota

HOUR = 3600  # seconds


def this_hour() -> tuple[int, int]:
    """Whole hours since 1970 (UTC), and the seconds that are left of this one."""
    seconds = int(clock.now().timestamp())
    return seconds // HOUR, HOUR - seconds % HOUR


def address_of(request: HttpRequest) -> str:
    """Who asks, as the accounts read it behind our proxies; used for counting only."""
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return ""


def count(key: str, hour: int, most: int, by: int = 1) -> bool:
    """Count `by` more in this hour, unless that would be more than `most`."""
    Quota.objects.get_or_create(key=key, hour=hour)
    row = Quota.objects.filter(key=key, hour=hour, count__lte=most - by)
    return bool(row.update(count=F("count") + by))


def drop_old() -> None:
    """Forget the hours that are over."""
    Quota.objects.filter(hour__lt=this_hour()[0]).delete()


def key_of(address: str, hour: int, purpose: str) -> str:
    """32 hexadecimal digits; of an IPv6 address only the network counts, for a household has the rest to choose."""
    try:
        read = ip_address(address)
    except ValueError:
        known = "unknown"
    else:
        known = str(int(read) >> 64) if isinstance(read, IPv6Address) else str(read)
    return keyed(known, hour, purpose)


def keyed(text: str, hour: int, purpose: str) -> str:
    """What is counted, as 32 hexadecimal digits that tell nothing of it."""
    return salted_hmac(purpose, f"{hour}:{text}", algorithm="sha256").hexdigest()[:32]

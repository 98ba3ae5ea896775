"""How often reminders may be asked for in an hour: by one network address, by all, and for one mailbox."""

from django.db import transaction

from catalog.quota.services import count, drop_old, key_of, keyed, this_hour
from catalog.reminders.errors import TooManyReminders

PER_ADDRESS, TOGETHER = 20, 2_000  # an hour; many phones share one address of their carrier's
PER_MAILBOX = 3  # letters to an address that has not confirmed, an hour


def admit(network: str) -> None:
    """Count one request from this network address. Raises TooManyReminders, and then counts nothing."""
    hour, left = this_hour()
    drop_old()
    with transaction.atomic():
        own = key_of(network, hour, "catalog.reminders.quota")
        if not (count(own, hour, PER_ADDRESS) and count("reminders", hour, TOGETHER)):
            transaction.set_rollback(True)
            raise TooManyReminders(minutes=-(-left // 60))


def admit_mailbox(address: str) -> bool:
    """May one more letter go to this mailbox this hour? Whoever asked is not told."""
    hour, _left = this_hour()
    return count(keyed(address, hour, "catalog.reminders.mailbox"), hour, PER_MAILBOX)

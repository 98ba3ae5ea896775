"""A certificate that falls after the sale: expiry is honoured, revocation and suspension stop the line."""

from django.db.models import Q

from catalog.certificates.models import Status
from storefront.orders.models import OPEN_STATES, Order, OrderLine

FALLEN = (Status.REVOKED, Status.SUSPENDED)


def reason_to_stop(line: OrderLine) -> str:
    """revoked, suspended (the recognition that it was sold under), policy (our own suspension), or empty."""
    if line.recognition and line.recognition.status in FALLEN:
        return str(line.recognition.status)
    return "policy" if line.product.suspended_reason else ""


def check_stops(orders: list[Order]) -> list[OrderLine]:
    """Write the flag of every line of these orders as it is now (a lifted suspension frees it); the stopped ones."""
    stopped = []
    here = Q(box=None, sent_at=None) | Q(box__isnull=False, box__sent_at=None)  # not yet on the way to the buyer
    lines = OrderLine.objects.filter(here, order__in=orders).select_related("recognition", "product")
    for line in lines:
        reason = reason_to_stop(line)
        if line.stopped != reason:
            OrderLine.objects.filter(pk=line.pk).update(stopped=reason)
            line.stopped = reason
        if reason:
            stopped.append(line)
    return stopped


def sweep_stops() -> int:
    """Look at every open order; how many of their lines are stopped."""
    return len(check_stops(list(Order.objects.filter(state__in=OPEN_STATES))))

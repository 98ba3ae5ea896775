"""Moments as people here read them."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.clock import TIME_ZONE
from storefront.orders.models import OrderLine


def moment(at: datetime | None) -> str:
    """14:05 ngày 24/11/2026, in Vietnam's time; empty for none."""
    if at is None:
        return ""
    local = timezone.localtime(at, TIME_ZONE)
    return _("{time} ngày {day}").format(time=f"{local:%H:%M}", day=f"{local:%d/%m/%Y}")


def certificate_of(line: OrderLine) -> str:
    """The decision that the line was sold under, in one sentence."""
    told = {key: _day(value) if key in ("issued_on", "until") else value for key, value in line.certificate.items()}
    return _(
        "Quyết định {decision} ngày {issued_on} của {authority}, có hiệu lực đến hết ngày {until} khi bạn mua."
    ).format(**told)


def _day(iso: str) -> str:
    return f"{date.fromisoformat(iso):%d/%m/%Y}" if iso else "—"

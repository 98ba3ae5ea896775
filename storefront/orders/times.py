"""The certificate of a sale as people here read it."""

from datetime import date

from django.utils.translation import gettext as _

from storefront.orders.models import OrderLine


def certificate_of(line: OrderLine) -> str:
    """The decision that the line was sold under, in one sentence."""
    text = _("Quyết định {decision} ngày {issued_on} của {authority}, có hiệu lực đến hết ngày {until} khi bạn mua.")
    return text.format(**_told(line))


def sold_under(line: OrderLine) -> str:
    """The same for somebody who did not buy it."""
    text = _("Quyết định {decision} ngày {issued_on} của {authority}, khi đó có hiệu lực đến hết ngày {until}.")
    return text.format(**_told(line))


def _told(line: OrderLine) -> dict[str, str]:
    return {key: _day(value) if key in ("issued_on", "until") else value for key, value in line.certificate.items()}


def _day(iso: str) -> str:
    return f"{date.fromisoformat(iso):%d/%m/%Y}" if iso else "—"

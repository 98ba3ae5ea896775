"""How money, days and stars are written, in both languages."""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from django.utils.translation import get_language, gettext
from markupsafe import Markup

from catalog.clock import TIME_ZONE, now, today

_NBSP = "\u00a0"


def dong(amount: int, *, english: bool) -> str:
    """Whole đồng as people write them: 125000 → "125.000 ₫" (English: "125,000 ₫"), unbreakable."""
    return f"{number(amount, english=english)}{_NBSP}₫"


def ngay(day: date | datetime | None) -> str:
    """A day as dd/mm/yyyy, in Asia/Ho_Chi_Minh for a moment; an empty string for None."""
    if isinstance(day, datetime):
        day = day.astimezone(TIME_ZONE)
    return f"{day:%d/%m/%Y}" if day else ""


def moment(at: datetime | None) -> str:
    """14:05 ngày 24/11/2026, in Asia/Ho_Chi_Minh; empty for none."""
    if at is None:
        return ""
    local = at.astimezone(TIME_ZONE)
    return gettext("{time} ngày {day}").format(time=f"{local:%H:%M}", day=f"{local:%d/%m/%Y}")


def hour(at: datetime) -> str:
    """14:05, in Asia/Ho_Chi_Minh, with the day unless it is today's."""
    local = at.astimezone(TIME_ZONE)
    return f"{local:%H:%M}" if local.date() == today() else moment(at)


def ago(at: datetime) -> str:
    """How long ago, in the largest unit that is full: "3 phút trước"."""
    seconds = max(0, int((now() - at).total_seconds()))
    if seconds < 60:
        return gettext("{n} giây trước").format(n=seconds)
    if seconds < 3600:
        return gettext("{n} phút trước").format(n=seconds // 60)
    if seconds < 86_400:
        return gettext("{n} giờ trước").format(n=seconds // 3600)
    return gettext("{n} ngày trước").format(n=seconds // 86_400)


def number(value: int, *, english: bool | None = None) -> str:
    """A count with the thousands mark of the language, by default the active one."""
    if is_english() if english is None else english:
        return f"{value:,}"
    return f"{value:,}".replace(",", ".")


def score(points: Decimal) -> str:
    """Points out of 100 with the language's decimal mark, without empty decimals: "59,25", "80"."""
    text = f"{points:f}".rstrip("0").rstrip(".") if "." in f"{points:f}" else f"{points:f}"
    return text if is_english() else text.replace(".", ",")


@lru_cache(maxsize=16)
def star_row(star: int, *, english: bool) -> Markup:
    """The certificate's star as glyphs, read out as a number by a screen reader."""
    label = f"OCOP {star} stars" if english else f"OCOP {star} sao"
    return Markup('<span class="stars" data-star="{}" role="img" aria-label="{}">{}</span>').format(
        star, label, "★" * star
    )


def is_english() -> bool:
    """Is this page read in English?"""
    return (get_language() or "vi").startswith("en")

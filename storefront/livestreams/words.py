"""How times of sessions are written."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from catalog import clock
from catalog.clock import TIME_ZONE


def day(of: date) -> str:
    """Today, tomorrow, or the weekday, with the date: "Thứ Bảy, 28/11/2026"."""
    names = [_("Thứ Hai"), _("Thứ Ba"), _("Thứ Tư"), _("Thứ Năm"), _("Thứ Sáu"), _("Thứ Bảy"), _("Chủ Nhật")]
    near = {clock.today(): _("Hôm nay"), clock.today() + timedelta(days=1): _("Ngày mai")}
    return f"{near.get(of, names[of.weekday()])}, {of:%d/%m/%Y}"


def day_of(at: datetime) -> date:
    """The day in Vietnam."""
    return at.astimezone(TIME_ZONE).date()


def span(starts_at: datetime, ends_at: datetime) -> str:
    """From when until when in Vietnam: "20:00–21:30", with the second day where it is another one."""
    start, end = starts_at.astimezone(TIME_ZONE), ends_at.astimezone(TIME_ZONE)
    until = f"{end:%H:%M}" if end.date() == start.date() else f"{end:%H:%M %d/%m}"
    return f"{start:%H:%M}–{until}"


def into(seconds: int) -> str:
    """A moment of a video: 1:05, 1:02:03."""
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


def seconds_of(text: str) -> int | None:
    """The seconds of 90, 1:30 or 1:02:03; None for anything else."""
    parts = text.strip().split(":")
    if not 1 <= len(parts) <= 3 or not all(part.isascii() and part.isdecimal() and len(part) < 6 for part in parts):
        return None
    return sum(int(part) * 60**power for power, part in enumerate(reversed(parts)))

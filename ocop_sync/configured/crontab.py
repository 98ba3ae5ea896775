"""When a source is due: a crontab of five fields, in Asia/Ho_Chi_Minh, as Celery reads it.

Unlike cron(5), a day has to fit both the day of the month and the day of the week.
"""

from datetime import datetime

from celery.schedules import ParseException, crontab
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from catalog import clock

FIELDS = 5
MOST_TIMES = 6  # times of a day that are told one by one
DAYS = (
    gettext_noop("Chủ nhật"), gettext_noop("thứ Hai"), gettext_noop("thứ Ba"), gettext_noop("thứ Tư"),
    gettext_noop("thứ Năm"), gettext_noop("thứ Sáu"), gettext_noop("thứ Bảy"),
)  # fmt: skip


def parse(text: str) -> crontab:
    """Raises ValueError: not five fields, a field that Celery does not take, or a day that never comes."""
    fields = text.split()
    if len(fields) != FIELDS:
        raise ValueError(f"{len(fields)} fields")
    minute, hour, day, month, weekday = fields
    try:
        return crontab(minute, hour, weekday, day, month, nowfun=clock.now)
    except (ParseException, ValueError, TypeError, KeyError, IndexError) as error:
        raise ValueError(str(error)) from error


def next_after(text: str, moment: datetime) -> datetime:
    """The first time by the crontab after `moment`, aware; never `moment` itself."""
    last, delta, _now = parse(text).remaining_delta(moment, tz=clock.TIME_ZONE)
    found: datetime = last + delta
    return found


def in_words(text: str) -> str:
    """The crontab as people say it, in the language of the page; the crontab itself where that would be long."""
    told = parse(text)
    times = [f"{hour:02}:{minute:02}" for hour in sorted(told.hour) for minute in sorted(told.minute)]
    _minute, hour, day, month, weekday = text.split()
    if month != "*" or (day != "*" and weekday != "*"):
        return _("theo lịch {crontab}").format(crontab=text)
    if hour == "*" and day == weekday == "*" and len(told.minute) <= MOST_TIMES:
        return _("mỗi giờ, phút {minutes}").format(minutes=", ".join(f"{one:02}" for one in sorted(told.minute)))
    if len(times) > MOST_TIMES:
        return _("theo lịch {crontab}").format(crontab=text)
    at = ", ".join(times)
    if day != "*":
        return _("{times} ngày {days} hằng tháng").format(times=at, days=", ".join(map(str, sorted(told.day_of_month))))
    if weekday != "*":
        return _("{times} {days} hằng tuần").format(
            times=at, days=", ".join(_(DAYS[d]) for d in sorted(told.day_of_week))
        )
    return _("{times} hằng ngày").format(times=at)

"""When a source is due: in Vietnam's time, which knows no summer; months, leap days, what never comes."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from django.utils import translation

from ocop_sync.configured.crontab import in_words, next_after, parse


@pytest.mark.parametrize(
    ("crontab", "moment", "due"),
    [
        ("40 2 * * *", "2026-11-25T02:39:59+07:00", "2026-11-25T02:40:00+07:00"),
        ("40 2 * * *", "2026-11-25T02:40:00+07:00", "2026-11-26T02:40:00+07:00"),
        ("40 2 * * *", "2026-11-24T19:41:00+00:00", "2026-11-26T02:40:00+07:00"),
        ("40 2 * * *", "2026-03-29T00:30:00+00:00", "2026-03-30T02:40:00+07:00"),  # Europe's clocks go on that night
        ("40 2 * * *", "2026-10-24T19:50:00+00:00", "2026-10-26T02:40:00+07:00"),  # and back
        ("0 0 * * *", "2026-12-31T23:59:00+07:00", "2027-01-01T00:00:00+07:00"),
        ("*/15 * * * *", "2026-11-25T10:44:30+07:00", "2026-11-25T10:45:00+07:00"),
        ("*/15 * * * *", "2026-11-25T23:45:00+07:00", "2026-11-26T00:00:00+07:00"),
        ("0 6 * * mon", "2026-11-25T09:00:00+07:00", "2026-11-30T06:00:00+07:00"),
        ("0 6 * * 1", "2026-11-30T06:00:00+07:00", "2026-12-07T06:00:00+07:00"),
        ("0 6 31 * *", "2026-11-25T09:00:00+07:00", "2026-12-31T06:00:00+07:00"),
        ("0 6 31 * *", "2027-01-31T06:00:00+07:00", "2027-03-31T06:00:00+07:00"),
        ("0 6 1,15 * *", "2026-11-15T06:00:00+07:00", "2026-12-01T06:00:00+07:00"),
        ("0 6 29 2 *", "2026-11-25T09:00:00+07:00", "2028-02-29T06:00:00+07:00"),
        ("0 6 1 1-3 *", "2027-03-01T06:00:00+07:00", "2028-01-01T06:00:00+07:00"),
    ],
)
def test_the_next_time_by_a_crontab(crontab: str, moment: str, due: str) -> None:
    assert next_after(crontab, datetime.fromisoformat(moment)) == datetime.fromisoformat(due)


def test_a_year_of_nights_is_365_times_without_a_gap() -> None:
    moment, times = datetime(2025, 12, 31, 17, tzinfo=UTC), []  # midnight in Vietnam
    while (moment := next_after("40 2 * * *", moment)).year == 2026:
        times.append(moment)

    assert len(times) == 365
    assert {(b - a).total_seconds() for a, b in pairwise(times)} == {86_400.0}


@pytest.mark.parametrize(
    "text", ["", "40 2 * *", "40 2 * * * *", "60 2 * * *", "0 24 * * *", "0 0 32 * *", "0 0 31 2 *", "0 0 0 * *",
             "0 0 * 13 *", "0 0 * * 8", "0 0 * * thu-hai", "@daily", "a b c d e", "*/0 * * * *", "5-1 * * * x"],
)  # fmt: skip
def test_what_is_no_crontab_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parse(text)


@pytest.mark.parametrize(
    ("crontab", "vi", "en"),
    [
        ("40 2 * * *", "02:40 hằng ngày", "02:40 every day"),
        ("0 6,18 * * *", "06:00, 18:00 hằng ngày", "06:00, 18:00 every day"),
        ("0 6 * * mon,thu", "06:00 thứ Hai, thứ Năm hằng tuần", "06:00 every Monday, Thursday"),
        ("0 6 1,15 * *", "06:00 ngày 1, 15 hằng tháng", "06:00 on day 1, 15 of each month"),
        ("*/30 * * * *", "mỗi giờ, phút 00, 30", "every hour, at minute 00, 30"),
        ("0 6 1 */3 *", "theo lịch 0 6 1 */3 *", "by the schedule 0 6 1 */3 *"),
        ("*/5 6 * * *", "theo lịch */5 6 * * *", "by the schedule */5 6 * * *"),
    ],
)
def test_a_crontab_in_words(crontab: str, vi: str, en: str) -> None:
    assert in_words(crontab) == vi
    with translation.override("en"):
        assert in_words(crontab) == en

"""How long a certificate holds: 36 months from its decision, and Article 12.3 of Quyết định 26/2026/QĐ-TTg."""

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

TERM_MONTHS = 36
EXTENSION = timedelta(days=180)
TOLERANCE = timedelta(days=31)
FILE_FROM, FILE_BY = timedelta(days=180), timedelta(days=120)  # Article 7.6.a, counted back from the last valid day
RULES_IN_FORCE = date(2026, 5, 22)  # Article 11.1: the transitional rule reaches no certificate that had ended before


@lru_cache(maxsize=8192)
def add_months(day: date, months: int) -> date:
    """The same day of the month `months` later, or that month's last day (29/02/2024 + 36 → 28/02/2027)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def conflicts(issued_on: date, expires_on: date | None) -> bool:
    """A published expiry more than 31 days away from issue + 36 months contradicts the decision."""
    return expires_on is not None and abs(expires_on - add_months(issued_on, TERM_MONTHS)) > TOLERANCE


def last_valid_day(issued_on: date, expires_on: date | None = None) -> date:
    """The last day (Asia/Ho_Chi_Minh) on which the certificate holds; of two dates the earlier one counts."""
    by_law = add_months(issued_on, TERM_MONTHS)
    return by_law if expires_on is None else min(by_law, expires_on)


def extended_until(term_end: date, filed_on: date | None) -> date:
    """Article 12.3: at most 180 days more, and only with evidence of a filing made while the certificate still held."""
    if filed_on is None or filed_on > term_end or term_end < RULES_IN_FORCE:
        return term_end
    return term_end + EXTENSION


def filing_window(term_end: date) -> tuple[date, date]:
    """Article 7.6.a: the first and the last day, both included, on which re-evaluation is filed."""
    return term_end - FILE_FROM, term_end - FILE_BY

"""A page of the registry feed v1: `{"as_of", "items", "next_cursor"}`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from ocop_sync.sources.feed_items import Doubtful, parse
from ocop_sync.sources.refusals import Refusal

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
MOST_VALUES = 4_000_000  # of a page; each takes memory, however few bytes it has in the text
MOST_ITEMS = 250_000  # of a page
LONGEST_CURSOR = 2000  # characters
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}($|T)")


@dataclass(frozen=True)
class Page:
    """Items as parsed; `as_of` as the source wrote it, `day` the same in Asia/Ho_Chi_Minh; `cursor` "" at the end."""

    items: Sequence[Any]
    as_of: str
    day: date | None
    cursor: str


def page_of(content: bytes, source: str) -> Page:
    """Raises SourceUnusable: no JSON, another shape, a page that is itself in doubt (its own keys twice, …)."""
    if sum(content.count(sign) for sign in (b",", b"{", b"[")) > MOST_VALUES:
        raise Refusal("too_many", source=source, what_vi="giá trị trong một trang", what_en="values in a page",
                      most=MOST_VALUES)  # fmt: skip
    try:
        told = parse(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Refusal("no_json", source=source, line=line, reason=f"UTF-8: {error.reason}") from error
    except RecursionError as error:
        raise _odd(source, "lồng nhau quá sâu", "nested too deep") from error
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        raise Refusal("no_json", source=source, line=line, reason=getattr(error, "msg", str(error))) from error
    if not isinstance(told, dict):
        raise _odd(source, "không phải là đối tượng", "no object")
    if isinstance(told, Doubtful):
        raise _odd(source, told.why, told.why)
    items, cursor = told.get("items"), told.get("next_cursor")
    if not isinstance(items, list):
        raise _odd(source, 'thiếu danh sách "items"', 'the list "items" is missing')
    if len(items) > MOST_ITEMS:
        raise Refusal("too_many", source=source, what_vi="mục trong một trang", what_en="items in a page",
                      most=MOST_ITEMS)  # fmt: skip
    if not (cursor is None or (isinstance(cursor, str) and len(cursor) <= LONGEST_CURSOR)):
        raise _odd(source, "next_cursor không phải là chữ", "next_cursor is no text")
    as_of = told.get("as_of")
    return Page(items, as_of if isinstance(as_of, str) else "", _day(as_of, source), cursor or "")


def _day(as_of: Any, source: str) -> date | None:
    """The day of an ISO date or moment, in Asia/Ho_Chi_Minh; None when the page names none."""
    if as_of is None:
        return None
    try:
        moment = datetime.fromisoformat(as_of if isinstance(as_of, str) and _DAY.match(as_of) else "")
        return moment.astimezone(VIETNAM).date() if moment.tzinfo else moment.date()
    except (ValueError, OverflowError) as error:
        raise _odd(source, "as_of không phải là ngày ISO", "as_of is no ISO day") from error


def _odd(source: str, vi: str, en: str) -> Refusal:
    return Refusal("no_page", source=source, reason_vi=vi, reason_en=en)

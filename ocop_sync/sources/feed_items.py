"""Items of the registry feed v1 as records (specification, section 3), read strictly; every item is accounted for.

Text that is no JSON makes the source unusable: it may be cut off. An item that is JSON but cannot be trusted (no
object, a key twice, NaN or Infinity, a number or text of absurd length, nested too deep, recognitions of another
shape) becomes a record without product and producer, under its own registry id: it is held, its note says why, and
what it proved before is delisted.
"""

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from ocop_sync.records import RawRecognition, RawRecord
from ocop_sync.sources.layout import unreadable
from ocop_sync.sources.reading import tidy

LONGEST_ITEM = 1024 * 1024  # bytes of one line
LONGEST_TEXT = 10_000  # characters of one field
LONGEST_NUMBER = 40  # characters
MOST_RECOGNITIONS = 100
DEEPEST = 40  # nested objects and lists of an item


@dataclass(frozen=True)
class Doubt:
    """What stands where a value cannot be taken."""

    why: str


class Doubtful(dict[str, Any]):
    """An object that holds something which cannot be taken."""

    why = ""


def parse(text: str) -> Any:
    """JSON with every doubt kept where it arose; numbers stay the texts that they were.

    Raises ValueError (no JSON) and RecursionError (nested too deep).
    """
    return _DECODER.decode(text)


def _number(text: str) -> str | Doubt:
    return text if len(text) <= LONGEST_NUMBER else Doubt(f"số dài {len(text)} chữ số")


def _constant(text: str) -> Doubt:
    return Doubt(f"{text} không phải là số")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    twice = [name for name, count in Counter(name for name, _ in pairs).items() if count > 1]
    doubtful = Doubtful(found)
    doubtful.why = f"khóa {twice[0][:40]!r} bị lặp"
    if "registry_id" in twice:
        doubtful["registry_id"] = ""
    return doubtful


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_int=_number, parse_float=_number, parse_constant=_constant)


def record_of(number: int, item: Any) -> RawRecord:
    """A parsed item as a record; `number` is its line, or its place in the page, counted from 1."""
    if not isinstance(item, dict):
        return unreadable(number, f"Mục {number}: không phải là đối tượng JSON.")
    if why := doubt_about(item):
        registry_id = item.get("registry_id")
        known = registry_id if isinstance(registry_id, str) and len(registry_id) <= LONGEST_TEXT else ""
        return unreadable(number, f"Mục {number}: {why}.", registry_id=tidy(known))
    return _record(number, item)


def doubt_about(value: Any, depth: int = 0) -> str:
    """Why a parsed value cannot be trusted, or ""."""
    if type(value) is str:
        return f"chữ dài {len(value)} ký tự" if len(value) > LONGEST_TEXT else ""
    if isinstance(value, Doubt | Doubtful):
        return value.why
    return _doubt_inside(value, depth) if isinstance(value, dict | list) else ""


def _doubt_inside(value: dict[str, Any] | list[Any], depth: int) -> str:
    if depth >= DEEPEST:
        return "lồng nhau quá sâu"
    if isinstance(value, dict) and depth == 0 and (why := _odd_recognitions(value.get("recognitions"))):
        return why
    for one in value.values() if isinstance(value, dict) else value:
        if why := doubt_about(one, depth + 1):
            return why
    return ""


def _odd_recognitions(told: Any) -> str:
    if told is None:
        return ""
    if not isinstance(told, list) or not all(isinstance(one, dict) for one in told):
        return "recognitions không phải là danh sách các lần công nhận"
    return f"có {len(told)} lần công nhận" if len(told) > MOST_RECOGNITIONS else ""


def _record(number: int, item: dict[str, Any]) -> RawRecord:
    producer = item.get("producer")
    producer = producer if isinstance(producer, dict) else {"name": producer}
    return RawRecord(
        row=number,
        registry_id=text_of(item.get("registry_id")),
        product=text_of(item.get("product_name")),
        producer=text_of(producer.get("name")),
        producer_kind=text_of(producer.get("type")),
        category=text_of(item.get("category")),
        set_no=text_of(item.get("product_set")),
        address=text_of(item.get("address")),
        commune_code=text_of(item.get("commune_code")),
        evidence=text_of(item.get("evidence")),
        deleted=item.get("deleted") is True,
        recognitions=tuple(_recognition(one) for one in item.get("recognitions") or ()),
    )


def _recognition(item: dict[str, Any]) -> RawRecognition:
    return RawRecognition(
        star=text_of(item.get("star")),
        score=text_of(item.get("score")),
        decision=text_of(item.get("decision_number")),
        authority=text_of(item.get("authority")),
        issued=text_of(item.get("issued_on")),
        expires=text_of(item.get("expires_on")),
        status=text_of(item.get("status")),
        filed=text_of(item.get("filed_on")),
        revoked=text_of(item.get("revoked_on")),
        ground=text_of(item.get("revocation_ground")),
    )


def text_of(value: Any) -> str:
    """A value of an item as text; an object or a list is none."""
    if type(value) is str:
        return value and tidy(value)
    return "" if value is None or isinstance(value, dict | list) else str(value)

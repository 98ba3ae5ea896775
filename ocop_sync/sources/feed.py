"""Registry feed v1: a JSON page or one item a line in a file, or pages over HTTP (specification, section 3)."""

import json
import os
import time
from datetime import date
from pathlib import Path
from typing import Any

import httpx

from catalog.certificates.models import Tier
from catalog.text import clean
from ocop_sync.errors import SourceUnusable
from ocop_sync.normalise.dates import read_date
from ocop_sync.normalise.scrub import scrub
from ocop_sync.records import RawRecognition, RawRecord
from ocop_sync.sources.reading import Reading, digest_of

EXPECTED = 'a registry feed v1: {"as_of", "items", "next_cursor"}, or one item a line'
TIMEOUT = httpx.Timeout(30, connect=5)
TRIES = 5
LONGEST_WAIT = 60.0  # seconds
PAGE = 500
MOST_PAGES = 2000


def read_feed_file(path: Path, content: bytes) -> Reading:
    """A file that holds one page, or one item a line (.jsonl). Raises SourceUnusable."""
    try:
        text = content.decode("utf-8-sig")
        page = _page_of(text, lines=path.suffix == ".jsonl")
    except (ValueError, TypeError) as error:
        raise SourceUnusable(source=path.name, found=f"unreadable JSON ({error})", expected=EXPECTED) from error
    reading = Reading("feed", Tier.C, digest_of(content), as_of=_day(page.get("as_of")))
    _add_items(reading, page, path.name)
    if page.get("next_cursor"):
        found = "only the first of several pages (next_cursor is set)"
        raise SourceUnusable(source=path.name, found=found, expected=EXPECTED)
    if not reading.records:
        raise SourceUnusable(source=path.name, found="no item", expected=EXPECTED)
    return reading


def read_feed_url(url: str, *, updated_since: str = "", etag: str = "", http: httpx.Client | None = None) -> Reading:
    """All pages of `{url}/products`; the token comes from CHOSAO_FEED_TOKEN. A delta when `updated_since` is set.

    `unchanged` is true when the server answers 304 to `etag`. Honours 429 and Retry-After. Raises SourceUnusable.
    """
    token = os.environ.get("CHOSAO_FEED_TOKEN", "")
    http = http or httpx.Client(timeout=TIMEOUT)
    base = url.rstrip("/") + ("" if url.rstrip("/").endswith("/products") else "/products")
    reading = Reading("feed", Tier.C, "", is_delta=bool(updated_since))
    cursor, seen, bodies = "", set(), []
    for _ in range(MOST_PAGES):
        query = {"limit": str(PAGE), "cursor": cursor, "updated_since": updated_since}
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        if etag and not cursor:
            headers["If-None-Match"] = etag
        response = _get(http, base, {k: v for k, v in query.items() if v}, headers)
        if response.status_code == httpx.codes.NOT_MODIFIED:
            reading.unchanged = True
            return reading
        page = _json(response, url)
        reading.etag = reading.etag or response.headers.get("ETag", "")
        reading.as_of = reading.as_of or _day(page.get("as_of"))
        bodies.append(response.content)
        _add_items(reading, page, url)
        cursor = page.get("next_cursor") or ""
        if not cursor:
            break
        if cursor in seen:
            raise SourceUnusable(source=url, found="a cursor that comes back", expected=EXPECTED)
        seen.add(cursor)
    reading.digest = digest_of(b"\n".join(bodies))
    if not reading.records and not reading.is_delta:
        raise SourceUnusable(source=url, found="no item", expected=EXPECTED)
    return reading


def _get(http: httpx.Client, url: str, query: dict[str, str], headers: dict[str, str]) -> httpx.Response:
    found = ""
    for attempt in range(TRIES):
        try:
            response = http.get(url, params=query, headers=headers)
        except httpx.TransportError as error:
            found, wait = f"{type(error).__name__}: {error}", 2.0**attempt
        else:
            if response.status_code not in (429, 502, 503, 504):
                return response
            found, wait = f"HTTP {response.status_code}", _retry_after(response, 2.0**attempt)
        if attempt + 1 < TRIES:
            time.sleep(min(wait, LONGEST_WAIT))
    raise SourceUnusable(source=url, found=f"no answer after {TRIES} tries ({found})", expected=EXPECTED)


def _retry_after(response: httpx.Response, otherwise: float) -> float:
    told = response.headers.get("Retry-After", "")
    return float(told) if told.isdecimal() else otherwise


def _json(response: httpx.Response, url: str) -> dict[str, Any]:
    if response.status_code != httpx.codes.OK:
        raise SourceUnusable(source=url, found=f"HTTP {response.status_code}", expected=EXPECTED)
    try:
        page = response.json()
    except ValueError as error:
        raise SourceUnusable(source=url, found="an answer that is no JSON", expected=EXPECTED) from error
    if not isinstance(page, dict):
        raise SourceUnusable(source=url, found="an answer of another shape", expected=EXPECTED)
    return page


def _page_of(text: str, *, lines: bool) -> dict[str, Any]:
    if lines:
        return {"items": [json.loads(line) for line in text.splitlines() if line.strip()]}
    page = json.loads(text)
    if not isinstance(page, dict):
        raise TypeError("the outermost value is not an object")
    return page


def _add_items(reading: Reading, page: dict[str, Any], source: str) -> None:
    items = page.get("items")
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise SourceUnusable(source=source, found='no list "items"', expected=EXPECTED)
    start = len(reading.records)
    reading.records += [_record(start + number, item) for number, item in enumerate(items, start=1)]


def _record(number: int, item: dict[str, Any]) -> RawRecord:
    producer = item.get("producer")
    producer = producer if isinstance(producer, dict) else {"name": producer}
    told = item.get("recognitions")
    told = [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []
    return RawRecord(
        row=number,
        registry_id=_text(item.get("registry_id")),
        product=_text(item.get("product_name")),
        producer=_text(producer.get("name")),
        producer_kind=_text(producer.get("type")),
        category=_text(item.get("category")),
        set_no=_text(item.get("product_set")),
        address=_text(item.get("address")),
        commune_code=_text(item.get("commune_code")),
        evidence=_text(item.get("evidence")),
        deleted=item.get("deleted") is True,
        recognitions=tuple(_recognition(one) for one in told),
    )


def _recognition(item: dict[str, Any]) -> RawRecognition:
    return RawRecognition(
        star=_text(item.get("star")),
        score=_text(item.get("score")),
        decision=_text(item.get("decision_number")),
        authority=_text(item.get("authority")),
        issued=_text(item.get("issued_on")),
        expires=_text(item.get("expires_on")),
        status=_text(item.get("status")),
        filed=_text(item.get("filed_on")),
        revoked=_text(item.get("revoked_on")),
        ground=_text(item.get("revocation_ground")),
    )


def _text(value: Any) -> str:
    return "" if value is None or isinstance(value, dict | list) else scrub(clean(str(value)))


def _day(value: Any) -> date | None:
    return read_date(_text(value))

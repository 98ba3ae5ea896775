"""The registry feed v1 over HTTP: all its pages, under limits, and nothing when it changes while it is read."""

import hashlib
from collections.abc import Iterator
from contextlib import closing

import httpx

from catalog.certificates.models import Tier
from ocop_sync.records import RawRecord
from ocop_sync.sources.addresses import place_of
from ocop_sync.sources.feed_items import record_of
from ocop_sync.sources.feed_page import Page, page_of
from ocop_sync.sources.fetching import Answer, Fetcher
from ocop_sync.sources.reading import Reading, display_name
from ocop_sync.sources.refusals import Refusal

PAGE = 500  # items asked for
MOST_PAGES = 4000
MOST_ITEMS = 1_000_000
LONGEST_ETAG = 200  # characters
_GONE = (httpx.codes.NOT_FOUND, httpx.codes.GONE)


def read_feed_url(url: str, *, updated_since: str, etag: str, token: str) -> Reading:
    """All pages of `{url}/products`; a delta when `updated_since` is set. The first page is fetched at once.

    `unchanged` is true when the server answers 304 to `etag`. Raises SourceUnusable, also while records are read:
    the pages tell of different days, a cursor comes back, a later page is empty or gone.
    """
    base = url.rstrip("/")
    place = place_of(base if base.endswith("/products") else f"{base}/products")
    feed = _Feed(Fetcher(place, token, display_name(url)), updated_since)
    reading = Reading("feed", Tier.C, iter(()), is_delta=bool(updated_since))
    try:
        answer = feed.ask("", etag)
        if answer.status == httpx.codes.NOT_MODIFIED and etag:
            reading.unchanged, reading.etag = True, etag
            feed.close()
            return reading
        first = feed.page(answer)
    except BaseException:
        feed.close()
        raise
    told = answer.headers.get("ETag", "")
    reading.etag = told if len(told) <= LONGEST_ETAG and told.isascii() else ""
    reading.as_of = first.day
    reading.records = _records(feed, first, reading)
    return reading


def _records(feed: "_Feed", first: Page, reading: Reading) -> Iterator[RawRecord]:
    number = 0
    with closing(feed):
        for page in feed.pages(first):
            for item in page.items:
                number += 1
                yield record_of(number, item)
            if number > MOST_ITEMS:
                raise Refusal("too_many", source=feed.source, what_vi="mục", what_en="items", most=MOST_ITEMS)
    reading.digest = feed.digest
    if not number and not reading.is_delta:
        raise Refusal("no_item", source=feed.source)


class _Feed:
    """One walk through a feed's pages."""

    def __init__(self, fetcher: Fetcher, updated_since: str) -> None:
        self._fetcher, self._since = fetcher, updated_since
        self._sum = hashlib.sha256()
        self.source = fetcher.source
        self.close = fetcher.close

    @property
    def digest(self) -> str:
        """SHA-256 of the pages read."""
        return self._sum.hexdigest()

    def ask(self, cursor: str, etag: str = "") -> Answer:
        """One page's answer."""
        query = {"limit": str(PAGE), "cursor": cursor, "updated_since": self._since}
        headers = {"If-None-Match": etag} if etag and etag.isascii() and etag.isprintable() else {}
        return self._fetcher.get({name: value for name, value in query.items() if value}, headers)

    def page(self, answer: Answer) -> Page:
        """A page out of an answer. Raises SourceUnusable."""
        if answer.status in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
            raise Refusal("denied", source=self.source, status=answer.status)
        if answer.status != httpx.codes.OK:
            raise Refusal("status", source=self.source, status=answer.status)
        self._sum.update(answer.content + b"\n")
        return page_of(answer.content, self.source)

    def pages(self, first: Page) -> Iterator[Page]:
        """The first page and all that follow it."""
        page, seen = first, {""}
        yield page
        while page.cursor:
            if page.cursor in seen:
                raise Refusal("looping", source=self.source)
            if len(seen) >= MOST_PAGES:
                raise Refusal("too_many", source=self.source, what_vi="trang", what_en="pages", most=MOST_PAGES)
            seen.add(page.cursor)
            page = self._next(page.cursor, len(seen), first.as_of)
            yield page

    def _next(self, cursor: str, number: int, as_of: str) -> Page:
        answer = self.ask(cursor)
        if answer.status in _GONE:
            raise Refusal("shrank", source=self.source, page=number, reason=f"HTTP {answer.status}")
        page = self.page(answer)
        if page.as_of != as_of:
            raise Refusal("changed", source=self.source, before=as_of[:40] or "—", after=page.as_of[:40] or "—")
        if not page.items:
            raise Refusal("shrank", source=self.source, page=number, reason="0 items")
        return page

"""Search, suggest, and keeping the index like the database."""

import logging
import os
import secrets
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache

from django.conf import settings

from catalog import clock, shelf
from catalog.outbox.models import OutboxRow
from catalog.outbox.services import claim, finish
from catalog.products.models import Product
from catalog.search import plain, pointer
from catalog.search.asking import Answer, ask
from catalog.search.documents import documents
from catalog.search.engine import Engine
from catalog.search.errors import ReindexTimeout, SearchUnavailable
from catalog.search.facets import facets
from catalog.search.lease import lease
from catalog.search.query import MAX_HITS, SearchPage, SearchQuery, Suggestion
from catalog.search.reading import offset, per_page, read
from catalog.search.suggesting import Dictionary
from catalog.search.tantivy_engine import TantivyEngine

TOPIC = "index"
BATCH = 500  # outbox rows a commit
REINDEX_WAIT = 900.0  # seconds
ASK_EVERY = 0.1
EVERYTHING = "*"  # the key of a row that asks for a rebuild
Progress = Callable[[str], None]
log = logging.getLogger(__name__)
_dictionary = Dictionary()
_away = False


@lru_cache(maxsize=1)
def engine() -> Engine:
    """This process's engine: Elasticsearch where its address is set, else tantivy."""
    if settings.ELASTICSEARCH_URL:
        from catalog.search.elasticsearch_engine import ElasticsearchEngine  # noqa: PLC0415 - half a second to load

        return ElasticsearchEngine()
    return TantivyEngine()


def search(query: SearchQuery) -> SearchPage:
    """A page of what is listed today, in order, with facets.

    Only ids come from the index; rows come from the database, which drops what is no longer listed. While no engine
    answers, the page is `plain`: a list by filters from the database.
    """
    started = time.perf_counter()
    is_plain = False
    try:
        answer = ask(engine(), query)
    except SearchUnavailable:
        reading, is_plain = read(query), True
        answer = Answer(reading, plain.search(reading.request))
    _tell(is_plain=is_plain)
    found = answer.found
    products = shelf.by_number(found.ids)
    total = found.total - (len(found.ids) - len(products))
    pages = -(-min(total, MAX_HITS) // per_page(query))
    return SearchPage(
        total=total,
        products=products,
        facets=facets(found.counts, query) if query.counted else {},
        took_ms=round((time.perf_counter() - started) * 1000, 2),
        chips=list(answer.reading.chips),
        corrected=answer.corrected,
        offered=answer.offered,
        pages=pages,
        page=offset(query) // per_page(query) + 1,
        plain=is_plain,
    )


def _tell(*, is_plain: bool) -> None:
    """Say it in the log when the engine went away and when it came back, once each in this process."""
    global _away  # noqa: PLW0603 - what this process said last
    if is_plain != _away:
        _away = is_plain
        if is_plain:
            log.error("search: no engine answers; lists by filters from the database are shown")
        else:
            log.warning("search: the engine answers again")


def suggest(text: str, limit: int = 8) -> list[Suggestion]:
    """Products, producers, places and groups that begin with what was typed, with or without accents.

    What is delisted is gone with the index's next generation. Raises SearchUnavailable while nothing has been read yet.
    """
    return _dictionary.suggest(text, limit, str(pointer.directory()), generation())


def prepare() -> None:
    """Begin to read what `suggest` gives; returns at once."""
    with suppress(SearchUnavailable):
        suggest("a")


def generation() -> str:
    """Changes with every change of the index; empty when there is none."""
    return engine().generation()


def reindex(progress: Progress = lambda _: None) -> int:
    """Build the index anew beside the old one and swap. Returns how many products it holds.

    Waits for the writer's lease; where the indexer process holds it, asks that one. Raises ReindexTimeout.
    """
    until = time.monotonic() + REINDEX_WAIT
    asked: OutboxRow | None = None
    while time.monotonic() < until:
        with lease() as held:  # its holder may have been a short one, or may have died
            if held:
                return rebuild(progress)
        if asked is None:
            progress("asking the running indexer")
            asked = OutboxRow.objects.create(topic=TOPIC, key=EVERYTHING, available_at=clock.now())
        elif not OutboxRow.objects.filter(pk=asked.pk).exists():
            return Product.objects.count()
        time.sleep(ASK_EVERY)
    raise ReindexTimeout(seconds=int(REINDEX_WAIT))


def rebuild(progress: Progress = lambda _: None) -> int:
    """Build anew. Only for the holder of the lease.

    The rows seen before the products are read are covered by it and go. They are named one by one: a transaction
    that began earlier may commit a lower number while the products are being read.
    """
    covered = list(OutboxRow.objects.filter(topic=TOPIC).values_list("pk", flat=True))
    count = engine().rebuild(documents(), progress)
    for start in range(0, len(covered), BATCH):
        OutboxRow.objects.filter(pk__in=covered[start : start + BATCH]).delete()
    return count


def bring_up_to_date() -> None:
    """Rebuild where the index cannot be used, else work off the outbox. Only for the holder of the lease.

    Rows claimed by a writer that died with its lease come first: nobody else can be at work on them.
    """
    claimed = OutboxRow.objects.filter(topic=TOPIC, leased_until__isnull=False)
    if claimed.exists():
        claimed.update(leased_until=None)
    if engine().ready():
        apply_due()
    else:
        rebuild()


def apply_due() -> int:
    """Work off outbox rows, one commit a batch. Only for the holder of the lease. Returns how many rows."""
    owner, done = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}", 0
    while rows := claim(TOPIC, owner, BATCH):
        codes = {row.key for row in rows}
        if EVERYTHING in codes:
            rebuild()
        else:
            engine().apply(documents(codes), codes)
        finish(rows)
        done += len(rows)
    return done


def catch_up() -> None:
    """Bring the index up to date where no indexer process does; returns at once where one does."""
    with lease() as held:
        if not held:
            return
        try:
            bring_up_to_date()
        finally:
            engine().close()

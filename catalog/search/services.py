"""Search, suggest, and keeping the index like the database."""

import os
import secrets
import socket
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache

from catalog import clock
from catalog.certificates.gate import listable
from catalog.outbox.models import OutboxRow
from catalog.outbox.services import claim, finish
from catalog.products.models import Product
from catalog.search import spelling, suggesting
from catalog.search.documents import documents
from catalog.search.engine import Engine, Found
from catalog.search.errors import ReindexTimeout
from catalog.search.facets import facets
from catalog.search.lease import lease
from catalog.search.query import MAX_HITS, SearchPage, SearchQuery, Suggestion
from catalog.search.reading import Reading, offset, per_page, read
from catalog.search.synonyms import clauses
from catalog.search.tantivy_engine import TantivyEngine
from catalog.search.tokens import tokens

TOPIC = "index"
BATCH = 500  # outbox rows a commit
REINDEX_WAIT = 60.0  # seconds
Progress = Callable[[str], None]


@lru_cache(maxsize=1)
def engine() -> Engine:
    """This process's engine."""
    return TantivyEngine()


def search(query: SearchQuery) -> SearchPage:
    """A page of what is listed today, in order, with facets. Raises SearchUnavailable where no index can be read.

    Only ids come from the index; rows come from the database, which drops what is no longer listed.
    """
    started = time.perf_counter()
    corrected = None if query.exact else _corrected(query)
    asked = replace(query, text=corrected) if corrected else query
    reading, found = _ask(asked)
    products = _hydrate(found.ids)
    pages = -(-min(found.total, MAX_HITS) // per_page(query))
    return SearchPage(
        total=found.total,
        products=products,
        facets=facets(found.counts, query),
        took_ms=round((time.perf_counter() - started) * 1000, 2),
        chips=list(reading.chips),
        corrected=corrected,
        pages=pages,
        page=offset(query) // per_page(query) + 1,
    )


def suggest(text: str, limit: int = 8) -> list[Suggestion]:
    """Phrases that begin with what was typed, with or without accents."""
    return suggesting.suggest(text, limit, generation())


def generation() -> str:
    """Changes with every change of the index; empty when there is none."""
    return engine().generation()


def reindex(progress: Progress = lambda _: None) -> int:
    """Build the index anew beside the old one and swap. Returns how many products it holds.

    Waits for the writer's lease; where the indexer process holds it, asks that one. Raises ReindexTimeout.
    """
    with lease() as held:
        if held:
            return rebuild(progress)
    before = generation()
    OutboxRow.objects.create(topic=TOPIC, key=EVERYTHING, available_at=clock.now())
    until = time.monotonic() + REINDEX_WAIT
    while generation().partition(".")[0] == before.partition(".")[0]:
        if time.monotonic() > until:
            raise ReindexTimeout(seconds=int(REINDEX_WAIT))
        time.sleep(0.1)
    return Product.objects.count()


EVERYTHING = "*"


def rebuild(progress: Progress = lambda _: None) -> int:
    """Build anew. Only for the holder of the lease."""
    last = OutboxRow.objects.filter(topic=TOPIC).order_by("-pk").values_list("pk", flat=True).first()
    count = engine().rebuild(documents(), progress)
    if last:
        OutboxRow.objects.filter(topic=TOPIC, pk__lte=last).delete()
    return count


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
        if engine().ready():
            apply_due()
        else:
            rebuild()
        engine().close()


def _ask(query: SearchQuery) -> tuple[Reading, Found]:
    """Places in the text narrow; where that leaves nothing but the plain words find something, they stay words."""
    reading = read(query)
    if reading.nothing:
        return reading, Found(0, [], {})
    found = engine().search(reading.request)
    if found.total or not reading.chips:
        return reading, found
    plain = read(query, keep_words=True)
    words_found = engine().search(plain.request)
    return (plain, words_found) if words_found.total else (reading, found)


def _corrected(query: SearchQuery) -> str | None:
    typed = tokens(query.text)
    if not typed:
        return None
    today = clock.today().toordinal()

    def hits(text: str) -> int:
        return engine().count(tuple(clauses(tokens(text))), today, adult=query.adult)

    return spelling.correct(typed, engine().vocabulary(), hits)


def _hydrate(ids: Iterable[int]) -> list[Product]:
    ids = list(ids)
    listed = Product.objects.filter(listable(clock.today()), pk__in=ids).select_related("producer", "current")
    found = {product.pk: product for product in listed}
    return [found[pk] for pk in ids if pk in found]

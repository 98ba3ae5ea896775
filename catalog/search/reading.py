"""A query's text and filters, read into what an engine is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from catalog import clock
from catalog.search import codes, place_words
from catalog.search.decision_numbers import fused
from catalog.search.engine import Filters, Request
from catalog.search.query import MAX_HITS, MAX_PER_PAGE, Chip, SearchQuery
from catalog.search.synonyms import Clause, clauses
from catalog.search.tokens import Token, tokens
from catalog.synonyms.groups import SynonymSet

MAX_TEXT: Final = 200  # characters
MAX_WORDS: Final = 16
_MAX_PRICE: Final = 1 << 40


@dataclass(frozen=True, slots=True)
class Reading:
    """`typed` are all words of the text, `request` what is asked of the engine, `chips` the places among the words.

    `doubtful`: one of them is a district's name that stands alone. `nothing`: something was typed, but no word that
    could be looked for.
    """

    typed: tuple[Token, ...]
    request: Request
    chips: tuple[Chip, ...] = ()
    doubtful: bool = False
    nothing: bool = False


def read(
    query: SearchQuery, *, keep_words: bool = False, only_sure: bool = False, synonyms: SynonymSet | None = None
) -> Reading:
    """The query as the engine is asked; with `keep_words` place names stay plain words, with `only_sure` the doubtful.

    Provinces and regions are filters. Smaller places are words that are also found by place (decision 0025).
    `synonyms`: others than those in force.
    """
    typed = tuple(tokens(fused(query.text[:MAX_TEXT]))[:MAX_WORDS])
    spans = [] if keep_words or query.keep_words else place_words.find(typed)
    spans = [span for span in spans if span.sure or not only_sure]
    in_place = {index for span in spans for index in range(span.start, span.end)}
    rest = [token for index, token in enumerate(typed) if index not in in_place]
    chips = tuple(span.chip for span in spans)
    local = [
        Clause(span.name, in_a_row=True, communes=tuple(map(codes.place, span.communes)))
        for span in spans
        if span.communes
    ]
    request = Request(
        today=clock.today().toordinal(),
        clauses=(*clauses(rest, synonyms), *local),
        filters=_filters(query, chips),
        adult=query.adult,
        sort=query.sort,
        offset=offset(query),
        limit=per_page(query),
        counted=query.counted,
    )
    doubtful = not all(span.sure for span in spans)
    return Reading(typed, request, chips, doubtful, nothing=bool(query.text.strip()) and not typed)


def per_page(query: SearchQuery) -> int:
    """Hits on a page, within its bounds."""
    return min(max(1, query.per_page), MAX_PER_PAGE)


def offset(query: SearchQuery) -> int:
    """Hits before the page; pages end at `MAX_HITS`."""
    return min(max(0, query.skip) + (max(1, query.page) - 1) * per_page(query), MAX_HITS)


def _filters(query: SearchQuery, chips: Sequence[Chip]) -> Filters:
    return Filters(
        provinces=codes.asked(map(codes.place, query.province)),
        communes=codes.asked(map(codes.place, query.commune)),
        old_provinces=codes.asked(map(codes.place, query.old_province)),
        named_provinces=tuple(codes.place(chip.value) for chip in chips if chip.kind == "province"),
        named_old_provinces=tuple(codes.place(chip.value) for chip in chips if chip.kind == "old_province"),
        named_regions=tuple(codes.region(chip.value) for chip in chips if chip.kind == "region"),
        regions=codes.asked(map(codes.region, query.region)),
        stars=_small(query.star),
        branches=_small(query.branch),
        producer_kinds=codes.asked(map(codes.producer_kind, query.producer_kind)),
        price_min=_price(query.price_min),
        price_max=_price(query.price_max),
        in_stock=query.in_stock,
    )


def _small(numbers: Sequence[int]) -> tuple[int, ...]:
    return codes.asked(number if 0 < number < 100 else 0 for number in numbers)


def _price(price: int | None) -> int | None:
    return None if price is None else min(max(0, price), _MAX_PRICE)

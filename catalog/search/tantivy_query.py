"""Questions in tantivy's terms.

Score, each step above what the next is worth: words with the accents that were typed, anywhere; these in the name; what
is for sale; words in the name; BM25. A word with its accents counts twice what it counts for standing in the name, so
that all words with theirs come before some in the name. Words behind one another count more than one of them in the
name ("Sơn Hà" is no "Hà thủ ô" of Sơn Lộ), and less than two.
"""

from collections.abc import Iterable
from typing import Final

from tantivy import FieldType, Occur, Order, Query

from catalog.search.engine import Filters, Request
from catalog.search.synonyms import Alternative, Clause
from catalog.search.tantivy_schema import schema

ORDERS: Final = {
    "price": ("price_up", Order.Asc),
    "-price": ("price_down", Order.Desc),
    "star": ("by_star", Order.Desc),
    "name": ("sort_name", Order.Asc),
    "newest": ("newest", Order.Desc),
}
BY_RANK: Final = ("rank", Order.Desc)
_NAME, _NAME_VI, _PHRASE = 3.0, 4.0, 5.0
_ACCENTS, _NAMED, _TOGETHER = 16384.0, 8192.0, 12288.0  # words with accents: anywhere, in the name, in a row
_FOR_SALE = 4096.0
_FOLDED_NAMED, _FOLDED_TOGETHER, _SYNONYM = 200.0, 300.0, 150.0  # the word itself comes before a synonym

Part = tuple[Occur, Query]


def gate(today: int, *, adult: bool) -> list[Part]:
    """What may be shown on that day: the same three facts as the gate's SQL condition, and goods for adults."""
    parts = [term("blocked", 0), between("listable_from", None, today), between("listable_until", today, None)]
    if not adult:
        parts.append(term("adult", 0))
    return [(Occur.Must, part) for part in parts]


def matching(clauses: Iterable[Clause]) -> list[Part]:
    """Every clause must match."""
    return [(Occur.Must, _clause(clause)) for clause in clauses]


def scoring(request: Request) -> list[Part]:
    """What makes one hit better than another."""
    clauses = request.clauses
    typed = [token for clause in clauses for token in clause.words]
    plain, spoken = [token.folded for token in typed], [token.accented for token in typed]
    parts = [_step(term("for_sale", 1), _FOR_SALE)]
    parts += [Query.boost_query(term("name", word), _NAME) for word in plain]
    parts += [_step(phrase("name", [token.folded for token in c.words]), _FOLDED_NAMED) for c in clauses]
    parts += [_step(_alternative(a), _SYNONYM) for c in clauses for a in c.alternatives if a.goods]
    if len(typed) > 1:
        parts.append(Query.boost_query(phrase("name", plain), _PHRASE))
    if len(clauses) > 1:
        parts.append(_step(phrase("all", plain), _FOLDED_TOGETHER))
    if plain != spoken:
        parts += [Query.boost_query(term("name_vi", word), _NAME_VI) for word in spoken]
        parts += [step for clause in clauses for step in _accent_steps(clause)]
        if len(typed) > 1:
            parts.append(Query.boost_query(phrase("name_vi", spoken), _PHRASE))
        if len(clauses) > 1:
            parts.append(_step(phrase("all_vi", spoken), _TOGETHER))
    return [(Occur.Should, part) for part in parts]


def filters(asked: Filters) -> dict[str, list[Part]]:
    """The conditions that are asked for, by the filter's name. "named", the places in the text, is no facet's own."""
    found = {
        "named": _named(asked),
        "place": _one_of(any_of("province", asked.provinces) + any_of("old_province", asked.old_provinces)),
        "commune": _one_of(any_of("commune", asked.communes)),
        "region": _one_of(any_of("region", asked.regions)),
        "star": _one_of(any_of("star", asked.stars)),
        "branch": _one_of(any_of("branch", asked.branches)),
        "producer_kind": _one_of(any_of("producer_kind", asked.producer_kinds)),
        "price": _price(asked),
        "in_stock": _one_of([term("in_stock", 1)] if asked.in_stock else []),
    }
    return {name: parts for name, parts in found.items() if parts}


def everything(parts: list[Part]) -> Query:
    """All conditions in one query."""
    return Query.boolean_query(parts)


def term(field: str, value: int | str) -> Query:
    """Documents with this value."""
    return Query.term_query(schema(), field, value)


def phrase(field: str, words: list[str]) -> Query:
    """Documents with these words one behind the other."""
    return Query.phrase_query(schema(), field, list(words)) if len(words) > 1 else term(field, words[0])


def between(field: str, low: int | None, high: int | None) -> Query:
    """Documents whose number lies between, both included."""
    return Query.range_query(schema(), field, FieldType.Integer, low, high)


def any_of(field: str, values: tuple[int, ...]) -> list[Query]:
    """A term query a value."""
    return [term(field, value) for value in dict.fromkeys(values)]


def _one_of(queries: list[Query]) -> list[Part]:
    if not queries:
        return []
    return [(Occur.Must, queries[0] if len(queries) == 1 else _either(queries))]


def _either(queries: list[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _named(asked: Filters) -> list[Part]:
    places = any_of("province", asked.named_provinces) + any_of("old_province", asked.named_old_provinces)
    return _one_of(places + any_of("region", asked.named_regions))


def _price(asked: Filters) -> list[Part]:
    if asked.price_min is None and asked.price_max is None:
        return []
    return [(Occur.Must, between("price", max(0, asked.price_min or 0), asked.price_max))]


def _clause(clause: Clause) -> Query:
    own = _words(clause)
    return _either([own, *map(_alternative, clause.alternatives)]) if clause.alternatives else own


def _words(clause: Clause) -> Query:
    plain = [token.folded for token in clause.words]
    if clause.in_a_row:
        spoken = [token.accented for token in clause.words]
        return phrase("all", plain) if plain == spoken else phrase("all_vi", spoken)
    words = [term("all", word) for word in plain]
    return words[0] if len(words) == 1 else Query.boolean_query([(Occur.Must, word) for word in words])


def _alternative(alternative: Alternative) -> Query:
    return phrase("name_vi" if alternative.goods else "all", list(alternative.words))


def _accent_steps(clause: Clause) -> list[Query]:
    """The clause's words with the accents that were typed, or a synonym: a step anywhere, one more in the name."""
    if not any(token.has_accents for token in clause.words):
        return []
    synonyms = [_alternative(alternative) for alternative in clause.alternatives]
    steps = (("all", _ACCENTS), ("name", _NAMED))
    return [_step(_either([_spoken(clause, field), *synonyms]), step) for field, step in steps]


def _spoken(clause: Clause, field: str) -> Query:
    words = [
        term(f"{field}_vi", token.accented) if token.has_accents else term(field, token.folded)
        for token in clause.words
    ]
    return Query.boolean_query([(Occur.Must, word) for word in words])


def _step(query: Query, worth: float) -> Query:
    return Query.const_score_query(query, worth)

"""Questions as trees of conditions: what must hold, what scores, what filters. The one place where scoring is said.

Score, each step above what the next is worth: words with the accents that were typed, anywhere; these in the name; what
is for sale; words in the name; BM25. A word with its accents counts twice what it counts for standing in the name, so
that all words with theirs come before some in the name. Words behind one another count more than one of them in the
name ("Sơn Hà" is no "Hà thủ ô" of Sơn Lộ), and less than two. What only filters scores the same for every hit.
"""

from collections.abc import Iterable
from typing import Final

from catalog.search.conditions import Between, Boosted, Condition, Constant, Term, all_of, any_of, phrase
from catalog.search.engine import Filters, Request
from catalog.search.synonyms import Alternative, Clause

ORDERS: Final = {  # sort → (the key's field, ascending)
    "price": ("price_up", True),
    "-price": ("price_down", False),
    "star": ("by_star", False),
    "name": ("sort_name", True),
    "newest": ("newest", False),
}
BY_RANK: Final = ("rank", False)
_NAME, _NAME_VI, _PHRASE = 3.0, 4.0, 5.0
_ACCENTS, _NAMED, _TOGETHER = 16384.0, 8192.0, 12288.0  # words with accents: anywhere, in the name, in a row
_MADE_THERE = 21504.0  # what is of the place named comes before what bears its name, as long as the rest agrees
_FOR_SALE = 4096.0
_FOLDED_NAMED, _FOLDED_TOGETHER, _SYNONYM = 200.0, 300.0, 150.0  # the word itself comes before a synonym


def by_score(request: Request) -> bool:
    """Are hits ordered by their score? Without words all score the same."""
    return request.sort == "relevance" and bool(request.clauses)


def gate(today: int, *, adult: bool) -> list[Condition]:
    """What may be shown on that day: the same three facts as the gate's SQL condition, and goods for adults."""
    shown: list[Condition] = [
        Term("blocked", 0), Between("listable_from", None, today), Between("listable_until", today, None)
    ]  # fmt: skip
    return shown if adult else [*shown, Term("adult", 0)]


def matching(clauses: Iterable[Clause]) -> list[Condition]:
    """Every clause must match."""
    return [_clause(clause) for clause in clauses]


def scoring(request: Request) -> list[Condition]:
    """What makes one hit better than another."""
    clauses = request.clauses
    typed = [token for clause in clauses for token in clause.words]
    plain, spoken = [token.folded for token in typed], [token.accented for token in typed]
    parts: list[Condition] = [Constant(Term("for_sale", 1), _FOR_SALE)]
    parts += [Boosted(Term("name", word), _NAME) for word in plain]
    parts += [Constant(phrase("name", [token.folded for token in c.words]), _FOLDED_NAMED) for c in clauses]
    parts += [Constant(_alternative(a), _SYNONYM) for c in clauses for a in c.alternatives if a.goods]
    parts += [Constant(any_of(_each("commune", c.communes)), _MADE_THERE) for c in clauses if c.communes]
    if len(clauses) > 1:
        parts.append(Boosted(phrase("name", plain), _PHRASE))
        parts.append(Constant(phrase("all", plain), _FOLDED_TOGETHER))
    if plain != spoken:
        parts += [Boosted(Term("name_vi", word), _NAME_VI) for word in spoken]
        parts += [step for clause in clauses for step in _accent_steps(clause)]
        if len(clauses) > 1:
            parts.append(Boosted(phrase("name_vi", spoken), _PHRASE))
            parts.append(Constant(phrase("all_vi", spoken), _TOGETHER))
    return parts


def filters(asked: Filters) -> dict[str, Condition]:
    """The conditions that are asked for, by the filter's name. "named", the places in the text, is no facet's own."""
    found = {
        "named": [
            *_each("province", asked.named_provinces),
            *_each("old_province", asked.named_old_provinces),
            *_each("region", asked.named_regions),
        ],
        "place": [*_each("province", asked.provinces), *_each("old_province", asked.old_provinces)],
        "commune": _each("commune", asked.communes),
        "region": _each("region", asked.regions),
        "star": _each("star", asked.stars),
        "branch": _each("branch", asked.branches),
        "producer_kind": _each("producer_kind", asked.producer_kinds),
        "price": _price(asked),
        "in_stock": _each("in_stock", (1,) if asked.in_stock else ()),
    }
    return {name: _one_of(parts) for name, parts in found.items() if parts}


def _each(field: str, values: tuple[int, ...]) -> list[Condition]:
    return [Term(field, value) for value in dict.fromkeys(values)]


def _one_of(parts: list[Condition]) -> Condition:
    """One of the values, each scoring the same: a rare value is no better hit."""
    return parts[0] if len(parts) == 1 else Constant(any_of(parts), 1.0)


def _price(asked: Filters) -> list[Condition]:
    if asked.price_min is None and asked.price_max is None:
        return []
    return [Between("price", max(0, asked.price_min or 0), asked.price_max)]


def _clause(clause: Clause) -> Condition:
    either = [_words(clause)] if clause.words else []
    either += map(_alternative, clause.alternatives)
    if clause.communes:
        either.append(Constant(any_of(_each("commune", clause.communes)), 1.0))  # a rare commune is no better one
    return any_of(either)


def _words(clause: Clause) -> Condition:
    plain = [token.folded for token in clause.words]
    if clause.in_a_row:
        spoken = [token.accented for token in clause.words]
        return phrase("all", plain) if plain == spoken else phrase("all_vi", spoken)
    return all_of([Term("all", word) for word in plain])


def _alternative(alternative: Alternative) -> Condition:
    return phrase("name_vi" if alternative.goods else "all", alternative.words)


def _accent_steps(clause: Clause) -> list[Condition]:
    """The clause's words with the accents that were typed, or a synonym: a step anywhere, one more in the name.

    What is of the place that the words name stands beside what names it; the name itself comes before both.
    """
    if not any(token.has_accents for token in clause.words):
        return []
    synonyms = [_alternative(alternative) for alternative in clause.alternatives]
    places = _each("commune", clause.communes)
    return [
        Constant(any_of([_spoken(clause, "all"), *synonyms, *places]), _ACCENTS),
        Constant(any_of([_spoken(clause, "name"), *synonyms]), _NAMED),
    ]


def _spoken(clause: Clause, field: str) -> Condition:
    return all_of([
        Term(f"{field}_vi", token.accented) if token.has_accents else Term(field, token.folded)
        for token in clause.words
    ])  # fmt: skip

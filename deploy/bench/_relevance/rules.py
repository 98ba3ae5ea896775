"""Judgements as rules over the catalogue: "name:dứa and not old:83 or maker:sơn hà"."""

from collections.abc import Callable
from typing import Final

from catalog.products.sets import BRANCHES, PRODUCT_SETS
from catalog.regions.places import places
from catalog.search.documents import Facts
from catalog.search.tokens import accented, folded

Rule = Callable[[Facts], bool]


def rule(text: str) -> Rule:
    """A rule as written; "-" is true of nothing. Raises ValueError for a term that does not exist."""
    if text in ("", "-"):
        return lambda _: False
    either = [[_term(term.strip()) for term in part.split(" and ")] for part in text.split(" or ")]
    return lambda facts: any(all(term(facts) for term in part) for part in either)


def _term(text: str) -> Rule:
    if text.startswith("not "):
        inner = _term(text.removeprefix("not "))
        return lambda facts: not inner(facts)
    kind, colon, value = text.partition(":")
    if not colon or kind not in _TERMS:
        raise ValueError(f"no such rule: {text!r}")
    return _TERMS[kind](value)


def _spoken(column: str) -> Callable[[str], Rule]:
    return lambda value: lambda facts: _has(accented(getattr(facts, column)), accented(value))


def _equal(column: str) -> Callable[[str], Rule]:
    return lambda value: lambda facts: str(getattr(facts, column)) == value


def _made_in(value: str) -> Rule:
    communes = places().old_districts[value].commune_codes
    return lambda facts: facts.commune_code in communes


def _price(value: str) -> Rule:
    low, high = (int(one) * 1000 for one in value.split("-"))
    return lambda facts: facts.price_from is not None and low <= facts.price_from <= high


def _anywhere(value: str) -> Rule:
    return lambda facts: any(_has(folded(text), value) for text in _texts(facts))


def _texts(facts: Facts) -> list[str]:
    group = [PRODUCT_SETS[(facts.set_no or 1) - 1].name_vi, BRANCHES[(facts.branch or 1) - 1].name_vi]
    return [facts.name, facts.producer_name, facts.address, facts.story, *group]


def _has(text: str, words: str) -> bool:
    return f" {words} " in f" {text} "


_TERMS: Final[dict[str, Callable[[str], Rule]]] = {
    "name": _spoken("name"),
    "maker": _spoken("producer_name"),
    "plain": lambda value: lambda facts: _has(folded(facts.name), value),
    "anywhere": _anywhere,
    "old": _equal("old_province_code"),
    "now": _equal("province_code"),
    "district": _made_in,
    "commune": _equal("commune_code"),
    "region": _equal("region"),
    "decision": _equal("decision"),
    "set": _equal("set_no"),
    "branch": _equal("branch"),
    "star": _equal("star"),
    "kind": _equal("producer_kind"),
    "price": _price,
    "stock": lambda value: lambda facts: facts.in_stock == (value == "yes"),
    "sale": lambda value: lambda facts: (facts.price_from is not None) == (value == "yes"),
}

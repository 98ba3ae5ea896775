"""The questions of `queries.txt` with their judgements."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from catalog.search.query import SearchQuery
from deploy.bench._relevance.catalogue import specialities
from deploy.bench._relevance.rules import rule

EXACT, FINE = 2, 1
_FILE: Final = Path(__file__).parent / "queries.txt"
_FILTERS: Final = {field.name: field.default for field in fields(SearchQuery)}
_CONDITIONS: Final = frozenset({"none", "whole", "corrected", "uncorrected", "offered", "nfd", "count", "chip"})


@dataclass(frozen=True)
class Question:
    """A query of a kind; `grades` are 2 (exactly meant) or 1 (acceptable) by id, `conditions` what else must hold."""

    kind: str
    query: SearchQuery
    grades: Mapping[int, int]
    conditions: Mapping[str, str]

    @property
    def finds_nothing(self) -> bool:
        """Must it find nothing?"""
        return "none" in self.conditions

    def __str__(self) -> str:
        given = " ".join(f"{name}={value}" for name, value in _given(self.query).items())
        return f"{self.query.text!r} {given}".strip()


@lru_cache(maxsize=1)
def questions() -> tuple[Question, ...]:
    """All of them, in the order of the file. Raises ValueError for what cannot be read."""
    found: list[Question] = []
    kind = ""
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            kind = line.strip("[]")
        elif line and not line.startswith("#"):
            found.append(_question(kind, [cell.strip() for cell in line.split("|")]))
    return tuple(found)


def _question(kind: str, cells: list[str]) -> Question:
    text, exact, fine, said = [*cells, "", "", ""][:4]
    words = dict([*word.split("=", 1), ""][:2] for word in said.split())
    if unknown := words.keys() - _CONDITIONS - _FILTERS.keys():
        raise ValueError(f"unknown condition {unknown} of {text!r}")
    text = "" if text == "*" else unicodedata.normalize("NFD" if "nfd" in words else "NFC", text)
    query = SearchQuery(text=text, **{name: _value(name, value) for name, value in words.items() if name in _FILTERS})
    meant, good = rule(exact), rule(fine)
    shown = [one.facts for one in specialities() if query.adult or not one.adult]
    grades = {facts.pk: EXACT if meant(facts) else FINE for facts in shown if meant(facts) or good(facts)}
    return Question(kind, query, grades, {name: value for name, value in words.items() if name in _CONDITIONS})


def _value(name: str, value: str) -> Any:
    default = _FILTERS[name]
    if default is False:
        return True
    if default is None:
        return int(value)
    parts = tuple(value.split(","))
    return tuple(map(int, parts)) if name in ("star", "branch") else parts


def _given(query: SearchQuery) -> dict[str, Any]:
    return {n: getattr(query, n) for n, d in _FILTERS.items() if n != "text" and getattr(query, n) != d}

"""The index's fields in tantivy. Words come folded and are split at white space only.

Beside the fields of `IndexDocument` stand some that are there for speed alone: numbers in the place of unions, of
texts to sort by, and of several values to count.
"""

from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from typing import Final

import tantivy

from catalog.search.documents import IndexDocument
from catalog.search.tantivy_names import Names

WORDS: Final = ("name", "name_vi", "all", "all_vi")
EXACT: Final = ("code", "sort_name")
NUMBERS: Final = tuple(f.name for f in fields(IndexDocument) if f.name not in (*WORDS, *EXACT))
FIELDS: Final = tuple(f.name for f in fields(IndexDocument))
CHOICES: Final = {"star": (3, 4, 5), "branch": (1, 2, 3, 4, 5, 6)}  # a term for each set of these, see `set_of`
BY_NAME: Final = "by_name"  # see `tantivy_names`
TOGETHER: Final = "together"  # see `apart`
COUNTED_TOGETHER: Final = ("star", "branch", "price_band", "in_stock")
MOST_APART: Final = 8  # each of these is below that
MOST_TOGETHER: Final[int] = MOST_APART ** len(COUNTED_TOGETHER)
_ANALYZER = "words"


@lru_cache(maxsize=1)
def schema() -> tantivy.Schema:
    """The fields. Numbers are signed on purpose: what tantivy makes of a bare `int` depends on its value."""
    builder = tantivy.SchemaBuilder()
    for name in WORDS:
        builder.add_text_field(name, tokenizer_name=_ANALYZER)
    builder.add_text_field("code", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("sort_name", tokenizer_name="raw", index_option="basic", fast=True)
    for name in NUMBERS:
        builder.add_integer_field(name, indexed=True, fast=True)
    for name in CHOICES:
        builder.add_integer_field(sets(name), indexed=True)
    builder.add_integer_field(BY_NAME, fast=True)
    builder.add_integer_field(TOGETHER, fast=True)
    return builder.build()


def open_index(path: Path, *, create: bool = False) -> tantivy.Index:
    """The index of a folder, with the analyzer registered, as every opening must. Raises ValueError, OSError."""
    index = tantivy.Index(schema(), path=str(path)) if create else tantivy.Index.open(str(path))
    index.register_tokenizer(_ANALYZER, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    index.config_reader("manual")
    index.reload()
    return index


def tantivy_document(document: IndexDocument, names: Names) -> tantivy.Document:
    """A document for the writer."""
    made: dict[str, object] = {name: getattr(document, name) for name in FIELDS}
    made |= {sets(name): list(_sets_with(name, getattr(document, name))) for name in CHOICES}
    made[BY_NAME] = names.number(document.sort_name)
    made[TOGETHER] = _together(document)
    return tantivy.Document.from_dict(made, schema())


def sets(field: str) -> str:
    """The field that holds the sets with a document's value."""
    return f"{field}_sets"


def set_of(field: str, values: tuple[int, ...]) -> int | None:
    """The number of a set of values, two at least; None where the field has no sets or one of them is no choice."""
    choices, asked = CHOICES.get(field, ()), set(values)
    if len(asked) < 2 or not asked <= set(choices):
        return None
    return sum(1 << choices.index(value) for value in asked)


@lru_cache(maxsize=MOST_TOGETHER)
def apart(together: int) -> tuple[int, ...]:
    """The values that stand in one number, in the order of `COUNTED_TOGETHER`."""
    return tuple(together // MOST_APART**place % MOST_APART for place in reversed(range(len(COUNTED_TOGETHER))))


def _together(document: IndexDocument) -> int:
    number = 0
    for name in COUNTED_TOGETHER:
        number = number * MOST_APART + int(getattr(document, name))
    return number


@lru_cache(maxsize=64)
def _sets_with(field: str, value: int) -> tuple[int, ...]:
    choices = CHOICES[field]
    if value not in choices:
        return ()
    own = 1 << choices.index(value)
    return tuple(one for one in range(1 << len(choices)) if one & own and one != own)

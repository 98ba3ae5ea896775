"""The index's fields in tantivy. Words come folded and are split at white space only.

Beside the fields of `IndexDocument` stand some that are there for speed alone: numbers in the place of unions, of
several conditions, of texts to sort by, and of several values to count.
"""

from collections.abc import Collection
from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from typing import Final

import tantivy

from catalog.search.documents import IndexDocument
from catalog.search.engine import FACETS
from catalog.search.tantivy_names import Names

WORDS: Final = ("name", "name_vi", "all", "all_vi")
EXACT: Final = ("code", "sort_name")
NUMBERS: Final = tuple(f.name for f in fields(IndexDocument) if f.name not in (*WORDS, *EXACT))
FIELDS: Final = tuple(f.name for f in fields(IndexDocument))
STARS: Final = (3, 4, 5)
BRANCHES: Final = (1, 2, 3, 4, 5, 6)
SHOWN: Final = "shown"  # see `shown`
BRANCH_SETS: Final = "branch_sets"  # a term for each set of groups, see `branch_set`
BY_NAME: Final = "by_name"  # see `tantivy_names`
TRADE: Final = "trade"  # the values of several fields in one number, see `apart`
TRADE_BITS: Final = {"star": 3, "branch": 3, "price_band": 3, "in_stock": 1}
UNSIGNED: Final = frozenset(field for field, _ in FACETS.values())
_ANALYZER = "words"


@lru_cache(maxsize=1)
def schema() -> tantivy.Schema:
    """The fields.

    What is counted is unsigned: tantivy counts small numbers in an array. Signed ones are large to it, and are counted
    in a hash table, three times as slow.
    """
    builder = tantivy.SchemaBuilder()
    for name in WORDS:
        builder.add_text_field(name, tokenizer_name=_ANALYZER)
    builder.add_text_field("code", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("sort_name", tokenizer_name="raw", index_option="basic", fast=True)
    for name in NUMBERS:
        add = builder.add_unsigned_field if name in UNSIGNED else builder.add_integer_field
        add(name, indexed=True, fast=True)
    for name in (SHOWN, BRANCH_SETS):
        builder.add_unsigned_field(name, indexed=True)
    builder.add_unsigned_field(TRADE, fast=True)
    builder.add_integer_field(BY_NAME, fast=True)
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
    made[SHOWN] = [] if document.blocked else list(_all_shown(document.star, document.in_stock, document.adult))
    made[BRANCH_SETS] = list(_branch_sets_with(document.branch))
    made[TRADE] = _trade(document)
    made[BY_NAME] = names.number(document.sort_name)
    return tantivy.Document.from_dict(made, schema())


def shown(stars: Collection[int], *, in_stock: bool, adult: bool) -> int:
    """The number of one list of documents: what nothing blocks and has one of these stars (none: whatever it has).

    `in_stock`: only what is in stock. `adult`: goods for adults too.
    """
    return sum(1 << STARS.index(star) for star in set(stars)) << 2 | in_stock << 1 | adult


def branch_set(values: Collection[int]) -> int | None:
    """The number of a set of groups; None where one of them is no group."""
    if not set(values) <= set(BRANCHES):
        return None
    return sum(1 << BRANCHES.index(value) for value in set(values))


def apart(number: int) -> tuple[int, ...]:
    """The values that stand in a number of `TRADE`, in the order of `TRADE_BITS`."""
    values = []
    for bits in reversed(TRADE_BITS.values()):
        values.append(number & (1 << bits) - 1)
        number >>= bits
    return tuple(reversed(values))


def _trade(document: IndexDocument) -> int:
    number = 0
    for name, bits in TRADE_BITS.items():
        number = number << bits | int(getattr(document, name))
    return number


@lru_cache(maxsize=64)
def _all_shown(star: int, in_stock: int, adult: int) -> tuple[int, ...]:
    """All numbers of `shown` whose documents have these facts."""
    own = 1 << STARS.index(star) if star in STARS else 0
    masks = [0, *(mask for mask in range(1 << len(STARS)) if mask & own)]
    return tuple(
        mask << 2 | stocked << 1 | grown for mask in masks for stocked in {0, in_stock} for grown in {1, adult}
    )


@lru_cache(maxsize=64)
def _branch_sets_with(value: int) -> tuple[int, ...]:
    if value not in BRANCHES:
        return ()
    own = 1 << BRANCHES.index(value)
    return tuple(one for one in range(1 << len(BRANCHES)) if one & own)

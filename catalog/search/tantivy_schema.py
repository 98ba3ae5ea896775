"""The index's fields in tantivy. Words come folded and are split at white space only."""

from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from typing import Final

import tantivy

from catalog.search.documents import IndexDocument

WORDS: Final = ("name", "name_vi", "all", "all_vi")
EXACT: Final = ("code", "sort_name")
NUMBERS: Final = tuple(f.name for f in fields(IndexDocument) if f.name not in (*WORDS, *EXACT))
FIELDS: Final = tuple(f.name for f in fields(IndexDocument))
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
    return builder.build()


def open_index(path: Path, *, create: bool = False) -> tantivy.Index:
    """The index of a folder, with the analyzer registered, as every opening must. Raises ValueError, OSError."""
    index = tantivy.Index(schema(), path=str(path)) if create else tantivy.Index.open(str(path))
    index.register_tokenizer(_ANALYZER, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    index.config_reader("manual")
    index.reload()
    return index


def tantivy_document(document: IndexDocument) -> tantivy.Document:
    """A document for the writer."""
    return tantivy.Document.from_dict({name: getattr(document, name) for name in FIELDS}, schema())

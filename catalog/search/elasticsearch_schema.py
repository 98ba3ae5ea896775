"""The index's mapping in Elasticsearch: the fields of `IndexDocument`, words split at white space only.

A document's id is its product's code, so that a product that is gone is deleted without being looked for.
"""

import hashlib
import json
from dataclasses import fields
from typing import Any, Final

from catalog.search import pointer
from catalog.search.documents import SCHEMA_VERSION, IndexDocument

WINDOW: Final = 10_000  # hits that `from` and `size` reach; what lies beyond is walked to by `search_after`
TEXTS: Final = ("name", "name_vi", "all", "all_vi")
VOCABULARY: Final = {"all": "all_words", "all_vi": "all_vi_words"}  # distinct words of letters alone, to be counted
GENERATION: Final = "generation"  # the document of this id tells how the index stands; it passes no gate

_LONGEST_WORD: Final = 255  # characters; the whitespace tokenizer cuts a longer one
_KEYS: Final = ("rank", "price_up", "price_down", "by_star", "newest")  # only sorted by
_COUNTED: Final = ("price_band",)  # only counted
_LOOKED_FOR: Final = ("commune", "old_province", "for_sale", "adult", "blocked", "listable_from", "listable_until")
_BODY: Final = tuple(field.name for field in fields(IndexDocument) if field.name != "code")


def _properties() -> dict[str, Any]:
    made: dict[str, Any] = {name: {"type": "text", "analyzer": "whitespace"} for name in TEXTS}
    for name in VOCABULARY.values():
        made[name] = {"type": "keyword", "index": False, "ignore_above": _LONGEST_WORD}
    made["sort_name"] = {"type": "keyword", "index": False}
    made["id"] = {"type": "integer", "index": False}
    made |= {name: {"type": "long", "index": False} for name in _KEYS}
    made |= {name: {"type": "integer", "index": False} for name in _COUNTED}
    made |= {name: {"type": "integer", "doc_values": False} for name in _LOOKED_FOR}
    made["price"] = {"type": "long", "doc_values": False}
    made |= {name: {"type": "integer"} for name in _BODY if name not in made}
    for name, kind in (("generation", "keyword"), ("changed_at", "long"), ("version", "long")):
        made[name] = {"type": kind, "index": False, "doc_values": False}
    return made


def mappings() -> dict[str, Any]:
    """The mapping; `_meta` says which fields, and of which database, as the pointer does for tantivy."""
    properties = _properties()
    return {
        "dynamic": "strict",
        "_meta": {"schema": schema(), "database": pointer.database()},
        "properties": properties,
    }


def schema() -> str:
    """Changes with the fields and with what stands in them."""
    told = json.dumps(_properties(), sort_keys=True).encode()
    return f"{SCHEMA_VERSION}-{hashlib.sha256(told).hexdigest()[:8]}"


def settings() -> dict[str, Any]:
    """One shard, so that scores are those of one index; a copy where there is a second node.

    Only the writer refreshes: what it has not finished is not seen.
    """
    return {
        "number_of_shards": 1,
        "auto_expand_replicas": "0-1",
        "refresh_interval": "-1",
        "max_result_window": WINDOW,
    }


def body(document: IndexDocument) -> dict[str, Any]:
    """A document for the index."""
    made = {name: getattr(document, name) for name in _BODY}
    return made | {words: sorted(set(filter(str.isalpha, made[text].split()))) for text, words in VOCABULARY.items()}

"""Indexes: strict mappings, versions of documents, and what a refresh has made visible."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.catalog.search.standin.bm25 import Words
from tests.catalog.search.standin.refusals import Refused, only, unknown

Source = dict[str, Any]
_PARAMETERS = {
    "text": {"type", "analyzer"},
    "keyword": {"type", "index", "doc_values", "ignore_above"},
    "integer": {"type", "index", "doc_values"},
    "long": {"type", "index", "doc_values"},
}
_BITS = {"integer": 31, "long": 63}
_SETTINGS = {"number_of_shards", "auto_expand_replicas", "refresh_interval", "max_result_window"}
_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]*")


@dataclass
class Snapshot:
    """What searches see: documents by id, and each text field's words."""

    documents: dict[str, Source] = field(default_factory=dict)
    words: dict[str, Words] = field(default_factory=dict)
    matched: dict[tuple[object, ...], dict[str, float]] = field(
        default_factory=dict
    )  # by numbers, asked again and again


class Index:
    """One index, of one shard."""

    def __init__(self, name: str, body: Mapping[str, Any]) -> None:
        if not _NAME.fullmatch(name):
            raise Refused(400, "invalid_index_name_exception", f"Invalid index name [{name}]")
        only(body, {"mappings", "settings"}, "the index")
        self.name, self.mappings, self.settings = name, body["mappings"], dict(body["settings"])
        only(self.mappings, {"dynamic", "_meta", "properties"}, "the mapping")
        only(self.settings, _SETTINGS, "settings")
        if self.mappings["dynamic"] != "strict" or self.settings["number_of_shards"] != 1:
            raise unknown("an index of several shards, or one that is not strict")
        for parameters in self.mappings["properties"].values():
            only(parameters, _PARAMETERS.get(parameters.get("type"), set()), "a field")
        self.aliases: set[str] = set()
        self.blocks: dict[str, str] = {}
        self._written: dict[str, tuple[int, Source | None]] = {}  # version, and None where deleted
        self.snapshot = Snapshot()

    @property
    def window(self) -> int:
        """Hits that `from` and `size` reach."""
        return int(self.settings.get("max_result_window", 10_000))

    def told(self) -> dict[str, Any]:
        """As GET tells it: settings are text."""
        settings = {name: str(value) for name, value in self.settings.items()}
        index = settings | ({"blocks": self.blocks} if self.blocks else {})
        return {"aliases": {one: {} for one in self.aliases}, "mappings": self.mappings, "settings": {"index": index}}

    def field(self, name: str, *, needs: str) -> str:
        """The type of a field that can be searched ("index") or sorted and counted by ("doc_values")."""
        parameters = self.mappings["properties"].get(name)
        if parameters is None:
            raise unknown(f"the field [{name}]")
        if not parameters.get(needs, True) or (needs == "doc_values" and parameters["type"] == "text"):
            raise Refused(400, "illegal_argument_exception", f"field [{name}] has no {needs}")
        return str(parameters["type"])

    def write(self, identity: str, source: Source | None, version: int | None) -> tuple[int, str]:
        """Index or delete (None); with a version as `external_gte` has it. Status and result."""
        if self.blocks:
            raise Refused(403, "cluster_block_exception", f"index [{self.name}] blocked by: [TOO_MANY_REQUESTS/12/disk "
                          "usage exceeded flood-stage watermark, index has read-only-allow-delete block];")  # fmt: skip
        if source is not None:
            self._check(source)
        known, before = self._written.get(identity, (0, None))
        if version is not None and version < known:
            reason = f"[{identity}]: version conflict, current version [{known}] is higher than the one provided"
            raise Refused(409, "version_conflict_engine_exception", reason)
        self._written[identity] = (known + 1 if version is None else version, source)
        if source is None:
            return (404, "not_found") if before is None else (200, "deleted")
        return (201, "created") if before is None else (200, "updated")

    def get(self, identity: str) -> Source | None:
        """Real-time: also what is not refreshed."""
        return self._written.get(identity, (0, None))[1]

    def refresh(self) -> None:
        """Show what is written."""
        documents = {identity: source for identity, (_, source) in self._written.items() if source is not None}
        texts = [name for name, one in self.mappings["properties"].items() if one["type"] == "text"]
        words = {name: Words({i: one[name].split() for i, one in documents.items() if name in one}) for name in texts}
        self.snapshot = Snapshot(documents, words)

    def _check(self, source: Source) -> None:
        for name, value in source.items():
            parameters = self.mappings["properties"].get(name)
            if parameters is None:
                reason = f"mapping set to strict, dynamic introduction of [{name}] within [_doc] is not allowed"
                raise Refused(400, "strict_dynamic_mapping_exception", reason)
            if not _fits(value, parameters["type"]):
                reason = f"failed to parse field [{name}] of type [{parameters['type']}]"
                raise Refused(400, "document_parsing_exception", reason)


def _fits(value: Any, kind: str) -> bool:
    if kind in _BITS:
        return type(value) is int and -(1 << _BITS[kind]) <= value < 1 << _BITS[kind]
    values = value if isinstance(value, list) and kind == "keyword" else [value]
    return all(isinstance(one, str) and len(one.encode()) < 32_766 for one in values)

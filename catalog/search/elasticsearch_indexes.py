"""Indexes of one alias: made beside the one in use, swapped in one step, swept; and the document that tells how one
stands. Readers and writers know the alias alone."""

import re
import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from django.conf import settings
from elasticsearch import Elasticsearch, NotFoundError

from catalog import clock
from catalog.search import elasticsearch_schema as schema
from catalog.search import pointer
from catalog.search.errors import IndexRefused, SearchUnavailable

_RANDOM_BYTES = 6
_BLOCKS = ("read_only_allow_delete", "read_only", "write")


@dataclass(frozen=True, slots=True)
class Stand:
    """How an index stands: `generation` changes with every change, `version` is that of its last write."""

    generation: str = ""
    version: int = 0
    changed_at: int = 0  # milliseconds since 1970

    @property
    def when(self) -> datetime | None:
        """When it last changed."""
        return datetime.fromtimestamp(self.changed_at / 1000, clock.TIME_ZONE) if self.changed_at else None


def alias() -> str:
    """The name that is searched and written."""
    return str(settings.ELASTICSEARCH_INDEX)


@contextmanager
def missing_is_unavailable() -> Iterator[None]:
    """For reads through the alias: where it leads nowhere, there is no index to read."""
    try:
        yield
    except NotFoundError as error:
        raise SearchUnavailable from error


def current(client: Elasticsearch) -> dict[str, Any]:
    """The index that the alias leads to, with mapping and settings, by its name; empty where there is none."""
    try:
        return dict(client.indices.get(index=alias()))
    except NotFoundError:
        return {}


def usable(found: Mapping[str, Any]) -> bool:
    """Is it one index behind the alias, with today's fields, made from this database?"""
    if len(found) != 1:
        return False
    index = next(iter(found.values()))
    meta = index["mappings"].get("_meta", {})
    wanted = {"schema": schema.schema(), "database": pointer.database()}
    return alias() in index.get("aliases", {}) and meta == wanted


def read_only(found: Mapping[str, Any]) -> bool:
    """Has the server, or somebody, forbidden writing? It does so by itself when its disk is nearly full."""
    blocks = [index["settings"]["index"].get("blocks", {}) for index in found.values()]
    return any(str(one.get(name)) == "true" for one in blocks for name in _BLOCKS)


def create(client: Elasticsearch) -> str:
    """A new empty index under no alias; its name."""
    name = f"{alias()}-{schema.schema()}-{secrets.token_hex(_RANDOM_BYTES)}"
    client.indices.create(index=name, mappings=schema.mappings(), settings=schema.settings())
    return name


def swap(client: Elasticsearch, name: str, before: Mapping[str, Any], stood: Stand) -> None:
    """Let the alias lead to this index and to no other, in one step. `stood` is how the one before did at the start.

    Raises IndexRefused where that has changed: the lease was lost, and its next holder has written what ours lacks.
    """
    if stand(client) != stood:
        raise IndexRefused(reason="another process has written the index meanwhile")
    leads = [one for one in before if alias() in before[one].get("aliases", {})]
    away: list[Mapping[str, Any]] = [
        {"remove": {"index": one, "alias": alias(), "must_exist": False}}
        for one in leads  # asked twice, it is gone
    ]
    client.indices.update_aliases(actions=[*away, {"add": {"index": name, "alias": alias()}}])


def sweep(client: Elasticsearch) -> None:
    """Delete what rebuilds left, finished or not: every index of ours that the alias does not lead to."""
    ours = re.compile(rf"{re.escape(alias())}-\d+-[0-9a-f]{{8}}-[0-9a-f]{{{2 * _RANDOM_BYTES}}}")
    found = client.indices.get_alias(index=f"{alias()}-*", allow_no_indices=True)
    if names := [name for name in found if ours.fullmatch(name) and alias() not in found[name]["aliases"]]:
        client.indices.delete(index=names, ignore_unavailable=True)


def stand(client: Elasticsearch) -> Stand:
    """As told last; the empty one where there is no index."""
    try:
        told = client.get(index=alias(), id=schema.GENERATION)["_source"]
    except NotFoundError:
        return Stand()
    return Stand(**{one.name: told[one.name] for one in fields(Stand) if one.name in told})


def tell(client: Elasticsearch, target: str, version: int) -> Stand:
    """Say that the index has changed: last of all, when everything can be found."""
    told = Stand(secrets.token_hex(8), version, time.time_ns() // 1_000_000)
    client.index(index=target, id=schema.GENERATION, document=asdict(told), require_alias=target == alias())
    return told

"""The cluster: indexes and aliases, and the requests about them. Everything happens under one lock."""

import json
from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any

from tests.catalog.search.standin import searches
from tests.catalog.search.standin.indexes import Index
from tests.catalog.search.standin.refusals import Refused, only, unknown

VERSION = "9.0.0-stand-in"
Answer = tuple[int, Any]
Parameters = Mapping[str, str]


class Cluster:
    """`item_faults`: a document's id → statuses with which its next writes are turned away."""

    def __init__(self) -> None:
        self.indexes: dict[str, Index] = {}
        self.item_faults: dict[str, list[int]] = {}

    def answer(self, method: str, path: str, parameters: Parameters, body: bytes) -> Answer:
        """Status and body. Raises Refused."""
        match [method, *[part for part in path.split("/") if part]]:
            case ["HEAD" | "GET"]:
                version = {"number": VERSION, "build_flavor": "stand-in for tests"}
                return 200, {"name": "stand-in", "version": version, "tagline": "You Know, for Tests"}
            case ["POST", "_aliases"]:
                return 200, self._aliases(json.loads(body))
            case ["PUT", name]:
                return 200, self._create(name, json.loads(body))
            case ["GET", name]:
                return 200, {self.named(name).name: self.named(name).told()}
            case ["DELETE", names]:
                return 200, self._delete(names.split(","), parameters)
            case ["GET", pattern, "_alias"]:
                found = [one for one in self.indexes.values() if fnmatchcase(one.name, pattern)]
                return 200, {one.name: {"aliases": {alias: {} for alias in one.aliases}} for one in found}
            case ["POST", name, "_refresh"]:
                self.named(name).refresh()
                return 200, {"_shards": {"total": 1, "successful": 1, "failed": 0}}
            case ["PUT" | "POST", name, "_bulk"]:
                only(parameters, {"require_alias"}, "bulk's parameters")
                return 200, self._bulk(self._target(name, parameters), body)
            case [_, name, *rest]:
                return self._documents(method, name, rest, parameters, body)
        raise unknown(f"{method} {path}")

    def _documents(self, method: str, name: str, rest: list[str], parameters: Parameters, body: bytes) -> Answer:
        match [method, *rest]:
            case ["PUT", "_doc", identity]:
                only(parameters, {"require_alias"}, "the parameters")
                status, result = self._target(name, parameters).write(identity, json.loads(body), None)
                return status, {"_id": identity, "result": result}
            case ["GET", "_doc", identity]:
                source = self.named(name).get(identity)
                told = {"_id": identity, "found": source is not None}
                return (404, told) if source is None else (200, {**told, "_source": source})
            case ["POST", "_search"]:
                only(parameters, {"allow_partial_search_results"}, "the search's parameters")
                return 200, searches.search(self.named(name), json.loads(body))
            case ["POST", "_count"]:
                return 200, searches.count(self.named(name), json.loads(body))
        raise unknown(f"{method} {rest}")

    def named(self, name: str) -> Index:
        """The index of this name or alias."""
        found = [one for one in self.indexes.values() if name == one.name or name in one.aliases]
        if not found:
            raise Refused(404, "index_not_found_exception", f"no such index [{name}]")
        if len(found) > 1:
            raise unknown(f"an alias that leads to {len(found)} indexes")
        return found[0]

    def _target(self, name: str, parameters: Parameters) -> Index:
        is_alias = any(name in one.aliases for one in self.indexes.values())
        if parameters.get("require_alias") == "true" and not is_alias:
            reason = f"no such index [{name}] and [require_alias] request flag is [true] and [{name}] is not an alias"
            raise Refused(404, "index_not_found_exception", reason)
        return self.named(name)  # a server would make a missing one by itself: no test may rely on that

    def _create(self, name: str, body: Mapping[str, Any]) -> dict[str, Any]:
        if name in self.indexes or any(name in one.aliases for one in self.indexes.values()):
            raise Refused(400, "resource_already_exists_exception", f"index [{name}] already exists")
        self.indexes[name] = Index(name, body)
        return {"acknowledged": True, "shards_acknowledged": True, "index": name}

    def _delete(self, names: list[str], parameters: Parameters) -> dict[str, Any]:
        only(parameters, {"ignore_unavailable"}, "delete's parameters")
        for name in names:
            if any(name in one.aliases for one in self.indexes.values()):
                reason = f"The provided expression [{name}] matches an alias, specify the concrete indices instead."
                raise Refused(400, "illegal_argument_exception", reason)
            if name not in self.indexes and parameters.get("ignore_unavailable") != "true":
                raise Refused(404, "index_not_found_exception", f"no such index [{name}]")
        for name in names:
            self.indexes.pop(name, None)
        return {"acknowledged": True}

    def _aliases(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """All of the actions, or none."""
        only(body, {"actions"}, "aliases")
        done = {name: set(one.aliases) for name, one in self.indexes.items()}
        for action in body["actions"]:
            [(what, told)] = action.items()
            only(told, {"index", "alias"} | ({"must_exist"} if what == "remove" else set()), f"[{what}]")
            name, alias = told["index"], told["alias"]
            if name not in done:
                raise Refused(404, "index_not_found_exception", f"no such index [{name}]")
            if alias in self.indexes:
                reason = f"Invalid alias name [{alias}]: an index or data stream exists with the same name as the alias"
                raise Refused(400, "invalid_alias_name_exception", reason)
            if told.get("must_exist") and alias not in done[name]:
                raise Refused(404, "aliases_not_found_exception", f"aliases [{alias}] missing")
            if what not in ("add", "remove"):
                raise unknown(f"the action [{what}]")
            (done[name].add if what == "add" else done[name].discard)(alias)
        for name, aliases in done.items():
            self.indexes[name].aliases = aliases
        return {"acknowledged": True, "errors": False}

    def _bulk(self, index: Index, body: bytes) -> dict[str, Any]:
        if not body.endswith(b"\n"):
            raise Refused(400, "illegal_argument_exception", "The bulk request must be terminated by a newline [\\n]")
        lines, items = iter(body.splitlines()), []
        for line in lines:
            [(how, head)] = json.loads(line).items()
            if how not in ("index", "delete"):
                raise unknown(f"the bulk action [{how}]")
            only(head, {"_id", "version", "version_type"}, "a bulk action")
            if head["version_type"] != "external_gte" or type(head["version"]) is not int:
                raise unknown("a bulk action without a version from outside")
            source = json.loads(next(lines)) if how == "index" else None
            items.append({how: {"_index": index.name, "_id": head["_id"], **self._item(index, head, source)}})
        failed = any("error" in one for item in items for one in item.values())
        return {"took": 0, "errors": failed, "items": items}

    def _item(self, index: Index, head: Mapping[str, Any], source: Any) -> dict[str, Any]:
        try:
            self._fail_item(head["_id"])
            status, result = index.write(head["_id"], source, head["version"])
        except Refused as refused:
            return {"status": refused.status, "error": {"type": refused.kind, "reason": refused.reason}}
        return {"status": status, "result": result}

    def _fail_item(self, identity: str) -> None:
        if faults := self.item_faults.get(identity):
            raise Refused(faults.pop(0), "es_rejected_execution_exception", "rejected execution of primary operation")

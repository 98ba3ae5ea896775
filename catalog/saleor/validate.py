"""Check the GraphQL documents against a schema of Saleor: `python -m catalog.saleor.validate FILE_OR_URL`."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
from graphql import (
    DocumentNode,
    GraphQLSchema,
    NullValueNode,
    Visitor,
    build_client_schema,
    build_schema,
    get_introspection_query,
    parse,
    validate,
    visit,
)
from graphql.error import GraphQLError

HERE = Path(__file__).parent
DOCUMENTS = HERE / "documents"
SUBSCRIPTIONS = HERE / "webhooks"


class _NullFinder(Visitor):
    """Literal nulls, which Saleor's GraphQL takes for a syntax error: null may only travel in a variable."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[NullValueNode] = []

    def enter_null_value(self, node: NullValueNode, *_: object) -> None:
        self.found.append(node)


def load_schema(source: str) -> GraphQLSchema:
    """The schema of a live server (http…), an introspection answer (.json) or a schema file (.graphql)."""
    if source.startswith(("http://", "https://")):
        answer = httpx.post(source, json={"query": get_introspection_query()}, timeout=60)
        return build_client_schema(answer.raise_for_status().json()["data"])
    text = Path(source).read_text(encoding="utf-8")
    if source.endswith(".json"):
        introspection = json.loads(text)
        return build_client_schema(introspection.get("data", introspection))
    return build_schema(text)


def documents() -> Iterator[tuple[str, DocumentNode]]:
    """Each document to be checked, with a name: all operations as one, then each subscription."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(DOCUMENTS.glob("*.graphql"))]
    yield "documents", parse("\n".join(texts))
    for path in sorted(SUBSCRIPTIONS.glob("*.graphql")):
        yield path.stem, parse(path.read_text(encoding="utf-8"))


def problems(schema: GraphQLSchema) -> list[str]:
    """What the schema or Saleor's parser would refuse; an empty list when all is well."""
    found: list[str] = []
    for name, document in documents():
        errors: list[GraphQLError] = validate(schema, document, max_errors=1000)
        found += [f"{name}: {error.message} {error.locations or ''}" for error in errors]
        finder = _NullFinder()
        visit(document, finder)
        found += [f"{name}: a literal null at {node.loc and node.loc.start}" for node in finder.found]
    return found


def main(arguments: list[str]) -> int:
    """Print the problems; 0 when there are none, 1 otherwise, 2 for a wrong call."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m catalog.saleor.validate INTROSPECTION_FILE_OR_URL\n")
        return 2
    found = problems(load_schema(arguments[0]))
    for line in found:
        sys.stderr.write(f"{line}\n")
    count = sum(len(document.definitions) for _, document in documents())
    sys.stdout.write(f"{count} definitions checked, {len(found)} problems\n")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

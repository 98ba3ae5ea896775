"""`python -m deploy.embedded.compat INTROSPECTION.json`: is this schema a part of real Saleor's?

Everything that the embedded schema has must exist in the other with the same type. What the other requires must be
there too: then whatever is valid here is valid there, and a client made for here can read every answer from there.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    build_client_schema,
    build_schema,
    is_introspection_type,
    is_required_argument,
    is_specified_scalar_type,
    print_schema,
)


def incompatibilities(ours: GraphQLSchema, theirs: GraphQLSchema) -> list[str]:
    """Sentences, one for each difference; none when ours is a part of theirs."""
    ours = build_schema(print_schema(ours))  # without graphene's own kinds of types
    found: list[str] = []
    for name, mine in sorted(ours.type_map.items()):
        if is_introspection_type(mine) or is_specified_scalar_type(mine):
            continue
        other = theirs.type_map.get(name)
        if other is None:
            found.append(f"{name}: no such type")
        elif type(other) is not type(mine):
            found.append(f"{name}: is a {type(mine).__name__} here and a {type(other).__name__} there")
        elif isinstance(mine, GraphQLEnumType):
            found += [f"{name}.{value}: no such value" for value in mine.values if value not in other.values]
        elif isinstance(mine, GraphQLInputObjectType):
            found += _inputs(name, mine.fields, other.fields)
        elif isinstance(mine, GraphQLObjectType | GraphQLInterfaceType):
            found += _fields(name, mine, other)
        elif isinstance(mine, GraphQLUnionType):
            known = {member.name for member in other.types}
            found += [f"{name}: has no {member.name}" for member in mine.types if member.name not in known]
    return found


def _fields(name: str, mine: Any, other: Any) -> list[str]:
    known = {interface.name for interface in other.interfaces}
    found = [f"{name}: does not implement {i.name}" for i in mine.interfaces if i.name not in known]
    for key, field in mine.fields.items():
        there = other.fields.get(key)
        if there is None:
            found.append(f"{name}.{key}: no such field")
            continue
        if str(field.type) != str(there.type):
            found.append(f"{name}.{key}: {field.type} here, {there.type} there")
        found += _inputs(f"{name}.{key}", field.args, there.args)
    return found


def _inputs(name: str, mine: Any, other: Any) -> list[str]:
    """Arguments or input fields: ours must exist there with the same type, and what is required there, here."""
    found = []
    for key, given in mine.items():
        there = other.get(key)
        if there is None:
            found.append(f"{name}({key}): no such argument")
        elif str(given.type) != str(there.type):
            found.append(f"{name}({key}): {given.type} here, {there.type} there")
    found += [
        f"{name}({key}): required there, missing here"
        for key, there in other.items()
        if key not in mine and is_required_argument(there)
    ]
    return found


def read_introspection(path: Path) -> GraphQLSchema:
    """A schema from the answer of an introspection query, with or without its `data`."""
    answer = json.loads(path.read_text())
    return build_client_schema(answer.get("data", answer))


def main() -> int:
    """0 when compatible, 1 with a list when not, 2 without a file."""
    if len(sys.argv) != 2:
        sys.stderr.write("usage: python -m deploy.embedded.compat INTROSPECTION.json\n")
        return 2
    os.environ["DJANGO_SETTINGS_MODULE"] = "deploy.embedded.settings"
    import django  # noqa: PLC0415 - the settings are named first

    django.setup()
    from deploy.embedded.schema.root import SCHEMA  # noqa: PLC0415 - Django is set up first

    found = incompatibilities(SCHEMA, read_introspection(Path(sys.argv[1])))
    sys.stdout.write("".join(f"{line}\n" for line in found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

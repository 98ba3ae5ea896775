"""The embedded schema is a part of real Saleor's."""

import subprocess
import sys
from pathlib import Path

import pytest
from graphql import build_schema

from deploy.embedded.compat import incompatibilities
from tests.embedded_server import ROOT

pytestmark = pytest.mark.self_contained

THEIRS = build_schema(
    """
    type Query { shop(name: String!): Shop, old: Int }
    type Shop { name: String!, version: String }
    enum Colour { RED GREEN }
    input Given { colour: Colour!, more: Int }
    """
)


def test_a_part_is_compatible() -> None:
    ours = build_schema("type Query { shop(name: String!): Shop } type Shop { name: String! }")

    assert incompatibilities(ours, THEIRS) == []


@pytest.mark.parametrize(
    ("definition", "told"),
    [
        ("type Query { new: Int }", ["Query.new: no such field"]),
        ("type Query { old: String }", ["Query.old: String here, Int there"]),
        ("type Query { shop: Shop } type Shop { name: String! }", ["Query.shop(name): required there, missing here"]),
        ("type Query { old(a: Int): Int }", ["Query.old(a): no such argument"]),
        ("type Query { old: Int } enum Colour { BLUE }", ["Colour.BLUE: no such value"]),
        ("type Query { old: Int } input Given { more: Int }", ["Given(colour): required there, missing here"]),
        ("type Query { old: Int } scalar Nothing", ["Nothing: no such type"]),
        (
            "type Query { old: Int } type Colour { a: Int }",
            ["Colour: is a GraphQLObjectType here and a GraphQLEnumType there"],
        ),
    ],
)
def test_a_difference_is_told(definition: str, told: list[str]) -> None:
    assert incompatibilities(build_schema(definition), THEIRS) == told


def test_the_whole_schema_against_the_real_one(shared: Path) -> None:
    command = [sys.executable, "-m", "deploy.embedded.compat", str(shared / "saleor" / "introspection.json")]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert (done.stdout, done.returncode) == ("", 0)

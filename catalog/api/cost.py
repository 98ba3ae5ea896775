"""What a query may cost at most, told before it is run: the values that its answer can hold.

Every field counts 1, a list counts what is below it as often as it can have rows (`first`, or `SIZES`), and a field
that asks for more than a value counts `SURCHARGES` besides.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    get_named_type,
)
from graphql.execution.values import get_argument_values

from catalog.api.errors import BadFirst, TooCostly, TooDeep
from catalog.api.limits import MOST_DEPTH
from catalog.api.pages import MOST
from catalog.api.schema import SCHEMA

MOST_POINTS: Final = 10_000  # a query
SIZES: Final[Mapping[tuple[str, str], int]] = {  # rows of lists that have no `first`, as they mostly are
    ("Query", "branches"): 6,
    ("Query", "regions"): 7,
    ("Query", "provinces"): 34,
    ("Query", "oldProvinces"): 63,
    ("Branch", "sets"): 5,
    ("Region", "oldProvinces"): 9,
    ("Province", "regions"): 2,
    ("Province", "oldProvinces"): 2,
    ("Commune", "oldProvinces"): 1,
    ("ResolvedPlace", "candidates"): 3,
    ("Product", "offers"): 3,
    ("Offer", "salePoints"): 2,
    ("Livestream", "products"): 5,
    ("Livestream", "combos"): 2,
    ("Combo", "parts"): 5,
    ("Certificate", "history"): 3,
    ("Certificate", "facts"): 6,
    ("SearchResult", "facets"): 7,
    ("SearchResult", "chips"): 2,
    ("Facet", "values"): 10,
}
SURCHARGES: Final[Mapping[tuple[str, str], int]] = {
    ("Query", "search"): 100,
    ("Query", "suggestions"): 50,
    ("Query", "verify"): 20,
    ("Query", "product"): 10,
    ("Query", "producer"): 10,
    ("Query", "resolvePlace"): 10,
    ("Query", "livestream"): 10,
    ("Query", "combos"): 50,
    ("Query", "combo"): 20,
    ("Livestream", "combos"): 5,
    ("Query", "__schema"): 500,
    ("Query", "__type"): 50,
    ("ProductConnection", "totalCount"): 50,
    ("ProducerConnection", "totalCount"): 50,
    ("ComboConnection", "totalCount"): 500,
    ("Product", "story"): 5,
    ("Producer", "story"): 5,
    ("Certificate", "history"): 5,
    ("Certificate", "facts"): 30,
}


@dataclass
class _Cashier:
    """Adds up one operation; a fragment is looked at once, however often it is spread."""

    fragments: Mapping[str, FragmentDefinitionNode]
    variables: dict[str, Any]
    known: dict[tuple[str, int], tuple[int, int]] = field(default_factory=dict)

    def selection(self, chosen: SelectionSetNode, of: GraphQLObjectType, rows: int) -> tuple[int, int]:
        """(points, depth) of what is chosen of one object; `rows`: how many a page that it is would have."""
        points, depth = 0, 0
        for node in chosen.selections:
            if isinstance(node, FieldNode):
                more = self.field(node, of, rows)
            elif isinstance(node, FragmentSpreadNode):
                more = self.fragment(node.name.value, of, rows)
            else:
                more = self.selection(node.selection_set, of, rows) if isinstance(node, InlineFragmentNode) else (0, 0)
            points, depth = points + more[0], max(depth, more[1])
        return points, depth

    def fragment(self, name: str, of: GraphQLObjectType, rows: int) -> tuple[int, int]:
        """Those of a fragment."""
        if (name, rows) not in self.known:
            self.known[name, rows] = self.selection(self.fragments[name].selection_set, of, rows)
        return self.known[name, rows]

    def field(self, node: FieldNode, of: GraphQLObjectType, rows: int) -> tuple[int, int]:
        """Those of a field with what is below it."""
        name = node.name.value
        surcharge = SURCHARGES.get((of.name, name), 0)
        if name.startswith("__"):  # about the schema, which has its own rule for lists
            return surcharge + 1, 1 + (_depth(node.selection_set, self.fragments) if node.selection_set else 0)
        about = of.fields[name]
        first = self.first(node, about)
        size = self.size(of.name, name, about.type, first or rows)
        below, depth = 0, 0
        kind = get_named_type(about.type)
        if node.selection_set and isinstance(kind, GraphQLObjectType):
            below, depth = self.selection(node.selection_set, kind, first or 1)
        return surcharge + size * (1 + below), depth + 1

    def size(self, of: str, name: str, kind: object, rows: int) -> int:
        """How many rows a field can have."""
        bare = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
        if not isinstance(bare, GraphQLList):
            return 1
        return SIZES.get((of, name), rows)

    def first(self, node: FieldNode, about: Any) -> int:
        """The field's `first`, 0 where it has none. Raises BadFirst, GraphQLError."""
        if "first" not in about.args:
            return 0
        first: int = get_argument_values(about, node, self.variables)["first"]
        if not 1 <= first <= MOST:
            raise BadFirst(field=node.name.value, given=first, most=MOST)
        return first


def _depth(chosen: SelectionSetNode, fragments: Mapping[str, FragmentDefinitionNode]) -> int:
    """Fields within each other, whatever their types."""
    deepest = 0
    for node in chosen.selections:
        if isinstance(node, FragmentSpreadNode):
            deepest = max(deepest, _depth(fragments[node.name.value].selection_set, fragments))
        elif isinstance(node, FieldNode):
            deepest = max(deepest, 1 + (_depth(node.selection_set, fragments) if node.selection_set else 0))
        elif isinstance(node, InlineFragmentNode):
            deepest = max(deepest, _depth(node.selection_set, fragments))
    return deepest


def bill(document: DocumentNode, operation: OperationDefinitionNode, variables: dict[str, Any]) -> int:
    """The most points that a valid document's operation can cost. Raises TooDeep, TooCostly, BadFirst."""
    fragments = {one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)}
    cashier, query = _Cashier(fragments, variables), SCHEMA.graphql_schema.query_type
    assert query is not None  # noqa: S101 - there is one
    points, depth = cashier.selection(operation.selection_set, query, 1)
    if depth > MOST_DEPTH:
        raise TooDeep(most=MOST_DEPTH)
    if points > MOST_POINTS:
        raise TooCostly(points=points, most=MOST_POINTS)
    return points

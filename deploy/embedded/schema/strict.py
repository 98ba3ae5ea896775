"""What Saleor's older GraphQL refuses and ours would let pass, and its limits on a document."""

from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    GraphQLSyntaxError,
    NullValueNode,
    OperationDefinitionNode,
    OperationType,
    Visitor,
    visit,
)

ALIASES = 100
MUTATIONS = 4


class _Looker(Visitor):
    """Counts aliases and stops at the first literal null."""

    def __init__(self) -> None:
        super().__init__()
        self.aliases = 0

    def enter_null_value(self, node: NullValueNode, *_: Any) -> None:
        """Null is known through variables only."""
        source, start = node.loc.source, node.loc.start
        raise GraphQLSyntaxError(source, start, 'Unexpected Name "null"')

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        """One more alias."""
        self.aliases += node.alias is not None


def check(document: DocumentNode) -> None:
    """Raise for a literal null, more than 100 aliases or more than 4 mutations at once."""
    looker = _Looker()
    visit(document, looker)
    if looker.aliases > ALIASES:
        raise GraphQLError(f"Number of aliases exceed the limit of {ALIASES}")
    for operation in document.definitions:
        if not isinstance(operation, OperationDefinitionNode):
            continue
        if operation.operation == OperationType.SUBSCRIPTION:
            raise GraphQLError("Subscriptions are not allowed.")
        count = len(operation.selection_set.selections)
        if operation.operation == OperationType.MUTATION and count > MUTATIONS:
            raise GraphQLError(f"Number of mutations exceed the limit of {MUTATIONS}")

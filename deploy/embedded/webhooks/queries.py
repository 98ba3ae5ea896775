"""Reading subscription queries."""

from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    OperationType,
    parse,
    validate,
)

from deploy.embedded.core.errors import refuse
from deploy.embedded.webhooks.events import EVENTS, type_name

_EVENT_OF_TYPE = {type_name(event): event for event in EVENTS}


def read_query(query: str) -> list[str]:
    """The events that a subscription query names. Refuses one that is wrong, as the whole registration would fail."""
    try:
        document = parse(query)
    except GraphQLSyntaxError as error:
        raise refuse("SYNTAX", error.message, "query") from error
    from deploy.embedded.schema.root import SCHEMA  # noqa: PLC0415 - the schema is built from these modules

    wrong: list[GraphQLError] = validate(SCHEMA, document)
    if wrong:
        raise refuse("GRAPHQL_ERROR", ";".join(sorted({error.message for error in wrong})), "query")
    operations = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
    if not any(operation.operation == OperationType.SUBSCRIPTION for operation in operations):
        raise refuse("MISSING_SUBSCRIPTION", "Subscription operation can't be found.", "query")
    events = _named(document)
    if not events:
        raise refuse("UNABLE_TO_PARSE", "Event field can't be found.", "query")
    return events


def _named(document: DocumentNode) -> list[str]:
    """Events by the type conditions anywhere in the document, in its order."""
    names: list[str] = []
    pending: list[Any] = list(document.definitions)
    while pending:
        found = pending.pop(0)
        condition = getattr(found, "type_condition", None)
        if condition is not None:
            names.append(condition.name.value)
        selection_set = getattr(found, "selection_set", None)
        pending.extend(selection_set.selections if selection_set else ())
    return list(dict.fromkeys(_EVENT_OF_TYPE[name] for name in names if name in _EVENT_OF_TYPE))

"""From what was asked to the answer as GraphQL writes it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from graphql import DocumentNode, GraphQLError, GraphQLSyntaxError, OperationDefinitionNode, OperationType
from graphql.execution import execute_sync
from graphql.execution.values import get_variable_values

from catalog.api.cost import MOST_POINTS, bill
from catalog.api.errors import GRAPHQL_CODES, INVALID, SYNTAX, VARIABLES, Internal, ReadOnly, UnknownOperation
from catalog.api.limits import Invalid, read
from catalog.api.loading import Loaders
from catalog.api.schema import SCHEMA
from catalog.errors import ShopError

CHARACTERS: Final = 10  # that are read for a point, whatever comes of it
LONGEST_MESSAGE: Final = 500  # characters; GraphQL repeats values that it refuses
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with its variables, and which of its operations to run."""

    query: str
    variables: dict[str, Any] = field(default_factory=dict)
    operation: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """`status` is HTTP's."""

    status: int
    body: dict[str, Any]


class Wrong(Exception):
    """Refused by GraphQL itself, with one of `GRAPHQL_CODES`."""

    def __init__(self, code: str, errors: list[GraphQLError]) -> None:
        self.code, self.errors = code, errors
        super().__init__(code)


def answer(asked: Asked, spend: Callable[[int], None]) -> Answer:
    """The answer, whatever was asked. `spend` is told points before anything is run; it may raise RateLimited."""
    try:
        spend(1 + len(asked.query) // CHARACTERS)
        document, operation, points = prepared(asked)
        spend(points)
    except Wrong as wrong:
        return Answer(400, {"errors": [_told(error, wrong.code) for error in wrong.errors]})
    except ShopError as error:
        return refused(error)
    return _run(asked, document, operation, points)


def prepared(asked: Asked) -> tuple[DocumentNode, OperationDefinitionNode, int]:
    """What will be run, and what it costs. Raises Wrong, Refused; no resolver has run."""
    try:
        document = read(asked.query)
    except GraphQLSyntaxError as error:
        raise Wrong(SYNTAX, [error]) from error
    except Invalid as invalid:
        raise Wrong(INVALID, invalid.errors) from invalid
    operation = _operation(document, asked.operation)
    schema = SCHEMA.graphql_schema
    variables = get_variable_values(schema, operation.variable_definitions, asked.variables, max_errors=5)
    if isinstance(variables, list):
        raise Wrong(VARIABLES, variables)
    try:
        return document, operation, bill(document, operation, variables)
    except GraphQLError as error:
        raise Wrong(VARIABLES, [error]) from error


def refused(error: ShopError) -> Answer:
    """A refusal of the whole request."""
    return Answer(error.status, {"errors": [{"message": error.message("en"), "extensions": _extensions(error)}]})


def _operation(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    every = [one for one in document.definitions if isinstance(one, OperationDefinitionNode)]
    found = [one for one in every if name is None or (one.name and one.name.value == name)]
    if len(found) != 1:
        names = ", ".join(one.name.value for one in every if one.name)
        raise UnknownOperation(names=names[:LONGEST_MESSAGE] or "–")
    if found[0].operation is not OperationType.QUERY:
        raise ReadOnly(kind=found[0].operation.value)
    return found[0]


def _run(asked: Asked, document: DocumentNode, operation: OperationDefinitionNode, points: int) -> Answer:
    result = execute_sync(
        SCHEMA.graphql_schema,
        document,
        context_value=Loaders(),
        variable_values=asked.variables,
        operation_name=operation.name.value if operation.name else None,
    )
    body: dict[str, Any] = {"data": result.data}
    if result.errors:
        body = {"errors": [_told(error) for error in result.errors], **body}
    body["extensions"] = {"cost": {"points": points, "most": MOST_POINTS}}
    return Answer(200, body)


def _told(error: GraphQLError, code: str = "") -> dict[str, Any]:
    """An error with its stable code; what was not foreseen is noted and told as an internal one."""
    shown = dict(error.formatted)
    cause = error.original_error
    if code:
        en, vi = GRAPHQL_CODES[code]
        message = error.message[:LONGEST_MESSAGE].rstrip(".")
        return {**shown, "message": f"{message}. {en}", "extensions": {"code": code, "vi": vi}}
    if not isinstance(cause, ShopError):
        log.error("a resolver failed unexpectedly at %s", error.path, exc_info=cause or error)
        cause = Internal()
    return {**shown, "message": cause.message("en"), "extensions": _extensions(cause)}


def _extensions(error: ShopError) -> dict[str, Any]:
    return {"code": error.code.upper(), "vi": error.message("vi")}

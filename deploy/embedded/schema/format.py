"""Errors of a request, as Saleor writes them."""

import logging
from typing import Any

from graphql import GraphQLError

log = logging.getLogger(__name__)
INTERNAL = "Internal Server Error"


def format_error(error: GraphQLError) -> dict[str, Any]:
    """Message, places, path, and the kind of error; what was not foreseen is logged and told as an internal error."""
    shown = dict(error.formatted)
    cause: BaseException = error
    while isinstance(cause, GraphQLError) and cause.original_error is not None:
        cause = cause.original_error
    if not isinstance(cause, GraphQLError):
        log.error("A query failed unexpectedly", exc_info=cause)
        shown["message"] = INTERNAL
    kind = {"BadRequest": "GraphQLError"}.get(type(cause).__name__, type(cause).__name__)
    shown["extensions"] = {"exception": {"code": kind}}
    return shown

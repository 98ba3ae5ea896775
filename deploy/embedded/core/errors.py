"""Refusals in the shapes of Saleor: errors of a mutation's payload, and errors of the whole request."""

import dataclasses
from collections.abc import Iterable

from graphql import GraphQLError


@dataclasses.dataclass(frozen=True)
class Problem:
    """One row of a payload's `errors`. `field` in the API's spelling; `extra` fills the type's own columns."""

    code: str
    message: str
    field: str | None = None
    extra: dict[str, object] = dataclasses.field(default_factory=dict)


class Refused(Exception):
    """The mutation changed nothing; its payload says why."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("; ".join(p.message for p in problems))


def refuse(code: str, message: str, field: str | None = None, **extra: object) -> Refused:
    """A refusal with one problem, to be raised."""
    return Refused(Problem(code, message, field, extra))


class PermissionDenied(GraphQLError):
    """The caller may not; the request itself stays a 200."""

    def __init__(self, permissions: Iterable[str] = ()) -> None:
        needed = ", ".join(permissions)
        super().__init__(
            f"To access this path, you need one of the following permissions: {needed}"
            if needed
            else "You do not have permission to perform this action"
        )


class BadRequest(GraphQLError):
    """A query argument that cannot be answered; named as Saleor names it in `extensions`."""

"""The base of every mutation: permission, one transaction, and refusals as the payload's errors."""

from typing import Any, ClassVar

import graphene
from django.db import transaction

from deploy.embedded.core.context import require
from deploy.embedded.core.enums import enum
from deploy.embedded.core.errors import Problem, Refused
from deploy.embedded.core.objects import NonNullList


def error_type(
    name: str, codes: str, *, place: str = "field", required: bool = True, **columns: Any
) -> type[graphene.ObjectType]:
    """An error type: where (`field` or `path`), a sentence, a code of its own enum, and its further columns."""
    fields = {
        "__doc__": "Why the mutation, or one of its rows, was refused.",
        place: graphene.String(),
        "message": graphene.String(),
        "code": graphene.Field(enum(f"{name}Code", codes), required=required),
        **columns,
    }
    return type(name, (graphene.ObjectType,), fields)


def row(problem: Problem) -> dict[str, Any]:
    """A problem as the error types read it."""
    return {
        "field": problem.field,
        "path": problem.field,
        "message": problem.message,
        "code": problem.code,
        **problem.extra,
    }


class Mutation(graphene.Mutation):
    """A mutation says its `errors` type and `permissions` in Meta, and does its work in `perform`."""

    class Meta:
        abstract = True

    permissions: ClassVar[tuple[str, ...]] = ()
    refusal: ClassVar[dict[str, Any]] = {}
    """What the payload's required fields are when nothing was done."""

    @classmethod
    def __init_subclass_with_meta__(
        cls, errors: type[graphene.ObjectType], permissions: tuple[str, ...] = (), **options: Any
    ) -> None:
        """Adds the `errors` field that every payload has."""
        cls.permissions = permissions
        cls.errors = graphene.Field(graphene.NonNull(NonNullList(errors)))
        super().__init_subclass_with_meta__(**options)

    @classmethod
    def mutate(cls, _root: Any, info: graphene.ResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Run `perform` in one transaction; a refusal rolls it back."""
        require(info, *cls.permissions)
        try:
            with transaction.atomic():
                return {"errors": [], **cls.perform(info, **arguments)}
        except Refused as refused:
            return {**cls.refusal, "errors": [row(problem) for problem in refused.problems]}

    @classmethod
    def perform(cls, info: graphene.ResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Do it and return the payload's fields; raise Refused to do nothing."""
        raise NotImplementedError

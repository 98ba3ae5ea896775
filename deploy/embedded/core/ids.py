"""Global ids: base64 of `Type:key`, as Saleor writes them."""

import base64
import binascii
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from deploy.embedded.core.errors import BadRequest, refuse

M = TypeVar("M", bound=Model)


def global_id(type_name: str, key: object) -> str:
    """ "Product", 1 → "UHJvZHVjdDox"."""
    return base64.b64encode(f"{type_name}:{key}".encode()).decode()


def parse_id(value: str, *type_names: str) -> str:
    """The key inside a global id of one of these types. Raises ValueError with Saleor's sentence."""
    try:
        found, _, key = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, ValueError) as error:
        raise ValueError(f"Invalid ID: {value}.") from error
    if not key:
        raise ValueError(f"Invalid ID: {value}.")
    if found not in type_names:
        raise ValueError(f"Invalid ID: {value}. Expected: {type_names[0]}, received: {found}.")
    return key


def _key(model: type[Model], raw: str) -> Any:
    """The key as the column's own type; None when it cannot be one."""
    try:
        return UUID(raw) if model._meta.pk.get_internal_type() == "UUIDField" else int(raw)
    except ValueError:
        return None


def key_of(model: type[M], value: str, *type_names: str) -> Any:
    """The primary key in a global id; ValueError when the id is not one of `model`'s."""
    return _key(model, parse_id(value, *(type_names or (model.__name__,))))


def find(queryset: QuerySet[M], value: str, *type_names: str) -> M | None:
    """For queries: the object or None; a malformed id is an error of the request."""
    try:
        key = key_of(queryset.model, value, *type_names)
    except ValueError as error:
        raise BadRequest(str(error)) from error
    return queryset.filter(pk=key).first() if key is not None else None


def node(queryset: QuerySet[M], value: str | None, field: str = "id", *type_names: str) -> M:
    """For mutations: the object, or a refusal GRAPHQL_ERROR (malformed) or NOT_FOUND."""
    try:
        key = key_of(queryset.model, value or "", *type_names)
    except ValueError as error:
        raise refuse("GRAPHQL_ERROR", str(error), field) from error
    found = queryset.filter(pk=key).first() if key is not None else None
    if found is None:
        raise refuse("NOT_FOUND", f"Couldn't resolve to a node: {value}", field)
    return found


def nodes(queryset: QuerySet[M], values: list[str], field: str, *type_names: str) -> list[M]:
    """For mutations: the objects in the order asked for; one unknown id refuses all."""
    try:
        keys = [key_of(queryset.model, value, *type_names) for value in values]
    except ValueError as error:
        raise refuse("GRAPHQL_ERROR", str(error), field) from error
    found = queryset.in_bulk([key for key in keys if key is not None])
    missing = [value for value, key in zip(values, keys, strict=True) if key not in found]
    if missing:
        raise refuse("NOT_FOUND", f"Could not resolve to a node with the global id list of '{missing}'.", field)
    return [found[key] for key in keys]


def one_of(queryset: QuerySet[M], *type_names: str, **ways: str | None) -> M:
    """For mutations that take `id`, `external_reference` or `sku`: exactly one must be given."""
    given = {name: value for name, value in ways.items() if value is not None}
    names = ", ".join(f"'{_camel(name)}'" for name in ways)
    if len(given) != 1:
        raise refuse("GRAPHQL_ERROR", f"{'At least' if not given else 'Only'} one of arguments is required: {names}.")
    ((name, value),) = given.items()
    if name == "id":
        return node(queryset, value, "id", *type_names)
    found = queryset.filter(**{name: value}).first()
    if found is None:
        raise refuse("NOT_FOUND", f"Couldn't resolve to a node: {value}", _camel(name))
    return found


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.title() for part in rest)

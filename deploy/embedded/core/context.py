"""Who asks."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import graphene

from deploy.embedded.core.errors import PermissionDenied

if TYPE_CHECKING:
    from deploy.embedded.apps.models import App


@dataclass
class Caller:
    """The app behind a request, or nobody: then it is a visitor's. `memory` lives as long as the request."""

    app: "App | None" = None
    permissions: frozenset[str] = frozenset()
    memory: dict[Any, Any] = field(default_factory=dict)


_calling: ContextVar[Caller | None] = ContextVar("embedded_caller", default=None)


@contextmanager
def calling(caller: Caller) -> Iterator[None]:
    """Let `issuer` be this caller inside the block."""
    token = _calling.set(caller)
    try:
        yield
    finally:
        _calling.reset(token)


def issuer() -> "App | None":
    """The app whose request is being carried out, for events that tell who caused them."""
    caller = _calling.get()
    return caller.app if caller else None


def may(info: graphene.ResolveInfo, *permissions: str) -> bool:
    """Whether the caller has one of these permissions."""
    return not info.context.permissions.isdisjoint(permissions)


def require(info: graphene.ResolveInfo, *permissions: str) -> None:
    """Refuse a caller that has none of these permissions."""
    if permissions and not may(info, *permissions):
        raise PermissionDenied(permissions)

"""What an orchestrator asks: /health/live and /health/ready.

They are answered before everything else: no host name to be allowed, no language, no session, no cookie.
"""

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from catalog.health.pending import pending_migrations
from catalog.health.services import pause
from catalog.search.services import engine

_searched = False  # once so, a lost index closes no shop: lists by filters are shown
_migrated = False  # once so, always so for this process: it knows no newer migrations than its own


class HealthMiddleware:
    """Stands first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The two addresses, with or without a slash at the end; anything else goes on."""
        path = request.path_info.rstrip("/")
        if path == "/health/live":
            return _answer(JsonResponse({"live": True}))
        if path == "/health/ready":
            parts = ready()
            well = all(parts[name] == "ok" for name in ("database", "migrations")) and _searched
            return _answer(JsonResponse({"ready": well, **parts}, status=200 if well else 503))
        return self.get_response(request)


def ready() -> dict[str, str]:
    """What visitors need, and what they can do without: "ordering", and "search" once it was there."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        migrated = "ok" if _is_migrated() else "pending"
    except DatabaseError as error:
        why = type(error).__name__
        return {"database": why, "migrations": "unknown", "search": "unknown", "ordering": "unknown"}
    if migrated != "ok":
        return {"database": "ok", "migrations": migrated, "search": "unknown", "ordering": "unknown"}
    return {"database": "ok", "migrations": migrated, **_search(), "ordering": "paused" if pause() else "ok"}


def _is_migrated() -> bool:
    global _migrated  # noqa: PLW0603 - reading the migrations takes a tenth of a second
    _migrated = _migrated or not pending_migrations()
    return _migrated


def _search() -> dict[str, str]:
    global _searched  # noqa: PLW0603 - a process starts with an index, or waits for one
    told = engine().standing()
    _searched = _searched or told.searchable
    return {"search": told.state, "engine": told.engine}


def _answer(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response

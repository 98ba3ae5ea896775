"""Reminders by mail: asking, confirming, and taking it back. Nothing here tells whether an address is on a list.

The links in the mails change nothing when they are opened, for mail scanners open them; their pages have a button.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from catalog import clock
from catalog.errors import ShopError
from catalog.livestreams import lists
from catalog.livestreams.models import Livestream
from catalog.livestreams.states import State, state
from catalog.quota.services import address_of
from catalog.reminders import consent, services
from storefront.livestreams import words


@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """GET and POST /truc-tiep/<code>/nhac/ with `email`: a letter with a link to confirm by goes there."""
    session = _public(code)
    if request.method == "GET":
        return _form(request, session)
    try:
        services.ask(session, request.POST.get("email", ""), _language(), address_of(request))
    except ShopError as refusal:
        return _form(request, session, refusal)
    return redirect("reminder_asked", session.code)


@never_cache
@require_GET
def asked(request: HttpRequest, code: str) -> HttpResponse:
    """GET /truc-tiep/<code>/nhac/da-gui/: the same whatever became of it."""
    return render(request, "livestreams/reminder.html", _about(_public(code)) | {"step": "asked"})


@never_cache
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """GET and POST /truc-tiep/nhac/<token>/: by the link in the first letter."""
    try:
        reminder = services.confirm(token) if request.method == "POST" else services.to_confirm(token)
    except ShopError as refusal:
        return _over(request, refusal)
    done = request.method == "POST" or reminder.confirmed_at is not None
    known = {
        "step": "confirmed" if done else "confirm",
        "token": token,
        "remindable": services.remindable(reminder.livestream, clock.now()),
        "stop": services.stop_token(reminder) if done else "",
    }
    return render(request, "livestreams/reminder.html", _about(reminder.livestream) | known)


@csrf_exempt  # the mail provider asks, by List-Unsubscribe-Post (RFC 8058); the signed link is what counts
@never_cache
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """GET and POST /truc-tiep/bo-nhac/<token>/: no more letters; also once more, and long afterwards."""
    try:
        session = services.to_stop(token)
        if request.method == "POST":
            services.stop(token)
    except ShopError as refusal:
        return _over(request, refusal)
    done = request.method == "POST" or session is None
    known = {"step": "stopped" if done else "stop", "token": token}
    return render(request, "livestreams/reminder.html", (_about(session) if session else {"session": None}) | known)


def _form(request: HttpRequest, session: Livestream, error: ShopError | None = None) -> HttpResponse:
    known = {
        "step": "ask",
        "remindable": services.remindable(session, clock.now()),
        "consent": consent.TEXT,
        "typed": request.POST.get("email", "")[:254],
        "error": error.message(_language()) if error else "",
    }
    status = error.status if error else 200
    return render(request, "livestreams/reminder.html", _about(session) | known, status=status)


def _over(request: HttpRequest, refusal: ShopError) -> HttpResponse:
    known = {"step": "over", "session": None, "error": refusal.message(_language())}
    return render(request, "livestreams/reminder.html", known, status=refusal.status)


def _about(session: Livestream) -> dict[str, object]:
    when = words.span(session.starts_at, session.ends_at)
    return {"session": session, "when": when, "day": words.day(words.day_of(session.starts_at))}


def _public(code: str) -> Livestream:
    found = lists.asked().filter(code=code.upper()).first()
    if found is None or state(found, clock.now()) is State.DRAFT:
        raise Http404
    return found


def _language() -> str:
    return "en" if (get_language() or "vi").startswith("en") else "vi"

"""The host's own pages: a producer's member or a sale point's staff. Another's session is a 404, as if it were none."""

from collections.abc import Callable, Mapping

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalog import clock
from catalog.combos.lists import Listed as Gift
from catalog.errors import ShopError
from catalog.livestreams import consent, pins, services
from catalog.livestreams.lists import Listed
from catalog.livestreams.models import COMBO, Livestream, LivestreamPin
from catalog.livestreams.services import Owner
from catalog.livestreams.states import OVERRUN, State
from catalog.livestreams.vouchers.models import LivestreamVoucher
from catalog.livestreams.vouchers.services import set_voucher
from catalog.people.models import User
from catalog.producers.models import Producer
from catalog.products.codes import new_code
from catalog.text import fold
from storefront.livestreams import words
from storefront.livestreams.figures import as_csv, figures
from storefront.livestreams.forms import SessionForm, fixed, initial
from storefront.livestreams.models import Phase

SHOWN = 50


@never_cache
@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """GET /truc-tiep/cua-toi/: my sessions, the latest first."""
    owners = _owners(request)
    now = clock.now()
    context = {
        "owners": owners,
        "rows": [Listed(one, now) for one in services.sessions_of(request.user)[:SHOWN]],
        "withdrawn": services.hosts_of(request.user).filter(withdrawn_at__isnull=False),
        "span": words.span,
        "day": words.day,
        "day_of": words.day_of,
    }
    return render(request, "livestreams/mine.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """GET and POST /truc-tiep/cua-toi/moi/: a new session; with the content confirmation it is public at once."""
    owners = _owners(request)
    form = SessionForm(request.POST or None, initial={"code": new_code()})
    error: ShopError | None = None
    if request.method == "POST" and form.is_valid():
        owner = next((one for one in owners if key_of(one) == request.POST.get("owner")), None)
        if owner is None or not form.cleaned_data["code"]:
            raise Http404
        try:
            session = services.draft(request.user, owner, form.cleaned_data["code"], form.plan())
        except ShopError as refusal:
            error = refusal
        else:
            return _publish(request, session, form)
    status = error.status if error else 422 if form.is_bound else 200
    context = {
        "form": form,
        "owners": [(key_of(one), one.name) for one in owners],
        "error": _say(error),
        "consent": consent.TEXT,
    }
    return render(request, "livestreams/new.html", context, status=status)


def _publish(request: HttpRequest, session: Livestream, form: SessionForm) -> HttpResponse:
    """The draft is kept whatever is said of its publication."""
    if form.cleaned_data["confirmed"]:
        try:
            services.change(request.user, session.code, session.version, form.plan(), confirmed=True)
        except ShopError as refusal:
            messages.error(request, _say(refusal))
        else:
            messages.success(request, _("Đã công bố phiên. Giờ hãy ghim sản phẩm."))
    else:
        messages.success(request, _("Đã lưu nháp. Chưa ai thấy phiên này ngoài bạn."))
    return redirect("live_host_session", session.code)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """GET and POST /truc-tiep/cua-toi/<code>/?tim=: one of my sessions, its pins, what can be done now, and what can be
    pinned whose name has the words of `tim`, with or without accents."""
    session = _session(request, code)
    form = SessionForm(request.POST or None, initial=initial(session))
    error: ShopError | None = None
    if request.method == "POST" and form.is_valid():
        version, confirmed = form.cleaned_data["version"], form.cleaned_data["confirmed"]
        try:
            services.change(request.user, code, -1 if version is None else version, form.plan(), confirmed=confirmed)
        except ShopError as refusal:
            error = refusal
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("live_host_session", code)
    return _page(request, session, form, error)


@never_cache
@login_required
@require_POST
def act(request: HttpRequest, code: str) -> HttpResponse:
    """POST /truc-tiep/cua-toi/<code>/lam/ with `version`, `action` and what the action takes."""
    session = _session(request, code)
    deed = _DEEDS.get(request.POST.get("action", ""))
    if deed is None:
        raise Http404
    try:
        deed(request.user, code, _number(request.POST.get("version")), request.POST)
    except ShopError as refusal:
        return _page(request, session, SessionForm(initial=initial(session)), refusal)
    messages.success(request, _("Đã ghi."))
    return redirect("live_host_session", code)


@never_cache
@login_required
@require_GET
def show_figures(request: HttpRequest, code: str) -> HttpResponse:
    """GET /truc-tiep/cua-toi/<code>/so-lieu/: the part of the session's page that says what it brought."""
    session = _session(request, code)
    context = {**_figures(session), "session": session, "listed": Listed(session, clock.now())}
    return render(request, "livestreams/figures.html", context)


@never_cache
@login_required
@require_GET
def download_figures(request: HttpRequest, code: str) -> HttpResponse:
    """GET /truc-tiep/cua-toi/<code>/so-lieu.csv."""
    session = _session(request, code)
    response = HttpResponse(as_csv(figures(session)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="phien-{session.code}.csv"'
    return response


def _figures(session: Livestream) -> dict[str, object]:
    link = f"{settings.PUBLIC_URL}{session.get_absolute_url()}"
    return {"found": figures(session), "phases": Phase.choices, "link": link}


def _pin(user: User, code: str, version: int, data: QueryDict) -> None:
    services.pin(user, code, version, data.get("pin", "")[:40])


def _voucher(user: User, code: str, version: int, data: QueryDict) -> None:
    numbers = {name: _number(data.get(name)) for name in ("percent", "most", "grace")}
    set_voucher(user, code, version, **numbers)


def _arrange(user: User, code: str, version: int, data: QueryDict) -> None:
    """`pin`, `place` and `offset` are lists of the same order; `take-off` names those that go."""
    gone = set(data.getlist("take-off"))
    rows = zip(data.getlist("pin"), data.getlist("place"), data.getlist("offset"), strict=False)
    kept = [(words.seconds_of(place) or 0, name, offset) for name, place, offset in rows if name not in gone]
    order = [(name, words.seconds_of(offset)) for _place, name, offset in sorted(kept, key=lambda row: row[0])]
    services.arrange(user, code, version, order)


_DEEDS: dict[str, Callable[[User, str, int, QueryDict], None]] = {
    "start": lambda user, code, version, _data: services.start(user, code, version),
    "still_on": lambda user, code, version, _data: services.still_on(user, code, version),
    "end": lambda user, code, version, _data: services.end(user, code, version),
    "cancel": lambda user, code, version, data: services.cancel(user, code, version, data.get("reason", "")),
    "replay": lambda user, code, version, data: services.set_replay(user, code, version, data.get("link", "")),
    "pin": _pin,
    "voucher": _voucher,
    "arrange": _arrange,
}


def _page(request: HttpRequest, session: Livestream, form: SessionForm, error: ShopError | None) -> HttpResponse:
    """One session as it is now; after a refusal with what was typed."""
    session = _session(request, session.code)
    listed = Listed(session, clock.now())
    pinned, boxes = list(session.pins.select_related("product", "combo")), pins.boxes_of(session)
    asked = request.GET.get("tim", "").strip()[:120]
    pinning = listed.state is State.DRAFT or listed.is_live or listed.is_coming
    context = {
        "session": session,
        "listed": listed,
        "state": listed.state,
        **(_figures(session) if session.started_at else {}),
        "form": form,
        "fixed": fixed(session),
        "pins": pinned,
        "shown": {one.key for one in pins.shown(session.pk, clock.today(), boxes)},
        "pinnable": _pinnable(session, pinned, boxes, asked) if pinning else [],
        "asked": asked,
        "pinning": pinning,
        "voucher": LivestreamVoucher.objects.filter(livestream=session).first() if session.host.producer_id else None,
        "events": session.events.select_related("by"),
        "overrun": OVERRUN.seconds // 3600,
        "consent": consent.TEXT,
        "error": _say(error),
        "into": words.into,
        "when": words.span(session.starts_at, session.ends_at),
        "day": words.day(words.day_of(session.starts_at)),
    }
    status = error.status if error else 422 if form.is_bound else 200
    return render(request, "livestreams/edit.html", context, status=status)


def _pinnable(
    session: Livestream, pinned: list[LivestreamPin], boxes: Mapping[int, Gift], asked: str
) -> list[tuple[str, list[tuple[str, str]]]]:
    """What can be pinned, is not, and has these words in its name: products, then combos, by key and name."""
    products = [(one.code, one.name) for one in pins.pinnable(session.host, clock.today())]
    combos = sorted(
        ((f"{COMBO}{one.combo.code}", one.combo.told_title) for one in boxes.values()), key=lambda row: row[1]
    )
    known, wanted = {one.key for one in pinned}, fold(asked).split()
    found = [
        (label, [(key, name) for key, name in rows if key not in known and all(one in fold(name) for one in wanted)])
        for label, rows in ((_("Sản phẩm"), products), (_("Combo"), combos))
    ]
    return [(label, rows) for label, rows in found if rows]


def key_of(owner: Owner) -> str:
    """How a form names a producer or a sale point."""
    return f"{'p' if isinstance(owner, Producer) else 's'}{owner.pk}"


def _owners(request: HttpRequest) -> list[Owner]:
    owners = services.owners_of(request.user)
    if not owners:
        raise PermissionDenied
    return owners


def _session(request: HttpRequest, code: str) -> Livestream:
    found = services.sessions_of(request.user).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def _say(error: ShopError | None) -> str:
    return error.message(get_language() or "vi") if error else ""


def _number(text: str | None) -> int:
    """A whole number that was posted, -1 for anything else."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else -1

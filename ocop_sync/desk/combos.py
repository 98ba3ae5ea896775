"""The officer's combos: what waits for approval, one combo with its agreements and its log, and what can be done."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.combos import overseeing
from catalog.combos.models import Combo, ComboAgreement
from catalog.combos.offering import Box, cheapest_box, combos
from catalog.combos.states import State, in_state, state_of
from catalog.combos.terms import Share, Terms, faults, shares, terms_of, todays_price
from catalog.errors import ShopError
from catalog.people.models import User
from catalog.producers.models import Producer
from ocop_sync.desk.access import for_officers

SHOWN = 30


@for_officers("GET")
def queue(request: HttpRequest) -> HttpResponse:
    """GET /can-bo/combo/?trang-thai=&trang=: those that wait first, the longest waiting in front."""
    asked = request.GET.get("trang-thai", "")
    found = combos()
    if asked != "tat-ca":
        found = found.filter(in_state(State(asked) if asked in State.values else State.PROPOSED))
    ordered = found.order_by("-updated_at", "-pk") if asked in State.values or asked == "tat-ca" else found.order_by(
        "proposed_at", "pk"
    )  # fmt: skip
    page = Paginator(ordered, SHOWN).get_page(request.GET.get("trang"))
    rows = [
        (one, state_of(one), overseeing.missing(one) if state_of(one) is State.PROPOSED else [], _problem(one))
        for one in page.object_list
    ]
    context = {"page": page, "rows": rows, "asked": asked, "states": State.choices}
    return render(request, "officer/combos.html", context)


@for_officers("GET")
def show(request: HttpRequest, code: str) -> HttpResponse:
    """GET /can-bo/combo/<code>/."""
    return _show(request, code)


@for_officers("POST")
def act(request: HttpRequest, code: str) -> HttpResponse:
    """POST /can-bo/combo/<code>/lam/ with `version`, `action` and `reason`."""
    combo = get_object_or_404(Combo, code=code.upper())
    deed = _DEEDS.get(request.POST.get("action", ""))
    if deed is None:
        raise Http404
    try:
        deed(combo.code, cast("User", request.user), request.POST)
    except ShopError as refusal:
        return _show(request, code, refusal)
    messages.success(request, _("Đã ghi vào nhật ký của combo."))
    return redirect("officer_combo", combo.code)


def _approve(code: str, officer: User, data: QueryDict) -> None:
    overseeing.approve(code, officer, _number(data.get("version")))


def _refuse(code: str, officer: User, data: QueryDict) -> None:
    overseeing.refuse(code, officer, _number(data.get("version")), data.get("reason", ""))


def _withdraw(code: str, officer: User, data: QueryDict) -> None:
    overseeing.withdraw(code, officer, data.get("reason", ""))


_DEEDS: dict[str, Callable[[str, User, QueryDict], None]] = {
    "approve": _approve, "refuse": _refuse, "withdraw": _withdraw,
}  # fmt: skip


def _show(request: HttpRequest, code: str, error: ShopError | None = None) -> HttpResponse:
    """One combo as it is now; after a refusal with what was typed and why it was not recorded."""
    combo = combos().select_related("approved_by", "producer").filter(code=code.upper()).first()
    if combo is None:
        raise Http404
    terms, state = terms_of(combo), state_of(combo)
    language = get_language() or "vi"
    context = {
        "combo": combo,
        "state": state,
        "terms": terms,
        "price": todays_price(terms),
        "shares": _by_producer(combo, terms),
        "missing": overseeing.missing(combo) if state is State.PROPOSED else [],
        "faults": [fault.message(language) for fault in faults(terms)],
        "box": _box(combo),
        "events": combo.events.select_related("by", "producer"),
        "typed": request.POST if error else QueryDict(),
        "error": error.message(language) if error else "",
    }
    return render(request, "officer/combo.html", context, status=error.status if error else 200)


Row = tuple[Producer, ComboAgreement | None, list[tuple[Share, dict[str, int | None]]]]


def _by_producer(combo: Combo, terms: Terms) -> list[Row]:
    """Each producer with its agreement to these terms, and each of its offers with what it agreed to."""
    given = {one.producer_id: one for one in combo.agreements.all() if one.terms == combo.terms}
    rows: dict[int, Row] = {}
    for share in shares(terms):
        producer = share.offer.product.producer
        agreement = given.get(producer.pk)
        row = rows.setdefault(producer.pk, (producer, agreement, []))
        said = agreement.parts.get(share.offer.external_reference, {}) if agreement else {}
        row[2].append((share, said))
    return list(rows.values())


def _box(combo: Combo) -> Box | None:
    return cheapest_box(combo) if state_of(combo) is State.APPROVED else None


def _problem(combo: Combo) -> str:
    """What is wrong today: why it is not sold, or could not be proposed."""
    if box := _box(combo):
        return box.problem or ("" if box.possible else _("Hết hàng hoặc hết hộp."))
    return next((fault.message(get_language() or "vi") for fault in faults(terms_of(combo))), "")


def _number(text: str | None) -> int:
    """A whole number that was posted, -1 for anything else."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else -1

"""My combos, those that wait for my agreement, and one combo. Another's is a 404, as if there were none."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Q, QuerySet, When
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from catalog.combos import agreeing, services
from catalog.combos.models import Combo, Packaging
from catalog.combos.offering import combos
from catalog.combos.overseeing import missing
from catalog.combos.states import State, state_of
from catalog.combos.terms import terms_of
from catalog.errors import ShopError
from catalog.people.models import User
from catalog.producers.models import Producer
from catalog.salepoints.models import SalePoint
from storefront.proposals.listed import listed
from storefront.proposals.showing import picture

SHOWN = 100


@never_cache
@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """GET /combo-cua-toi/: what waits for me, what I propose, and what others make of my goods or in my boxes."""
    user: User = request.user
    owners = services.owners_of(user)
    if not owners:
        raise PermissionDenied
    waiting = {combo for combo, _producer in agreeing.waiting_for(user)}
    waiting_first = Case(When(pk__in=waiting, then=0), default=1)
    rows = [listed(one) for one in _visible(user).order_by(waiting_first, "-updated_at", "-pk")[:SHOWN]]
    shown = [one.combo.pk for one in rows]
    own = set(Combo.objects.filter(services.owned_by(user), pk__in=shown).values_list("pk", flat=True))
    context = {
        "owners": owners,
        "waiting": [one for one in rows if one.combo.pk in waiting],
        "rows": [one for one in rows if one.combo.pk in own],
        "rest": [one for one in rows if one.combo.pk not in own | waiting],
        "is_producer": any(isinstance(one, Producer) for one in owners),
        "is_point": any(isinstance(one, SalePoint) for one in owners),
        "has_boxes": Packaging.objects.filter(is_active=True).exists(),
    }
    return render(request, "proposals/mine.html", context)


@never_cache
@login_required
@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    """GET /combo-cua-toi/<code>/: what it costs, what each producer gets, and what I can do about it."""
    return _show(request, code)


@never_cache
@login_required
@require_POST
def act(request: HttpRequest, code: str) -> HttpResponse:
    """POST /combo-cua-toi/<code>/lam/ with `action` and what the action takes."""
    user: User = request.user
    _find(user, code)
    deed = _DEEDS.get(request.POST.get("action", ""))
    if deed is None:
        raise Http404
    try:
        deed(user, code.upper(), request.POST)
    except ShopError as refusal:
        return _show(request, code, refusal)
    messages.success(request, _("Đã ghi vào nhật ký của combo."))
    return redirect("combo_maker_show", code.upper())


def _propose(user: User, code: str, data: QueryDict) -> None:
    services.propose(user, code, _number(data.get("version")), _days(data))


def _agree(user: User, code: str, data: QueryDict) -> None:
    lowest = {name.removeprefix("lowest-"): _number(data.get(name)) for name in data if name.startswith("lowest-")}
    producer, terms = _number(data.get("producer")), _number(data.get("terms"))
    agreeing.agree(user, code, producer, terms, lowest=lowest, keeps=_days(data))


def _decline(user: User, code: str, data: QueryDict) -> None:
    agreeing.decline(user, code, _number(data.get("producer")), data.get("reason", ""))


def _withdraw(user: User, code: str, data: QueryDict) -> None:
    services.withdraw(user, code, data.get("reason", ""))


_DEEDS: dict[str, Callable[[User, str, QueryDict], None]] = {
    "propose": _propose, "agree": _agree, "decline": _decline, "withdraw": _withdraw,
}  # fmt: skip


def _days(data: QueryDict) -> dict[str, int | None]:
    """{offer reference: days}; what is no number is -1, which is refused."""
    names = [name for name in data if name.startswith("keeps-")]
    return {name.removeprefix("keeps-"): _number(data[name].strip()) if data[name].strip() else None for name in names}


def _visible(user: User) -> QuerySet[Combo]:
    """Mine, those proposed with my goods, and those proposed for boxes of my sale points."""
    proposed = Q(proposed_at__isnull=False) | Q(approved_at__isnull=False)
    packed = proposed & Q(packaging__sale_point__in=SalePoint.objects.filter(staff__user=user))
    return combos().filter(services.owned_by(user) | agreeing.with_goods_of(user) | packed)


def _find(user: User, code: str) -> Combo:
    found = _visible(user).filter(code=code.upper()).first()
    if found is None:
        raise Http404
    return found


def _show(request: HttpRequest, code: str, error: ShopError | None = None) -> HttpResponse:
    """One combo as it is now; after a refusal with why it was not recorded."""
    user: User = request.user
    combo = _find(user, code)
    terms, state = terms_of(combo), state_of(combo)
    told = picture(terms)
    own = Combo.objects.filter(services.owned_by(user), pk=combo.pk).exists()
    given = {one.producer_id: one for one in combo.agreements.all() if one.terms == combo.terms}
    speaks_for = set(Producer.objects.filter(members__user=user).values_list("pk", flat=True))
    context = {
        "one": listed(combo),
        "combo": combo,
        "state": state,
        "picture": told,
        "own": own,
        "given": given,
        "missing": missing(combo) if state is State.PROPOSED else [],
        "asked": [
            (producer, rows, given.get(producer.pk))
            for producer, rows in told.by_producer
            if producer.pk in speaks_for and state in (State.PROPOSED, State.APPROVED)
        ],
        "own_rows": next((rows for p, rows in told.by_producer if own and p.pk == combo.producer_id), ()),
        "events": combo.events.select_related("by", "producer"),
        "typed": request.POST if error else QueryDict(),
        "error": error.message(get_language() or "vi") if error else "",
    }
    return render(request, "proposals/show.html", context, status=error.status if error else 200)


def _number(text: str | None) -> int:
    """A whole number that was posted, -1 for anything else."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else -1

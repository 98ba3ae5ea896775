"""The combo's form. Every button but "save" shows it again with what was typed: nothing is kept before it is saved."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from catalog.combos import services
from catalog.combos.models import Combo, Packaging
from catalog.combos.offering import combos
from catalog.combos.pricing import Discount
from catalog.combos.services import ComboFacts, Owner, PartFacts, offers_by, terms_from
from catalog.combos.terms import faults_of
from catalog.errors import ShopError
from catalog.offers.models import Offer
from catalog.products.codes import new_code
from catalog.search.query import SearchQuery
from catalog.search.services import search
from storefront.livestreams.host import key_of
from storefront.proposals.forms import ComboForm, initial, parts_of, read_parts
from storefront.proposals.showing import picture

FOUND = 12  # products


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """GET and POST /combo-cua-toi/moi/?cho=: a new draft, of the producer or sale point that `cho` names."""
    owners = {key_of(one): one for one in services.owners_of(request.user)}
    if not owners:
        raise PermissionDenied
    key = request.GET.get("cho") or next(iter(owners))
    if key not in owners:
        raise Http404
    return _editor(request, owners[key], None, [(k, one.name) for k, one in owners.items() if k != key])


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """GET and POST /combo-cua-toi/<code>/sua/: one of mine."""
    combo = combos().filter(services.owned_by(request.user), code=code.upper()).first()
    if combo is None:
        raise Http404
    return _editor(request, combo.producer or combo.packaging.sale_point, combo, [])


def _editor(request: HttpRequest, owner: Owner, combo: Combo | None, others: list[tuple[str, str]]) -> HttpResponse:
    boxes = list(services.packagings_for(owner))
    if combo and combo.packaging not in boxes:
        boxes.insert(0, combo.packaging)
    posted = request.POST if request.method == "POST" else None
    start = initial(combo) if combo else {"code": new_code(), "percent": 0}
    form = ComboForm(posted, boxes, initial=start)
    parts = parts_of(combo) if combo else []
    error: ShopError | None = None
    if posted is not None:
        parts, readable = read_parts(posted), form.is_valid()
        if posted.get("action") == "save" and readable:
            try:
                saved = _save(request, owner, combo, form, parts)
            except ShopError as refusal:
                error = refusal
            else:
                messages.success(request, _("Đã lưu bản nháp."))
                return redirect("combo_maker_show", saved.code)
    return _render(request, form, parts, error, {"owner": owner, "combo": combo, "others": others, "boxes": boxes})


def _save(request: HttpRequest, owner: Owner, combo: Combo | None, form: ComboForm, parts: list[PartFacts]) -> Combo:
    facts = form.facts(parts)
    if combo:
        version = form.cleaned_data["version"]
        return services.change(request.user, combo.code, -1 if version is None else version, facts)
    if not form.cleaned_data["code"]:
        raise Http404
    return services.make(request.user, owner, form.cleaned_data["code"], facts)


@dataclass(frozen=True, slots=True)
class Hit:
    """An offer that was found; `why` it cannot be in a box, or empty."""

    offer: Offer
    why: str


def _render(
    request: HttpRequest, form: ComboForm, parts: list[PartFacts], error: ShopError | None, context: dict[str, object]
) -> HttpResponse:
    combo, boxes = context["combo"], context["boxes"]
    if form.is_bound:
        form.is_valid()
        facts = form.facts(parts)
    else:
        assert isinstance(boxes, list)  # noqa: S101
        facts = _untouched(form, parts, boxes)
    fragment = request.headers.get("X-Fragment") == "preview"
    find = request.POST.get("find", "").strip()[:120]
    known = offers_by(name for part in parts for name in (part.offer, part.substitute))
    context |= {
        "form": form,
        "rows": [(part, known[part.offer], known.get(part.substitute)) for part in parts if part.offer in known],
        "picture": picture(terms_from(facts)),
        "find": find,
        "hits": _hits(find) if find and not fragment else [],
        "error": error.message(get_language() or "vi") if error else "",
        "is_new": combo is None,
    }
    saving = request.POST.get("action") == "save"
    status = error.status if error else 422 if saving else 200
    name = "preview" if fragment else "edit"
    return render(request, f"proposals/{name}.html", context, status=status)


def _untouched(form: ComboForm, parts: list[PartFacts], boxes: list[Packaging]) -> ComboFacts:
    start = form.initial
    box = start.get("packaging") or (boxes[0].code if boxes else "")
    return ComboFacts(
        title=str(start.get("title", "")), packaging=str(box), parts=tuple(parts), kind=start.get("kind", "fixed"),
        choose=start.get("choose"), percent=start.get("percent") or 0, fixed_price=start.get("fixed_price"),
    )  # fmt: skip


def _hits(words: str) -> list[Hit]:
    """Offers of the listed products that are found, with or without accents."""
    products = [one.pk for one in search(SearchQuery(text=words, per_page=FOUND, adult=True, counted=False)).products]
    found = Offer.objects.filter(product__in=products, is_active=True).select_related(
        "product__producer", "product__current"
    )
    rows = sorted(found, key=lambda one: (products.index(one.product_id), one.number))
    language = get_language() or "vi"
    return [Hit(one, next((f.message(language) for f in faults_of(one, Discount())), "")) for one in rows]

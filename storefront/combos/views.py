"""The list of gift combos and a combo's page. What cannot be had today is in no list; its page says why."""

import re
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods

from catalog.combos import lists
from catalog.combos.errors import BadChoice
from catalog.combos.models import Combo, Kind, Occasion
from catalog.combos.offering import Box, BoxPart, box_of, cheapest_box, combos, options
from catalog.errors import ShopError
from catalog.livestreams import lists as livestreams
from catalog.livestreams.pins import may_show
from catalog.offers.selling import objection
from catalog.products.codes import read_code
from catalog.regions import province, provinces
from storefront.basket.models import MAX_QUANTITY
from storefront.basket.reading import PIECES, chosen_address, read_choice
from storefront.combos.structured import structured
from storefront.livestreams import attribution

PER_PAGE = 24
LIKE = 3
FEW = 5  # boxes; so many or fewer are told
SORTS = ("moi", "gia-thap", "gia-cao")


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """GET /combo/?dip=&tinh=&xep=&tu=: what can be had today, by occasion, province and price.

    A value that there is not is as good as none. How many there are is not told: to know it, every one had to be asked.
    """
    occasion, place, sort = (request.GET.get(name, "") for name in ("dip", "tinh", "xep"))
    meant = {
        "occasion": occasion if occasion in Occasion.values else "",
        "place": place if place in {one.code for one in provinces()} else "",
    }
    sort, start = sort if sort in SORTS else SORTS[0], _start(request.GET.get("tu", ""))
    if sort == SORTS[0]:
        page = lists.page(**meant, start=start, most=PER_PAGE)
    else:
        page = lists.by_price(**meant, dearest=sort == "gia-cao", start=start, most=PER_PAGE)
    context = {
        "combos": [one for _start, one in page.rows],
        "is_first": start == lists.Start(),
        "next": _told_start(page.next),
        "occasion": meant["occasion"],
        "occasions": [one for one in Occasion if one.value],
        "place": province(meant["place"]) if meant["place"] else None,
        "provinces": provinces(),
        "sort": sort,
    }
    return render(request, "combos/list.html", context)


def _start(typed: str) -> lists.Start:
    """Of "PLACE" or "PLACE.PRICE"; the first page for anything else."""
    told = re.fullmatch(r"([0-9]{1,6})(?:\.([0-9]{1,10}))?", typed)
    return lists.Start(int(told[1]), int(told[2]) if told[2] else None) if told else lists.Start()


def _told_start(start: lists.Start | None) -> str:
    if start is None:
        return ""
    return f"{start.place}" if start.price is None else f"{start.place}.{start.price}"


@require_http_methods(["GET", "HEAD", "POST"])
def combo(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """GET /combo/<slug>-<code>/?pieces-<offer reference>=&phien=: what is in it, what it costs today, and why not where
    it is not sold. What was chosen stands in the address; POST leads there.

    `phien`: the code of a livestream that it is pinned to; what is bought comes from it. One that was never
    approved is a 404, to everybody.
    """
    found = combos().filter(code=read_code(code), approved_at__isnull=False).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        return redirect(chosen_address(found, request.POST))
    if (slug, code) != (found.slug, found.code):
        return redirect(found.get_absolute_url(), permanent=True)
    context = _context(found, _asked(found, request.GET))
    session = attribution.followed(request)
    if session is None or not session.pins.filter(combo=found).exists():
        return render(request, "combos/combo.html", context)
    response = render(request, "combos/combo.html", {**context, "visit": session.code})
    attribution.carry(request, response, session)
    return response


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page is asked for: the box that was chosen, or else the cheapest, and why it is not the one chosen."""

    box: Box
    typed: dict[str, str]
    error: str


def _asked(found: Combo, get: QueryDict) -> Asked:
    typed = {name: value[:8] for name, value in get.items() if name.startswith(PIECES)} if found.choose else {}
    try:
        choice = read_choice(typed)
        return Asked(box_of(found, choice) if typed else cheapest_box(found), typed, "")
    except BadChoice:
        error: ShopError = BadChoice(choose=found.choose)
    except ShopError as wrong:
        error = wrong
    return Asked(cheapest_box(found), typed, error.message(get_language() or "vi"))


def _context(found: Combo, asked: Asked) -> dict[str, object]:
    box = asked.box
    chosen = options(found) if found.kind == Kind.CHOOSE else []
    parts = [_told(one.part) for one in chosen] or [_told(part) for part in box.parts]
    return {
        "combo": found,
        "box": box,
        "options": [one for one in chosen if not one.part.product.adult_only],
        "parts": [(part, reason) for part, reason in parts if not part.product.adult_only],
        "typed": asked.typed,
        "error": asked.error,
        "data": structured(found, box),
        "few": 0 < box.possible <= FEW,
        "most": min(MAX_QUANTITY, box.possible),
        "place": province(found.province_code) if found.province_code else None,
        "show": livestreams.showing_combo(found.pk) if may_show(lists.Listed(found, box)) else None,
        "alike": [] if box.possible else lists.like(found, LIKE),
        "province_of": province,
    }


def _told(part: BoxPart) -> tuple[BoxPart, str]:
    """A part, and why it may not be sold today, or nothing."""
    return part, objection(part.offer)

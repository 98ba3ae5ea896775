"""A box of the buyer's own: proposals for a budget, and one box that can be changed piece by piece.

Everything is in the address, so that a box can be shared, gone back to, and reloaded; nothing is kept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET

from catalog import clock
from catalog.combos.availability import MOST_BOXES
from catalog.combos.building import COPIES, Character, instead_of, least, propose
from catalog.combos.candidates import TASTES, Wish, candidates, packaging_for, these
from catalog.combos.errors import BadChoice
from catalog.combos.models import Packaging
from catalog.combos.offering import Box, offers_of, own_box, packagings
from catalog.products.codes import read_code
from catalog.regions import REGIONS, old_provinces, provinces
from storefront.basket.models import MAX_QUANTITY
from storefront.combos.budget import LEAST, MOST, read_budget

MOST_PARTS = 20  # kinds of goods of one box
TURNS = 50  # other proposals for one question
CHARACTERS = {
    Character.VARIED: lazy("Đủ vị"),
    Character.STARS: lazy("Nhiều sao"),
    Character.MANY: lazy("Nhiều món"),
    Character.FEW: lazy("Ít mà quý"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """What the form says. `budget` is đồng a box or None; `typed` as it was typed; `turn` counts other proposals."""

    wish: Wish
    budget: int | None
    typed: str
    turn: int

    @property
    def query(self) -> dict[str, str | list[str]]:
        """As in the address; what says nothing is left out."""
        wish = self.wish
        told = {"ngan-sach": str(self.budget or ""), "vung": wish.region, "tinh": wish.province,
                "vi": list(wish.tastes),
                "sao": str(wish.stars) if wish.stars > 3 else "",
                "so-hop": str(wish.boxes) if wish.boxes > 1 else "", "lan": str(self.turn or "")}  # fmt: skip
        return {name: value for name, value in told.items() if value}

    @property
    def seed(self) -> str:
        """The same question has the same answer all day."""
        return f"{clock.today()} {urlencode(self.query, doseq=True)}"


@dataclass(frozen=True, slots=True)
class Shown:
    """A proposal: the box today, and the address where it can be changed and bought."""

    name: str
    box: Box
    address: str


@require_GET
def build(request: HttpRequest) -> HttpResponse:
    """GET /combo/tu-chon/?ngan-sach=&vung=&tinh=&tinh-cu=&vi=&sao=&so-hop=&lan=: the form, and boxes for the budget."""
    question = read_question(request.GET)
    context = {
        "question": question, "tastes": TASTES, "regions": REGIONS, "provinces": provinces(), "shown": [],
        "problem": "", "least": None, "again": "", "most_boxes": MOST_BOXES,
    }  # fmt: skip
    if question.typed:
        context |= _answer(question)
    return render(request, "combos/build.html", context)


@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """GET /combo/tu-chon/hop/?hop=CODE&mon=REFERENCE:N&…: one box. `doi`, `them`, `bot` (a reference) change it first.

    A piece that is not known is left out and told; one that may not be sold today is told.
    """
    question, asked = read_question(request.GET), _pieces(request.GET.getlist("mon"))
    packaging = packagings().filter(code=read_code(request.GET.get("hop", "")), is_active=True).first()
    offers = offers_of(asked)
    pieces = {name: number for name, number in asked.items() if name in offers}
    if packaging is None or not pieces:
        return redirect(_back(question))
    changed = _changed(request, question, packaging, pieces)
    if changed is not None:
        return redirect(_address(question, packaging, changed) if changed else _back(question))
    if len(pieces) < len(asked):
        messages.info(request, _("Có món không còn trên chợ: hộp này không có nó nữa."))
    parts = [(offers[name], number) for name, number in pieces.items()]
    box, problem = None, ""
    try:
        box = own_box(packaging, parts)
    except BadChoice:
        problem = _("Hộp này chứa từ 1 đến {most} món: xin bớt đi.").format(most=packaging.most_pieces)
    context = {
        "question": question,
        "packaging": packaging,
        "box": box,
        "pieces": pieces,
        "problem": problem or (box.problem if box else ""),
        "over": max(0, box.price.total - question.budget) if box and box.price and question.budget else 0,
        "room": packaging.most_pieces - sum(pieces.values()),
        "change": lambda what, name: _address(question, packaging, pieces, **{what: name}),
        "back": _back(question),
        "most": min(MAX_QUANTITY, box.possible) if box else 0,
        "copies": COPIES,
    }
    return render(request, "combos/own.html", context)


def read_question(asked: QueryDict) -> Question:
    """What the address asks; a value that there is not is as good as none."""
    typed = asked.get("ngan-sach", "")[:40]
    old = next((one for one in old_provinces() if one.code == asked.get("tinh-cu")), None)
    place = old.province_code if old else asked.get("tinh", "")
    region = asked.get("vung", "")
    stars, boxes, turn = asked.get("sao", ""), asked.get("so-hop", ""), asked.get("lan", "")
    wish = Wish(
        region=region if region in {one.slug for one in REGIONS} else "",
        province=place if place in {one.code for one in provinces()} else "",
        tastes=tuple(one.slug for one in TASTES if one.slug in asked.getlist("vi")),
        stars=int(stars) if stars in ("3", "4", "5") else 3,
        boxes=min(MOST_BOXES, max(1, int(boxes))) if boxes.isascii() and boxes.isdigit() and len(boxes) < 4 else 1,
    )
    turn_no = int(turn) % TURNS if turn.isascii() and turn.isdigit() and len(turn) < 4 else 0
    return Question(wish, read_budget(typed), typed, turn_no)


def _answer(question: Question) -> dict[str, object]:
    budget = question.budget
    if budget is None or not LEAST <= budget <= MOST:
        return {"problem": _("Xin ghi số tiền từ 50.000 đ đến 50 triệu đồng, ví dụ 800k hoặc 1,2 triệu.")}
    boxes = packaging_for(question.wish)
    if not boxes:
        return {"problem": _("Chưa có điểm bán nào còn hộp để đóng quà gửi đi.")}
    packaging = boxes[0]
    left = budget - packaging.price
    can = candidates(question.wish, left, question.seed)
    made = propose(can, left, packaging.most_pieces, question.seed) if left > 0 else []
    if not made:
        return {"least": _least(question.wish, packaging), "problem": _nothing(question.wish)}
    offers = offers_of(name for one in made for name in one.pieces)
    shown = []
    for one in made:
        parts = [(offers[name], number) for name, number in one.pieces.items() if name in offers]
        box = own_box(packaging, parts)
        if box.deliverable >= question.wish.boxes:
            shown.append(Shown(str(CHARACTERS[one.character]), box, _address(question, packaging, one.pieces)))
    again = replace(question, turn=(question.turn + 1) % TURNS)
    return {"shown": shown, "again": f"?{urlencode(again.query, doseq=True)}", "packaging": packaging}


def _least(wish: Wish, packaging: Packaging) -> int | None:
    """What the least box of this kind costs, packaging included."""
    two = least(candidates(wish, MOST, ""))
    return two + packaging.price if two else None


def _nothing(wish: Wish) -> str:
    if wish.boxes > 1:
        return _("Không xếp được {n} hộp giống nhau với số tiền này: xin bớt số hộp hoặc nới điều kiện.").format(
            n=wish.boxes
        )
    return _("Không xếp được hộp nào với số tiền này: xin nới vùng, vị, số sao hoặc ngân sách.")


def _pieces(told: Iterable[str]) -> dict[str, int]:
    """{offer reference: pieces} of "REFERENCE:N"; what is none is left out."""
    pieces: dict[str, int] = {}
    for one in list(told)[:MOST_PARTS]:
        name, _colon, number = one.partition(":")
        if number.isascii() and number.isdigit() and len(number) <= 2 and int(number):
            pieces[name] = int(number)
    return pieces


def _changed(
    request: HttpRequest, question: Question, packaging: Packaging, pieces: dict[str, int]
) -> dict[str, int] | None:
    """The pieces after what the address asks to change; None where it asks for nothing."""
    more, less, other = (request.GET.get(name, "") for name in ("them", "bot", "doi"))
    if more in pieces:
        return pieces | {more: pieces[more] + 1} if sum(pieces.values()) < packaging.most_pieces else pieces
    if less in pieces:
        left = pieces | {less: pieces[less] - 1}
        return {name: number for name, number in left.items() if number}
    if other in pieces:
        return _swapped(request, question, packaging, pieces, other)
    return None


def _swapped(
    request: HttpRequest, question: Question, packaging: Packaging, pieces: dict[str, int], name: str
) -> dict[str, int]:
    wish = question.wish
    limit = question.budget or MOST
    some = [*candidates(wish, limit, question.seed), *these(pieces, wish.boxes)]
    around = {one.reference: one for one in some}.values()
    new = instead_of(pieces, name, around, limit - packaging.price, question.seed)
    if new is None:
        messages.info(request, _("Không có món nào khác vừa với ngân sách và điều kiện này."))
    return new or pieces


def _back(question: Question) -> str:
    return f"{reverse('combo_build')}?{urlencode(question.query, doseq=True)}"


def _address(question: Question, packaging: Packaging, pieces: Mapping[str, int], **change: str) -> str:
    names = {"swap": "doi", "more": "them", "less": "bot"}
    query = question.query | {"hop": packaging.code, "mon": [f"{name}:{number}" for name, number in pieces.items()]}
    query |= {names[what]: name for what, name in change.items()}
    return f"{reverse('combo_own')}?{urlencode(query, doseq=True, safe=':')}"

"""A combo as it stands today: what is in the box, what it costs, how many can be had, and why not if not.

What it says holds for this moment: the gate, the selling policy, prices, stock and agreements are asked each time and
nothing is kept, so a part that is delisted or sold out takes the combo off every page with it, or lets its agreed
substitute in.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, cast

from django.db.models import F, Prefetch, QuerySet
from django.utils.translation import gettext as _

from catalog.combos.availability import boxes_possible
from catalog.combos.errors import BadChoice, BadDiscount
from catalog.combos.models import Combo, ComboPart, Kind, Packaging
from catalog.combos.pricing import Discount, Line, Part, Price, lines, price
from catalog.offers.models import Offer
from catalog.offers.selling import objection
from catalog.products.codes import read_code
from catalog.products.models import Product, Restriction

NOTHING: Final[Mapping[str, int]] = {}


@dataclass(frozen=True, slots=True)
class BoxPart:
    """Pieces of an offer in one box; `replaces` is the offer for which it stands in."""

    offer: Offer
    quantity: int
    replaces: Offer | None = None

    @property
    def product(self) -> Product:
        """What it is."""
        return self.offer.product

    @property
    def reference(self) -> str:
        """The offer's external reference."""
        return self.offer.external_reference


@dataclass(frozen=True, slots=True)
class Box:
    """One box today. `combo` is None for a box of the buyer's own.

    `lines`: its goods for one box, as they go to Saleor (the packaging is a line of its own). `deliverable` from the
    producers' stores, `collectable` from the shelf of the point that packs it. `problem`: why it cannot be sold
    whatever its number, or empty. `until`: the last day (Asia/Ho_Chi_Minh) on which every certificate in it holds.
    `keeps_days`: what every producer promised, or None where one promised nothing.
    """

    combo: Combo | None
    packaging: Packaging
    parts: tuple[BoxPart, ...]
    price: Price | None
    lines: tuple[Line, ...]
    deliverable: int
    collectable: int
    problem: str
    until: date | None
    keeps_days: int | None

    @property
    def possible(self) -> int:
        """Boxes (0–50) that can be had one way or the other; those ways do not add up within one order."""
        return 0 if self.problem else max(self.deliverable, self.collectable)

    @property
    def goods(self) -> list[tuple[int | None, int | None]]:
        """What is drawn of it: (branch, set) of each of its goods."""
        return [(part.product.branch, part.product.set_no) for part in self.parts]

    @property
    def pieces(self) -> dict[str, int]:
        """{offer reference: pieces} of one box."""
        return {part.reference: part.quantity for part in self.parts}


def combos() -> QuerySet[Combo]:
    """Combos with all that `box_of` reads: a fixed number of queries for however many."""
    return Combo.objects.select_related(
        "packaging__sale_point__warehouse", "packaging__sale_point__packing_store", "producer"
    ).prefetch_related(
        "packaging__stocks__warehouse",
        "agreements",
        Prefetch("parts", ComboPart.objects.order_by("position", "pk")),
        Prefetch("parts__offer", _stocked()),
        Prefetch("parts__substitute", _stocked()),
    )


def packagings() -> QuerySet[Packaging]:
    """Packagings with all that `own_box` reads."""
    return Packaging.objects.select_related("sale_point__warehouse", "sale_point__packing_store").prefetch_related(
        "stocks__warehouse"
    )


def offers_of(references: Iterable[str]) -> dict[str, Offer]:
    """Offers by reference, as `own_box` reads them; those that there are not are left out."""
    wanted = set(references)
    codes = {read_code(reference.rpartition("-")[0]) for reference in wanted}
    found = {offer.external_reference: offer for offer in _stocked().filter(product__code__in=codes)} if wanted else {}
    return {reference: found[reference] for reference in wanted & found.keys()}


def on_offer() -> QuerySet[Combo]:
    """The combos that may be shown, if their boxes have no problem today; approved, not withdrawn."""
    return combos().filter(approved_terms=F("terms"), withdrawn_at=None)


def box_of(combo: Combo, choice: Mapping[str, int] = NOTHING, *, elsewhere: Mapping[str, int] = NOTHING) -> Box:
    """The box of a combo from `combos()`; `choice` ({offer reference: pieces}) for one to choose from.

    `elsewhere`: pieces ({offer or packaging reference: pieces}) that the same basket wants besides. Raises BadChoice.
    """
    parts = [_stand_in(part, pieces, elsewhere, combo) for part, pieces in _wanted(combo, choice)]
    return _box(combo, combo.packaging, _merged(parts), combo.discount, elsewhere)


def cheapest_box(combo: Combo) -> Box:
    """What a list shows: the box itself, or of a combo to choose from the cheapest that can be had."""
    if combo.kind == Kind.FIXED:
        return box_of(combo)
    found = sorted(options(combo), key=lambda one: one.part.offer.price)
    rows = [(one, one.possible) for one in found] + [(one, one.part.quantity - one.possible) for one in found]
    choice: Counter[str] = Counter()
    for option, most in rows:  # what can be had first; what cannot fills up, and says why
        choice[option.part.reference] += min(most, (combo.choose or 0) - choice.total())
    choice = +choice
    return box_of(combo, choice)


@dataclass(frozen=True, slots=True)
class Option:
    """A part that a buyer may choose: at most `part.quantity` pieces a box, of which `possible` can be had."""

    part: BoxPart
    possible: int
    problem: str


def options(combo: Combo, elsewhere: Mapping[str, int] = NOTHING) -> list[Option]:
    """What one may choose among, each with its substitute in place where it has to be."""
    found = []
    for row in combo.contents:
        part = _stand_in(row, 1, elsewhere, combo)
        problem = objection(part.offer)
        free = 0 if problem else max(_free(part.offer, elsewhere, combo.packaging))
        found.append(Option(BoxPart(part.offer, row.quantity, part.replaces), min(free, row.quantity), problem))
    return found


def own_box(packaging: Packaging, parts: Sequence[tuple[Offer, int]], *, elsewhere: Mapping[str, int] = NOTHING) -> Box:
    """A box of the buyer's own: each piece at its own price. The offers as `combos()` reads them. Raises BadChoice."""
    if not parts or any(quantity < 1 for _offer, quantity in parts):
        raise BadChoice(choose=packaging.most_pieces)
    if sum(quantity for _offer, quantity in parts) > packaging.most_pieces:
        raise BadChoice(choose=packaging.most_pieces)
    return _box(None, packaging, [BoxPart(*part) for part in parts], Discount(), elsewhere)


def _stocked() -> QuerySet[Offer]:
    offers = Offer.objects.select_related("product__producer", "product__current")
    return offers.prefetch_related("stocks__warehouse")


def _wanted(combo: Combo, choice: Mapping[str, int]) -> Iterable[tuple[ComboPart, int]]:
    rows = combo.contents
    if combo.kind == Kind.FIXED:
        if choice:
            raise BadChoice(choose=0)
        return [(row, row.quantity) for row in rows]
    left = dict(choice)
    chosen = []
    for row in rows:
        names = [row.offer.external_reference] + ([row.substitute.external_reference] if row.substitute else [])
        pieces = sum(left.pop(name, 0) for name in names)
        if not 0 <= pieces <= row.quantity:
            raise BadChoice(choose=combo.choose)
        if pieces:
            chosen.append((row, pieces))
    if left or sum(pieces for _row, pieces in chosen) != combo.choose:
        raise BadChoice(choose=combo.choose)
    return chosen


def _stand_in(row: ComboPart, pieces: int, elsewhere: Mapping[str, int], combo: Combo) -> BoxPart:
    """The part, or its substitute where one box cannot be had with it and could with the other."""
    first, second, box = row.offer, row.substitute, combo.packaging
    if second and not _can(first, pieces, elsewhere, box) and _can(second, pieces, elsewhere, box):
        return BoxPart(second, pieces, replaces=first)
    return BoxPart(first, pieces)


def _can(offer: Offer, pieces: int, elsewhere: Mapping[str, int], packaging: Packaging) -> bool:
    return not objection(offer) and max(_free(offer, elsewhere, packaging)) >= pieces


def _merged(parts: Iterable[BoxPart]) -> list[BoxPart]:
    """A substitute may be in the box already: one part of one offer."""
    made: dict[str, BoxPart] = {}
    for part in parts:
        known = made.get(part.reference)
        total = part.quantity + (known.quantity if known else 0)
        made[part.reference] = BoxPart(part.offer, total, part.replaces or (known.replaces if known else None))
    return list(made.values())


def _free(offer: Offer, elsewhere: Mapping[str, int], packaging: Packaging) -> tuple[int, int]:
    """Pieces free for parcels, and on the shelf of the point that packs."""
    stores, shelves = offer.pieces
    shelf = shelves.get(packaging.sale_point_id, 0)
    taken = elsewhere.get(offer.external_reference, 0) if elsewhere else 0
    return (max(0, stores - taken), max(0, shelf - taken)) if taken else (stores, shelf)


def _boxes_free(packaging: Packaging, elsewhere: Mapping[str, int]) -> tuple[int, int]:
    """Boxes in the packing store, and on the shelf."""
    taken = elsewhere.get(packaging.external_reference, 0)
    return max(0, packaging.boxes.store - taken), max(0, packaging.boxes.shelf - taken)


def _box(
    combo: Combo | None, packaging: Packaging, parts: list[BoxPart], discount: Discount, elsewhere: Mapping[str, int]
) -> Box:
    priced: Price | None = None
    split: tuple[Line, ...] = ()
    problem = _objection(combo, packaging, parts, discount)
    try:
        rows = [Part(part.reference, part.quantity, part.offer.price) for part in parts]
        priced = price(rows, discount, packaging.price)
        split = tuple(lines(rows, priced.goods))
    except BadDiscount as error:
        problem = problem or _price_moved(error)
    if combo and not problem:
        problem = _disagreement(combo, parts, split)
    box, boxes = {part.reference: part.quantity for part in parts}, _boxes_free(packaging, elsewhere)
    free = {part.reference: _free(part.offer, elsewhere, packaging) for part in parts}
    sent, collected = (
        boxes_possible(box, {name: ways[way] for name, ways in free.items()}, boxes[way]) for way in (0, 1)
    )
    return Box(
        combo=combo,
        packaging=packaging,
        parts=tuple(parts),
        price=priced,
        lines=split,
        deliverable=sent,
        collectable=collected if packaging.sale_point.is_open else 0,
        problem=problem,
        until=min((day for part in parts if (day := part.product.listable_until)), default=None),
        keeps_days=_keeps(combo, parts),
    )


def _price_moved(error: BadDiscount) -> str:
    if cast("int", error.data["fixed"]) < cast("int", error.data["alone"]):
        return _("Giá các phần đã đổi, combo giảm quá mức được phép nên tạm ngừng bán.")
    return _("Giá các phần đã đổi, combo không còn rẻ hơn mua lẻ nên tạm ngừng bán.")


def _objection(combo: Combo | None, packaging: Packaging, parts: Sequence[BoxPart], discount: Discount) -> str:
    if combo and not combo.is_approved:
        return _("Combo này không còn bán.")
    if not packaging.is_active:
        return _("Hộp của combo này không còn.")
    for part in parts:
        if told := objection(part.offer):
            return f"{part.product.name}: {told}"
        if part.product.restriction == Restriction.LIVE:
            return _("{name}: hàng sống không xếp được vào hộp quà.").format(name=part.product.name)
        if part.product.restriction == Restriction.HEALTH and discount != Discount():
            # no promotion without a confirmed content of its advertising (Nghị định 81/2018/NĐ-CP, Luật Quảng cáo)
            return _("{name}: sản phẩm sức khỏe chưa có số xác nhận nội dung quảng cáo nên không bán giảm giá.").format(
                name=part.product.name
            )
    return ""


def _disagreement(combo: Combo, parts: Sequence[BoxPart], split: Sequence[Line]) -> str:
    agreed = combo.agreed
    lowest: dict[str, int] = {}
    for line in split:
        lowest[line.reference] = min(line.price, lowest.get(line.reference, line.price))
    for part in parts:
        terms = agreed.get(part.product.producer_id, {}).get(part.reference)
        if terms is None or lowest[part.reference] < terms["lowest"]:
            return _("{producer} chưa đồng ý với giá hôm nay của combo.").format(producer=part.product.producer.name)
    return ""


def _keeps(combo: Combo | None, parts: Sequence[BoxPart]) -> int | None:
    agreed = combo.agreed if combo else {}
    terms = [agreed.get(part.product.producer_id, {}).get(part.reference) for part in parts]
    days = [one["keeps_days"] for one in terms if one and one["keeps_days"] is not None]
    return min(days) if days and len(days) == len(parts) else None

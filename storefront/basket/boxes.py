"""Gift boxes in a basket: one thing each, with its parts as they stand today. Nothing here asks Saleor."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.combos.availability import wanted
from catalog.combos.errors import BadChoice
from catalog.combos.models import Combo, Packaging
from catalog.combos.offering import Box, box_of, combos, offers_of, own_box, packagings
from catalog.offers.selling import shortage
from catalog.products.codes import read_code
from storefront.basket.errors import NotForSale, UnknownCombo
from storefront.basket.models import MAX_QUANTITY, Basket, BasketBox
from storefront.basket.reading import changed, locked, read_quantity
from storefront.livestreams import attribution

MOST_PARTS = 20  # kinds of goods in a box


@dataclass(frozen=True, slots=True)
class BoxView:
    """Equal boxes today. `box` is None where the choice no longer fits its combo; `possible` boxes can be had.

    `problem`: why they cannot be ordered, or empty; `price_was`: đồng a box when it was accepted, if that changed.
    """

    row: BasketBox
    box: Box | None
    quantity: int
    possible: int
    problem: str
    price_was: int | None

    @property
    def key(self) -> str:
        """What refusals call it."""
        return f"box-{self.row.pk}"

    @property
    def references(self) -> set[str]:
        """The offers and the packaging that it wants."""
        return set(self.pieces)

    @property
    def title(self) -> str:
        """In the active language."""
        return self.row.combo.told_title if self.row.combo else _("Hộp quà tự chọn")

    @property
    def price(self) -> int:
        """Đồng a box, packaging included."""
        return self.box.price.total if self.box and self.box.price else 0

    @property
    def total(self) -> int:
        """Đồng."""
        return self.price * self.quantity

    @property
    def pieces(self) -> Mapping[str, int]:
        """{offer or packaging reference: pieces} that all these boxes want; nothing where there is no box."""
        return Counter(wanted({}, [(_of_one(self.box), self.quantity)]) if self.box else {})


class Boxes:
    """What the boxes of a basket are made of, read once: a fixed number of queries for however many."""

    def __init__(self, rows: Sequence[BasketBox]) -> None:
        self.rows = rows
        keys = {row.combo_id for row in rows if row.combo_id}
        own = [row for row in rows if not row.combo_id]
        self._combos = {combo.pk: combo for combo in combos().filter(pk__in=keys)} if keys else {}
        self._packagings = {
            one.pk: one for one in packagings().filter(pk__in={row.packaging_id for row in own})
        } if own else {}  # fmt: skip
        self._offers = offers_of(reference for row in own for reference in row.choice) if own else {}

    def see(self, loose: Mapping[str, int]) -> list[BoxView]:
        """Each box beside the loose pieces and all other boxes."""
        made: dict[int, tuple[Box, int]] = {}
        for row in self.rows:
            before = wanted(loose, [(_of_one(box), number) for box, number in made.values()])
            if box := self._make(row, before):
                made[row.pk] = (box, row.quantity)
        views = []
        for row in self.rows:
            others = wanted(loose, [(_of_one(box), number) for pk, (box, number) in made.items() if pk != row.pk])
            views.append(_view(row, self._make(row, others)))
        return views

    def _make(self, row: BasketBox, elsewhere: Mapping[str, int]) -> Box | None:
        try:
            if row.combo_id:
                row.combo = self._combos[row.combo_id]
                return box_of(row.combo, row.choice, elsewhere=elsewhere)
            parts = [(self._offers[reference], pieces) for reference, pieces in row.choice.items()]
            return own_box(self._packagings[row.packaging_id], parts, elsewhere=elsewhere)
        except (BadChoice, KeyError):
            return None


def rows_of(basket: Basket) -> list[BasketBox]:
    """The rows of a basket, as `Boxes` reads them."""
    return list(basket.boxes.all())


def add_combo(
    basket: Basket | None, code: str, choice: Mapping[str, int], quantity: str | int, livestream: str = ""
) -> Basket:
    """Put boxes of a combo in (at most 50 of one choice); makes the basket when there is none yet.

    `livestream`: as `storefront.basket.services.add`. Raises UnknownCombo, BadQuantity, BadChoice, NotForSale.
    """
    combo = combos().filter(code=read_code(code)).first()
    if combo is None:
        raise UnknownCombo
    box = box_of(combo, choice)
    return _add(basket, box, combo, combo.packaging, choice, read_quantity(quantity), livestream)


def add_own(basket: Basket | None, packaging: str, choice: Mapping[str, int], quantity: str | int) -> Basket:
    """Put boxes of the buyer's own in: a packaging's code and pieces by offer reference. Raises as `add_combo`."""
    found = packagings().filter(code=read_code(packaging)).first()
    offers = offers_of(choice)
    if found is None or len(offers) < len(choice) or len(choice) > MOST_PARTS:
        raise UnknownCombo
    box = own_box(found, [(offers[reference], pieces) for reference, pieces in choice.items()])
    return _add(basket, box, None, found, choice, read_quantity(quantity))


def set_boxes(basket: Basket, pk: str, quantity: str | int) -> None:
    """Let there be exactly so many of these boxes; the buyer saw today's price. What is gone stays gone."""
    number = read_quantity(quantity)
    with transaction.atomic():
        mine = locked(basket)
        lines = mine.lines.select_related("offer__product")
        loose = {line.offer.external_reference: line.quantity for line in lines}
        views = {view.row.pk: view for view in Boxes(rows_of(mine)).see(loose)}
        view = views.get(int(pk)) if pk.isascii() and pk.isdigit() else None
        if view and (view.quantity, view.row.price_seen) != (number, view.price):
            BasketBox.objects.filter(pk=view.row.pk).update(
                quantity=number, price_seen=view.price or view.row.price_seen
            )
            changed(mine)


def remove_boxes(basket: Basket, pk: str) -> None:
    """Take them out; nothing happens when they are not in."""
    with transaction.atomic():
        mine = locked(basket)
        if pk.isascii() and pk.isdigit() and mine.boxes.filter(pk=int(pk)).delete()[0]:
            changed(mine)


def key_of(combo: Combo | None, packaging: Packaging, choice: Mapping[str, int]) -> str:
    """The same box has the same key, whoever chose it in whichever order."""
    told = json.dumps([combo.pk if combo else None, None if combo else packaging.pk, sorted(choice.items())])
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def _add(
    basket: Basket | None,
    box: Box,
    combo: Combo | None,
    packaging: Packaging,
    choice: Mapping[str, int],
    number: int,
    livestream: str = "",
) -> Basket:
    title = combo.told_title if combo else _("Hộp quà tự chọn")
    if (reason := box.problem or shortage(1, box.possible)) or box.price is None:
        raise NotForSale(name=title, reason=reason)
    with transaction.atomic():
        mine = locked(basket) if basket else Basket.objects.create()
        key, price = key_of(combo, packaging, choice), box.price.total
        row = mine.boxes.filter(key=key).first()
        if row:
            row.quantity, row.price_seen = min(MAX_QUANTITY, row.quantity + number), price
            row.save()
        else:
            row = mine.boxes.create(
                combo=combo, packaging=packaging, choice=dict(choice), key=key, quantity=number, price_seen=price
            )
        attribution.claim_box(row, livestream)
        changed(mine)
    return mine


def _of_one(box: Box) -> dict[str, int]:
    return {**box.pieces, box.packaging.external_reference: 1}


def _view(row: BasketBox, box: Box | None) -> BoxView:
    if box is None:
        return BoxView(
            row, None, row.quantity, 0, _("Hộp này không còn như khi bạn chọn: xin bỏ ra và chọn lại."), None
        )
    problem = box.problem or _missing(box, row.quantity)
    price = box.price.total if box.price else row.price_seen
    return BoxView(row, box, row.quantity, box.possible, problem, row.price_seen if row.price_seen != price else None)


def _missing(box: Box, number: int) -> str:
    """What there is too little of, by name."""
    if number <= box.possible:
        return ""
    told = str(shortage(number, box.possible))
    short = _scarce(box)
    return f"{short}: {told}" if short else told


def _scarce(box: Box) -> str:
    """The parts that bound the number of boxes the most, or the packaging."""
    rows = {
        part.product.name: sum(stock.available for stock in part.offer.stocks.all()) // part.quantity
        for part in box.parts
    }
    rows[box.packaging.name] = sum(stock.available for stock in box.packaging.stocks.all())
    least = min(rows.values())
    return ", ".join(name for name, boxes in rows.items() if boxes == least)

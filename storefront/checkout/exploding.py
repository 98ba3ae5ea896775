"""A basket as the lines that Saleor is sent: loose pieces as they are, a box as its parts and its packaging.

Snapshots are kept with the attempt, for an order that is found only afterwards.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from catalog.offers.models import Offer
from storefront.basket.boxes import BoxView
from storefront.basket.services import BasketView, LineView
from storefront.checkout.models import CheckoutAttempt
from storefront.checkout.saleor import Wanted
from storefront.livestreams import attribution

LONGEST_TITLE = 120


def snapshots(view: BasketView) -> dict[str, list[dict[str, Any]]]:
    """`lines` and `boxes` of an attempt. `key`: what Saleor calls a line for us; `price`: đồng a piece, or None for the
    catalogue's; `box`: the key of the box that a line goes into; `origin`: the session that it comes from.
    """
    lines = [row for line in view.lines for row in _loose(line)]
    boxes = []
    origins = attribution.snapshots_of(box.row for box in view.boxes)
    for place, box in enumerate(view.boxes):
        boxes.append(_box(box, f"box{place}"))
        lines += [row | {"origin": origins.get(box.row.pk)} for row in _parts(box, f"box{place}")]
    return {"lines": lines, "boxes": boxes}


def _loose(view: LineView) -> list[dict[str, Any]]:
    """A line, in two where a voucher is good for some of its pieces only."""
    rows, reduction, left = [], view.reduction, view.quantity
    if reduction:
        reduced = _line(view.offer, reduction.pieces, key=f"{view.reference}.v", price=reduction.price)
        rows.append(reduced | {"origin": reduction.snapshot()})
        left -= reduction.pieces
    if left:
        rows.append(_line(view.offer, left, key=view.reference) | {"origin": attribution.snapshot(view.line)})
    return rows


def wanted_of(attempt: CheckoutAttempt) -> list[Wanted]:
    """Every line that its checkout shall have."""
    return [
        Wanted(row["reference"], row["quantity"], row.get("key", row["reference"]), row.get("price"))
        for row in (*attempt.lines, *attempt.boxes)
    ]


def pieces_of(attempt: CheckoutAttempt, *, shared: bool = False) -> Counter[str]:
    """{offer or packaging reference: pieces}; only of those that several lines want, if `shared`."""
    pieces, lines = Counter[str](), Counter[str]()
    for row in (*attempt.lines, *attempt.boxes):
        pieces[row["reference"]] += row["quantity"]
        lines[row["reference"]] += 1
    return Counter({reference: count for reference, count in pieces.items() if lines[reference] > 1 or not shared})


def problems_of(attempt: CheckoutAttempt, texts: Mapping[str, str]) -> dict[str, str]:
    """Sentences by reference as the rows of the basket are told them; a box names the part that it lacks."""
    rows = {box["key"]: f"box-{box['row']}" for box in attempt.boxes}
    told: dict[str, list[str]] = {}
    for line in (*attempt.lines, *attempt.boxes):
        if text := texts.get(line["reference"]):
            key = rows.get(line.get("box") or line.get("key", ""))
            named = f"{line.get('name') or line['packaging_name']}: {text}" if key else text
            told.setdefault(key or line["reference"], []).append(named)
    return {key: " ".join(dict.fromkeys(sentences)) for key, sentences in told.items()}


def _box(view: BoxView, key: str) -> dict[str, Any]:
    assert view.box is not None  # noqa: S101 - it can be ordered
    packaging, combo = view.box.packaging, view.box.combo
    return {
        "key": key,
        "row": view.row.pk,
        "basket_key": view.row.key,
        "combo": combo.pk if combo else None,
        "title": view.title[:LONGEST_TITLE],
        "packaging": packaging.pk,
        "packaging_name": packaging.name,
        "reference": packaging.external_reference,
        "price": packaging.price,
        "sale_point": packaging.sale_point_id,
        "quantity": view.quantity,
    }


def _parts(view: BoxView, key: str) -> list[dict[str, Any]]:
    assert view.box is not None  # noqa: S101 - it can be ordered
    offers = {part.reference: part.offer for part in view.box.parts}
    return [
        _line(offers[line.reference], line.quantity * view.quantity, key=f"{key}.{place}", price=line.price, box=key)
        for place, line in enumerate(view.box.lines)
    ]


def _line(offer: Offer, quantity: int, *, key: str, price: int | None = None, box: str = "") -> dict[str, Any]:
    """A line with the certificate that it is sold under; days as ISO dates."""
    product = offer.product
    recognition = product.current
    return {
        "key": key,
        "box": box,
        "reference": offer.external_reference,
        "offer": offer.pk,
        "product": product.pk,
        "producer": product.producer_id,
        "name": product.name,
        "pack": offer.name,
        "quantity": quantity,
        "price": price,
        "recognition": recognition.pk if recognition else None,
        "star": product.star,
        "certificate": {
            "decision": recognition.decision_number if recognition else "",
            "authority": recognition.authority if recognition else "",
            "issued_on": recognition.issued_on.isoformat() if recognition else "",
            "until": product.listable_until.isoformat() if product.listable_until else "",
        },
    }

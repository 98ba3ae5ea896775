"""What an officer wants done about records, checked, and what it means for one of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from catalog.certificates.models import Outcome, SourceRecord, Tier
from catalog.products.codes import read_code
from catalog.products.models import Product
from catalog.reports.services import tidy_text
from ocop_sync.decide import LAPSING, which_counts
from ocop_sync.held.errors import (
    BadCell,
    EvidenceMissing,
    NoSuchProduct,
    NothingCorrected,
    NothingInForce,
    NothingToAccept,
    NotWaivable,
    StarAccepted,
    WhyMissing,
)
from ocop_sync.held.evidence import read_link
from ocop_sync.held.models import Action, Ruling
from ocop_sync.held.rulings import RECOGNITION_CELLS, REJECTED, WAIVABLE, Ruled, cell_of, ruled
from ocop_sync.held.words import lazy_cell, lazy_codes
from ocop_sync.records import RawRecord
from ocop_sync.sources.reading import tidy

LONGEST = {"address": 500, "authority": 200, "category": 200, "decision": 60}  # characters; 300 elsewhere


@dataclass(frozen=True, slots=True)
class Deed:
    """`cells`: a cell's name (see `rulings`; a recognition's field alone means the one that counts) → its text;
    `product`: the code of the product to merge into; `link`: where the evidence can be read."""

    action: Action
    why: str
    cells: Mapping[str, str] = field(default_factory=dict)
    product: str = ""
    link: str = ""


def checked(deed: Deed, *, has_file: bool) -> tuple[Deed, Product | None]:
    """The deed with tidy texts, and the product that it names. Raises WhyMissing, BadLink, EvidenceMissing,
    NoSuchProduct."""
    deed = replace(deed, why=tidy_text(deed.why, 1000), link=read_link(deed.link))
    if not deed.why:
        raise WhyMissing
    if deed.action == Action.CORRECTED and not (deed.link or has_file):
        raise EvidenceMissing
    if deed.action != Action.MERGED:
        return deed, None
    product = Product.objects.filter(code=read_code(deed.product) or "").first()
    if product is None:
        raise NoSuchProduct(product=deed.product[:20])
    return deed, product


def meant(deed: Deed, product: Product | None, record: SourceRecord, raw: RawRecord, last: Ruling | None) -> Ruled:
    """What holds for the row after this deed: what held before, with what the deed adds to it.

    Raises NothingCorrected, BadCell, NotWaivable, NothingToAccept, NothingInForce, StarAccepted.
    """
    before = values_of(last)
    if deed.action == Action.REJECTED:
        return Ruled(rejected=True)
    if deed.action == Action.WITHDRAWN:
        if last is None or not last.in_force:
            raise NothingInForce
        if "star_jump" in last.waived and record.outcome != Outcome.HELD:
            raise StarAccepted
        return Ruled()
    kept = replace(before, rejected=False)
    if deed.action == Action.CORRECTED:
        return replace(kept, cells=_cells(deed, raw, dict(before.cells)))
    if deed.action == Action.ACCEPTED:
        return replace(kept, waived=tuple(sorted({*before.waived, *_waived(record)})))
    if deed.action == Action.MERGED and product is not None:
        return replace(kept, product=product.pk)
    return kept


def values_of(last: Ruling | None) -> Ruled:
    """What the last ruling on a row says."""
    return ruled(last.action, last.cells, last.waived, last.product_id) if last else Ruled()


def _waived(record: SourceRecord) -> set[str]:
    codes = set(record.reasons) - LAPSING - {REJECTED}
    if kept := sorted(codes - WAIVABLE):
        raise NotWaivable(labels=lazy_codes(kept))
    if not codes:
        raise NothingToAccept
    return codes


def _cells(deed: Deed, raw: RawRecord, before: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """The cells that differ from the row."""
    counting = which_counts(raw)[0]
    number = next((n for n, one in enumerate(raw.recognitions, 1) if one is counting), 1)
    cells = dict(before)
    for typed_name, typed in deed.cells.items():
        bare = typed_name in RECOGNITION_CELLS and cell_of(raw, typed_name) is None
        name = f"{number}.{typed_name}" if bare else typed_name
        was, text = cell_of(raw, name), tidy(typed)
        if was is None:
            raise BadCell(cell=lazy_cell(name), text=text[:40], most=_most(name))
        if text in (was, tidy(was)):
            cells.pop(name, None)
        else:
            cells[name] = _fitting(name, text)
    if not cells:
        raise NothingCorrected
    return tuple(sorted(cells.items()))


def _fitting(name: str, text: str) -> str:
    if name == "evidence":
        text = text.upper()
    if len(text) > _most(name) or (name == "evidence" and text not in ("", Tier.A, Tier.B1)):
        raise BadCell(cell=lazy_cell(name), text=text[:40], most=_most(name))
    return text


def _most(name: str) -> int:
    return LONGEST.get(name.rpartition(".")[2], 300)

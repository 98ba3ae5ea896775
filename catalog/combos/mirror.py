"""Mirroring a packaging's variant from Saleor, as `catalog.offers.mirror` does an offer's."""

from datetime import datetime

from django.db import transaction

from catalog.combos.models import PREFIX, Packaging
from catalog.offers.mirror import VariantState, numbers_of, write_stocks


def is_packaging(external_reference: str) -> bool:
    """Is this a packaging's variant, or its product?"""
    return external_reference.startswith(PREFIX)


@transaction.atomic
def mirror_packaging(state: VariantState, asked_at: datetime) -> tuple[Packaging | None, bool]:
    """Write a packaging's state, and tell whether our copy changed; an answer older than the one we hold is dropped.

    None for a packaging that is not ours. Whether it is offered is its sale point's to say; without a price it is not.
    """
    packaging = _locked(state.external_reference)
    if packaging is None or (packaging.read_at and packaging.read_at > asked_at):
        return packaging, False
    before = _picture(packaging)
    packaging.name, packaging.weight, packaging.read_at = state.name[:120], state.weight, asked_at
    if state.price is None:
        packaging.is_active = False
    else:
        packaging.price = state.price
    packaging.save(update_fields=["name", "weight", "price", "is_active", "read_at"])
    write_stocks(packaging, state.stocks)
    return packaging, _picture(packaging) != before


@transaction.atomic
def packaging_gone(external_reference: str, asked_at: datetime) -> None:
    """Saleor no longer has this variant: nothing is packed in it, and it is kept for what was."""
    packaging = _locked(external_reference)
    if packaging is None or packaging.read_at is None or packaging.read_at > asked_at:
        return
    packaging.is_active, packaging.read_at = False, asked_at
    packaging.save(update_fields=["is_active", "read_at"])


def _locked(external_reference: str) -> Packaging | None:
    code = external_reference.removeprefix(PREFIX)
    return Packaging.objects.select_for_update().filter(code=code).first()


def _picture(packaging: Packaging) -> tuple[object, ...]:
    return (packaging.name, packaging.price, packaging.weight, packaging.is_active, numbers_of(packaging))

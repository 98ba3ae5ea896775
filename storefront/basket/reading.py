"""What lines and boxes have in common: the lock, the revision, quantities as people type them."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

from django.db.models import F

from catalog import clock
from catalog.combos.models import Combo
from storefront.basket.errors import BadQuantity
from storefront.basket.models import MAX_QUANTITY, Basket

PIECES: Final = "pieces-"  # before an offer's reference: the fields that choose


def read_quantity(quantity: str | int) -> int:
    """A whole number from 1 to 50. Raises `BadQuantity`."""
    text = str(quantity).strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 3 and 1 <= int(text) <= MAX_QUANTITY):
        raise BadQuantity
    return int(text)


def read_choice(typed: Mapping[str, str]) -> dict[str, int]:
    """{offer reference: pieces} of the fields `pieces-…`; what is empty or zero was not chosen. Raises BadQuantity."""
    named = {name.removeprefix(PIECES): text.strip() for name, text in typed.items() if name.startswith(PIECES)}
    return {reference: read_quantity(text) for reference, text in named.items() if text.strip("0")}


def chosen_address(combo: Combo, typed: Mapping[str, str]) -> str:
    """A combo's page with what was typed into its form."""
    fields = [(name, text[:8]) for name, text in typed.items() if name.startswith(PIECES)][:MAX_QUANTITY]
    chosen = urlencode(fields) if combo.choose else ""
    return f"{combo.get_absolute_url()}?{chosen}#mua" if chosen else combo.get_absolute_url()


def locked(basket: Basket) -> Basket:
    """The basket, locked until the caller's transaction ends."""
    return Basket.objects.select_for_update().get(pk=basket.pk)


def changed(basket: Basket) -> None:
    """A new revision."""
    Basket.objects.filter(pk=basket.pk).update(revision=F("revision") + 1, updated_at=clock.now())
    basket.refresh_from_db()

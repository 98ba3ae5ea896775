"""What a seller types about a pack size. The limits are those of `catalog.offers.services`."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.offers.services import HIGHEST_PRICE, LOWEST_PRICE, MOST_PIECES
from catalog.text import clean

_GROUPED = re.compile(r"\d{1,3}(?:[.,\s\u00a0]\d{3})+")


class WholeNumberField(forms.IntegerField):
    """A whole number, also as it is written here: 120.000."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs.update(inputmode="numeric", autocomplete="off")

    def to_python(self, value: Any) -> int | None:
        """Takes the dots between thousands out first."""
        text = str(value or "").strip().removesuffix("₫").removesuffix("đ").strip()
        return super().to_python(re.sub(r"\D", "", text) if _GROUPED.fullmatch(text) else text)


_PRICE = _("Giá phải là số đồng nguyên, từ 1.000 đến 100.000.000.")
_STOCK = _("Tồn kho phải là số nguyên, từ 0 đến 100.000.")


def _messages(text: Any, *keys: str) -> dict[str, Any]:
    return dict.fromkeys(("required", "invalid", "min_value", "max_value", *keys), text)


class OfferForm(forms.Form):
    """Price in đồng with tax; pieces on hand in the producer's own store, promised ones included."""

    price = WholeNumberField(
        label=_("Giá bán (đồng, đã gồm thuế)"),
        min_value=LOWEST_PRICE,
        max_value=HIGHEST_PRICE,
        error_messages=_messages(_PRICE),
    )
    stock = WholeNumberField(
        label=_("Tồn kho tại kho của bạn"), min_value=0, max_value=MOST_PIECES, error_messages=_messages(_STOCK)
    )


class NewOfferForm(OfferForm):
    """A pack size that does not exist yet; `number` makes a double click harmless."""

    name = forms.CharField(
        label=_("Quy cách"),
        max_length=120,
        error_messages={"required": _("Xin đặt tên quy cách, ví dụ “Gói 500 g”.")},
    )
    weight = WholeNumberField(
        label=_("Khối lượng cả bao bì (gam)"),
        min_value=1,
        max_value=100_000,
        error_messages=_messages(_("Khối lượng phải là số gam nguyên, từ 1 đến 100.000.")),
    )
    number = forms.IntegerField(min_value=1, max_value=99, widget=forms.HiddenInput)
    field_order = ["name", "weight", "price", "stock", "number"]

    def clean_name(self) -> str:
        """One line, no control characters."""
        return clean(self.cleaned_data["name"])

"""What a seller types about a combo: its texts and terms in a form, its parts in rows beside it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from catalog.combos.models import Combo, Kind, Occasion, Packaging
from catalog.combos.pricing import MOST_PERCENT
from catalog.combos.services import LONGEST_STORY, MOST_PIECES, ComboFacts, PartFacts
from catalog.combos.terms import MOST_PARTS
from catalog.offers.services import HIGHEST_PRICE
from catalog.products.codes import read_code
from catalog.regions import provinces
from storefront.portal.forms import WholeNumberField

_PERCENT = _("Mức giảm là số nguyên từ 0 đến 50.")
_FIXED = _("Giá trọn bộ phải là số đồng nguyên; để trống nếu giảm theo phần trăm.")


def _wrong(text: Any) -> dict[str, Any]:
    return dict.fromkeys(("required", "invalid", "min_value", "max_value"), text)


class ComboForm(forms.Form):
    """`code` makes a draft sent twice one draft; `version` is the one that was seen. What is missing is told only when
    it is to be saved."""

    title = forms.CharField(max_length=120, label=_("Tên combo"), error_messages={"required": _("Xin đặt tên combo.")})
    title_en = forms.CharField(max_length=120, required=False, label=_("Tên tiếng Anh"))
    story = forms.CharField(
        max_length=LONGEST_STORY, required=False, label=_("Câu chuyện"), widget=forms.Textarea(attrs={"rows": 6})
    )
    story_en = forms.CharField(
        max_length=LONGEST_STORY,
        required=False,
        label=_("Câu chuyện bằng tiếng Anh"),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    occasion = forms.ChoiceField(required=False, choices=Occasion.choices, label=_("Dịp tặng"))
    province_code = forms.ChoiceField(required=False, label=_("Kể chuyện của"))
    kind = forms.ChoiceField(choices=Kind.choices, label=_("Loại combo"))
    choose = WholeNumberField(
        required=False, min_value=1, max_value=MOST_PARTS * MOST_PIECES, label=_("Người mua chọn mấy món"),
        error_messages=_wrong(_("Xin ghi số món mà người mua được chọn.")),
    )  # fmt: skip
    percent = WholeNumberField(
        required=False, min_value=0, max_value=MOST_PERCENT, label=_("Giảm (%)"), error_messages=_wrong(_PERCENT)
    )
    fixed_price = WholeNumberField(
        required=False, min_value=1, max_value=HIGHEST_PRICE, label=_("Hoặc giá trọn bộ (đồng)"),
        error_messages=_wrong(_FIXED),
    )  # fmt: skip
    packaging = forms.ChoiceField(label=_("Hộp và nơi đóng gói"), error_messages={"required": _("Xin chọn hộp.")})
    code = forms.CharField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None, packagings: Sequence[Packaging], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if not data or data.get("action") != "save":
            self.fields["title"].required = self.fields["packaging"].required = False
        self.fields["province_code"].choices = [
            ("", _("Nhiều vùng")), *((one.code, one.name) for one in provinces())
        ]  # fmt: skip
        self.fields["packaging"].choices = [
            (one.code, f"{one.told_name} · {one.sale_point.name}") for one in packagings
        ]

    def clean_code(self) -> str:
        """One of ours, for a new draft."""
        return read_code(self.cleaned_data["code"]) or ""

    def facts(self, parts: Sequence[PartFacts]) -> ComboFacts:
        """As far as it could be read; of a form with errors, for a look at it. What its kind has no use for is left
        out."""
        data = self.cleaned_data
        kind = data.get("kind") or Kind.FIXED
        choosing = kind == Kind.CHOOSE
        texts = {name: data.get(name) or "" for name in
                 ("title", "title_en", "story", "story_en", "occasion", "province_code", "packaging")}  # fmt: skip
        return ComboFacts(
            **texts,
            parts=tuple(parts),
            kind=kind,
            choose=data.get("choose") if choosing else None,
            percent=data.get("percent") or 0,
            fixed_price=None if choosing else data.get("fixed_price"),
        )


def initial(combo: Combo) -> dict[str, Any]:
    """The combo as its form shows it."""
    names = ("title", "title_en", "story", "story_en", "occasion", "province_code", "kind", "choose", "percent",
             "fixed_price", "version", "code")  # fmt: skip
    return {name: getattr(combo, name) for name in names} | {"packaging": combo.packaging.code}


def parts_of(combo: Combo) -> list[PartFacts]:
    """Its rows, of a combo read with its parts."""
    return [
        PartFacts(row.offer.external_reference, row.quantity,
                  row.substitute.external_reference if row.substitute else "")
        for row in combo.parts.all()
    ]  # fmt: skip


def read_parts(data: QueryDict) -> list[PartFacts]:
    """The rows that were posted (lists `part`, `pieces`, `stands-in`), after the button that was pressed.

    `add` (a reference) with `for-<reference>` ("" or the part for which it stands in); `drop` and `bare` (a part that
    goes, or its substitute).
    """
    rows = zip(data.getlist("part"), data.getlist("pieces"), data.getlist("stands-in"), strict=False)
    parts = [PartFacts(part[:20], _pieces(pieces), other[:20]) for part, pieces, other in rows][: MOST_PARTS + 1]
    added, dropped, bare = (data.get(name, "")[:20] for name in ("add", "drop", "bare"))
    parts = [
        PartFacts(one.offer, one.quantity, "" if one.offer == bare else one.substitute)
        for one in parts
        if one.offer != dropped
    ]
    if not added:
        return parts
    if part_for := data.get(f"for-{added}", ""):
        return [PartFacts(one.offer, one.quantity, added) if one.offer == part_for != added else one for one in parts]
    return parts if any(one.offer == added for one in parts) else [*parts, PartFacts(added, 1)]


def _pieces(text: str) -> int:
    text = text.strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0

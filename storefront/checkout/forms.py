"""What the buyer types. The way of receiving the goods is chosen on the step before and stands in the address."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog import clock
from catalog.regions import communes, province
from catalog.salepoints.models import SalePoint
from catalog.text import clean
from storefront.checkout.consent import VERSION
from storefront.checkout.gifts import GiftForm
from storefront.checkout.reading import read_mobile
from storefront.orders.models import Method


class BuyerForm(GiftForm):
    """Who buys. `agreed_total` (đồng) and `revision` say which page the buyer saw."""

    name = forms.CharField(
        label=_("Họ và tên"),
        min_length=2,
        max_length=100,
        error_messages={"required": _("Xin cho biết họ và tên người nhận.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=_("Số điện thoại di động"),
        max_length=20,
        error_messages={"required": _("Xin cho biết số điện thoại để người bán liên hệ.")},
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )
    email = forms.EmailField(
        label=_("Email (không bắt buộc)"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    consent = forms.BooleanField(error_messages={"required": _("Cần đánh dấu đồng ý để đặt hàng.")})
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    agreed_total = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def clean_name(self) -> str:
        """One line, no control characters."""
        return clean(self.cleaned_data["name"])

    def clean_phone(self) -> str:
        """+84 and nine digits."""
        number = read_mobile(self.cleaned_data["phone"])
        if number is None:
            raise forms.ValidationError(_("Số di động Việt Nam có 10 chữ số, ví dụ 0912 345 678."))
        return number

    def record(self) -> dict[str, Any]:
        """The cleaned form as an attempt keeps it, with the consent's time and version."""
        data = self.cleaned_data
        return {
            "name": data["name"],
            "phone": data["phone"],
            "email": data["email"],
            "consent_version": VERSION,
            "consent_at": clock.now().isoformat(),
            **self.gift(),
        }


class PickupForm(BuyerForm):
    """The goods are collected at `point`."""

    def __init__(self, *args: Any, point: SalePoint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.point = point

    def record(self) -> dict[str, Any]:
        """Adds the point."""
        return {**super().record(), "method": Method.PICKUP, "sale_point": self.point.pk, "address": {}}


class DeliveryForm(BuyerForm):
    """The goods are sent to a commune of the province chosen."""

    commune = forms.ChoiceField(
        label=_("Xã, phường, đặc khu"), error_messages={"required": _("Xin chọn xã, phường hoặc đặc khu.")}
    )
    street = forms.CharField(
        label=_("Số nhà, đường, thôn, tổ dân phố"),
        min_length=3,
        max_length=200,
        error_messages={"required": _("Xin cho biết địa chỉ để người giao hàng tìm được.")},
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )

    def __init__(self, *args: Any, province_code: str, **kwargs: Any) -> None:
        super().__init__(*args, to_others=True, **kwargs)
        self.province_code = province_code
        names = [(commune.code, commune.name) for commune in communes(province_code)]
        self.fields["commune"].choices = [("", _("Chọn xã, phường, đặc khu")), *names]  # type: ignore[attr-defined]
        self.communes = dict(names)

    def clean_street(self) -> str:
        """One line, no control characters."""
        return clean(self.cleaned_data["street"])

    def record(self) -> dict[str, Any]:
        """Adds the address, places by code and by name."""
        code = self.cleaned_data["commune"]
        address = {
            "street": self.cleaned_data["street"],
            "commune_code": code,
            "commune": self.communes[code],
            "province_code": self.province_code,
            "province": province(self.province_code).name,
        }
        return {**super().record(), "method": Method.DELIVERY, "sale_point": None, "address": address}

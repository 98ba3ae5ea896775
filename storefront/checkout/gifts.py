"""What a buyer may say of a gift: a card, the day it is wanted, and somebody else who receives it."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog import clock
from catalog.text import clean
from storefront.basket.services import BasketView
from storefront.checkout.reading import read_mobile

LONGEST_MESSAGE = 300
FARTHEST = timedelta(days=60)


def latest_day(view: BasketView) -> date | None:
    """The last day (Asia/Ho_Chi_Minh) on which the gift may be wanted; None for a basket without boxes.

    At most sixty days ahead, while every certificate in it holds, and no longer than every producer of a box promised
    that its part keeps, counted from today.
    """
    today = clock.today()
    made = [box.box for box in view.boxes if box.box]
    if not made:
        return None
    ends = [line.product.listable_until for line in view.lines] + [box.until for box in made]
    keeps = [today + timedelta(days=box.keeps_days) for box in made if box.keeps_days is not None]
    return min([today + FARTHEST, *keeps, *(day for day in ends if day)])


class GiftForm(forms.Form):
    """The part of a buyer's form that is about a gift; none of it without `latest`."""

    message = forms.CharField(
        label=gettext_lazy("Lời chúc trên thiệp (không bắt buộc)"),
        required=False,
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": gettext_lazy("Lời chúc dài quá 300 ký tự.")},
    )
    wanted_on = forms.DateField(
        label=gettext_lazy("Ngày cần quà (không bắt buộc)"),
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Xin nhập ngày như 25/12/2026.")},
    )
    recipient_name = forms.CharField(
        label=gettext_lazy("Tên người nhận quà"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    recipient_phone = forms.CharField(
        label=gettext_lazy("Số di động người nhận quà"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, latest: date | None = None, to_others: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.latest = latest
        if latest is None:
            del self.fields["message"], self.fields["wanted_on"]
        else:
            self.fields["wanted_on"].widget.attrs |= {"min": f"{clock.today()}", "max": f"{latest}"}
        if latest is None or not to_others:
            del self.fields["recipient_name"], self.fields["recipient_phone"]

    def clean_message(self) -> str:
        """Lines are kept, control characters are not."""
        return "\n".join(clean(line) for line in self.cleaned_data["message"].strip().splitlines())

    def clean_wanted_on(self) -> date | None:
        """Not in the past, and not after `latest`."""
        day: date | None = self.cleaned_data["wanted_on"]
        if day and day < clock.today():
            raise forms.ValidationError(_("Ngày này đã qua."))
        if day and self.latest and day > self.latest:
            told = _("Chọn ngày đến hết {day}: sau đó chưa chắc mọi phần quà còn chứng nhận và hạn dùng.")
            raise forms.ValidationError(told.format(day=f"{self.latest:%d/%m/%Y}"))
        return day

    def clean_recipient_name(self) -> str:
        """One line, no control characters."""
        return clean(self.cleaned_data["recipient_name"])

    def clean_recipient_phone(self) -> str:
        """+84 and nine digits, or empty."""
        typed = self.cleaned_data["recipient_phone"]
        number = read_mobile(typed) if typed else ""
        if number is None:
            raise forms.ValidationError(_("Số di động Việt Nam có 10 chữ số, ví dụ 0912 345 678."))
        return number

    def clean(self) -> dict[str, Any] | None:
        """Somebody else has both a name and a number."""
        data = super().clean() or self.cleaned_data
        for one, other in (("recipient_name", "recipient_phone"), ("recipient_phone", "recipient_name")):
            if data.get(one) and other in data and not data[other]:
                self.add_error(other, _("Gửi cho người khác thì cần cả tên và số di động của người đó."))
        return data

    def gift(self) -> dict[str, Any]:
        """As an attempt keeps it; the day as an ISO text."""
        day = self.cleaned_data.get("wanted_on")
        told = {name: self.cleaned_data.get(name, "") for name in ("message", "recipient_name", "recipient_phone")}
        return {**told, "wanted_on": day.isoformat() if day else ""}

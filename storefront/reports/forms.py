"""What a reporter fills in. No name, no telephone, no address of the reporter's is asked for."""

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.livestreams.models import Livestream
from catalog.regions import provinces
from catalog.reports.models import Kind
from catalog.reports.services import Sighting

_SENT_ONCE = r"^[A-Za-z0-9_-]{22}$"


class ReportForm(forms.Form):
    """`token` makes a form sent twice one report; `website` is for machines that fill in everything."""

    kind = forms.ChoiceField(choices=Kind.choices, error_messages={"required": _("Xin chọn điều bạn thấy sai.")})
    code = forms.CharField(max_length=20, required=False, label=_("Mã trên nhãn"))
    province = forms.ChoiceField(required=False, label=_("Tỉnh, thành phố"))
    commune = forms.CharField(max_length=80, required=False, label=_("Xã, phường (nếu biết)"))
    place = forms.CharField(max_length=200, required=False, label=_("Tên cửa hàng, chợ, hoặc địa chỉ trang mạng"))
    note = forms.CharField(max_length=1000, required=False, label=_("Bạn thấy gì?"), widget=forms.Textarea)
    livestream = forms.CharField(max_length=7, required=False, widget=forms.HiddenInput)
    token = forms.RegexField(_SENT_ONCE, error_messages={"required": "", "invalid": ""})
    website = forms.CharField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(one.code, one.name) for one in provinces()]
        self.fields["province"].choices = [("", _("Chọn tỉnh, thành phố")), *names]  # type: ignore[attr-defined]

    def clean_website(self) -> str:
        """A person does not see the field."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Xin để trống ô dành cho máy rồi gửi lại."))
        return ""

    def clean_livestream(self) -> str:
        """The code of a session that is public, else nothing."""
        public = Livestream.objects.filter(code=self.cleaned_data["livestream"], confirmed_at__isnull=False)
        return self.cleaned_data["livestream"] if public.exists() else ""

    def clean(self) -> dict[str, Any]:
        """A sighting has a place: a province, words for it, or a livestream."""
        data = super().clean() or {}
        if not data.get("province") and not data.get("place") and not data.get("livestream"):
            self.add_error(
                "place", _("Xin cho biết bạn thấy ở đâu: chọn tỉnh, hoặc ghi tên nơi bán, địa chỉ trang mạng.")
            )
        return data

    def sighting(self) -> Sighting:
        """The cleaned form as the service takes it."""
        data = self.cleaned_data
        return Sighting(
            kind=Kind(data["kind"]),
            code=data["code"],
            province_code=data["province"],
            commune=data["commune"],
            place=data["place"],
            note=data["note"],
            livestream=data["livestream"],
        )


def new_token() -> str:
    """22 characters, 128 bits."""
    return secrets.token_urlsafe(16)

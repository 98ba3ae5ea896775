"""What a host types about a session. Times are those of a clock in Vietnam."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.clock import TIME_ZONE
from catalog.livestreams.links import LONGEST
from catalog.livestreams.models import Livestream
from catalog.livestreams.services import Plan
from catalog.products.codes import read_code
from catalog.text import clean

_LOCAL = "%Y-%m-%dT%H:%M"


class _Moment(forms.DateTimeField):
    """A day and an hour."""

    widget = forms.DateTimeInput(format=_LOCAL, attrs={"type": "datetime-local"})

    def __init__(self, **kwargs: Any) -> None:
        wrong = _("Xin chọn ngày và giờ.")
        super().__init__(error_messages={"required": wrong, "invalid": wrong}, **kwargs)


class SessionForm(forms.Form):
    """`code` makes a draft sent twice one draft; `version` is the one that was seen."""

    title = forms.CharField(max_length=120, label=_("Tên phiên"), error_messages={"required": _("Xin đặt tên phiên.")})
    link = forms.CharField(
        max_length=2 * LONGEST,
        label=_("Đường dẫn của phiên"),
        error_messages={"required": _("Xin dán đường dẫn của phiên.")},
    )
    starts_at = _Moment(label=_("Bắt đầu"))
    ends_at = _Moment(label=_("Dự kiến kết thúc"))
    note = forms.CharField(
        max_length=1000, required=False, label=_("Giới thiệu"), widget=forms.Textarea(attrs={"rows": 4})
    )
    confirmed = forms.BooleanField(required=False)
    code = forms.CharField(required=False)
    version = forms.IntegerField(required=False, min_value=0)

    def clean_title(self) -> str:
        """One line, no control characters."""
        title = clean(self.cleaned_data["title"])
        if not title:
            raise forms.ValidationError(_("Xin đặt tên phiên."))
        return title

    def clean_code(self) -> str:
        """One of ours, for a new draft."""
        return read_code(self.cleaned_data["code"]) or ""

    def plan(self) -> Plan:
        """The cleaned form as the service takes it."""
        data = self.cleaned_data
        return Plan(data["title"], data["note"], data["link"], data["starts_at"], data["ends_at"])


def fixed(session: Livestream) -> dict[str, str]:
    """What stays once the session began, as the form would send it."""
    times = {"starts_at": session.starts_at, "ends_at": session.ends_at}
    return {"title": session.title, **{name: f"{at.astimezone(TIME_ZONE):{_LOCAL}}" for name, at in times.items()}}


def initial(session: Livestream) -> dict[str, object]:
    """The session as its form shows it."""
    return {
        "title": session.title,
        "link": session.url,
        "starts_at": session.starts_at.astimezone(TIME_ZONE),
        "ends_at": session.ends_at.astimezone(TIME_ZONE),
        "note": session.note,
        "version": session.version,
    }

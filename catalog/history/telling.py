"""The history in plain words, in the language of the page that asks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from catalog.clock import TIME_ZONE
from catalog.history.models import ListingChange
from catalog.regions import commune, province
from catalog.ui.formats import ngay


@dataclass(frozen=True, slots=True)
class Told:
    """One row of the history: when, and what was new then, a sentence each (at least one)."""

    at: datetime
    sentences: list[str]
    change: ListingChange


def tell(rows: Iterable[ListingChange]) -> list[Told]:
    """The rows that say anything to a reader, in the order given."""
    told = [Told(row.at, _sentences(row), row) for row in rows]
    return [one for one in told if one.sentences]


def _sentences(row: ListingChange) -> list[str]:
    facts, changes = row.facts, row.changes
    is_first = all(before is None for before, _after in changes.values()) and "name" in changes
    found = []
    if {"blocked", "from"} & changes.keys():
        found.append(_standing(facts, row.at.astimezone(TIME_ZONE).date(), is_first=is_first))
    elif "until" in changes:
        found.append(_("Hiệu lực nay đến hết ngày {day}.").format(day=_day(facts["until"])))
    if is_first:
        return found
    found += _recognition(facts, changes)
    for name, sentence in (
        ("name", _("Đổi tên sản phẩm: “{before}” thành “{after}”.")),
        ("producer", _("Đổi tên chủ thể: “{before}” thành “{after}”.")),
    ):
        if name in changes:
            before, after = changes[name]
            found.append(sentence.format(before=before, after=after))
    if {"province", "commune"} & changes.keys():
        found.append(_("Địa bàn nay là {place}.").format(place=_place(facts)))
    return found


def _standing(facts: dict[str, Any], day: date, *, is_first: bool) -> str:
    """Why the listing stands where it stood on that day."""
    ended = not facts["blocked"] and facts["until"] is not None and date.fromisoformat(facts["until"]) < day
    if ended:
        text = _("Được ghi nhận: {star} sao theo quyết định số {decision}, đã hết hạn sau ngày {until}.")
    elif is_first and facts["blocked"] in ("revoked", "suspended"):
        text = {
            "revoked": _("Được ghi nhận: chứng nhận đã bị thu hồi, sản phẩm không lên kệ."),
            "suspended": _("Được ghi nhận: chứng nhận đang bị tạm đình chỉ, sản phẩm không lên kệ."),
        }[facts["blocked"]]
    else:
        text = {
            "": _("Lên kệ với {star} sao theo quyết định số {decision}, có hiệu lực đến hết ngày {until}."),
            "revoked": _("Chứng nhận bị thu hồi; sản phẩm rời kệ."),
            "suspended": _("Chứng nhận bị tạm đình chỉ; sản phẩm rời kệ."),
            "policy": _("Chợ Sao tạm ngừng bán sản phẩm này."),
            "unproved": _("Không nguồn nào còn chứng minh chứng nhận; sản phẩm rời kệ."),
        }.get(facts["blocked"], _("Chứng nhận chưa chứng minh được; sản phẩm không ở trên kệ."))
    return text.format(star=facts["star"], decision=facts["decision"], until=_day(facts["until"]))


def _recognition(facts: dict[str, Any], changes: dict[str, Any]) -> list[str]:
    found = []
    if "issued_on" in changes or "decision" in changes:
        text = _("Được công nhận lại: {star} sao, quyết định số {decision} ngày {day}.")
        found.append(text.format(star=facts["star"], decision=facts["decision"], day=_day(facts["issued_on"])))
    elif "star" in changes:
        before, after = changes["star"]
        found.append(_("Hạng sao từ {before} thành {after}.").format(before=before, after=after))
    if "status" in changes and facts["status"] == "extended" and not facts["blocked"]:
        found.append(_("Được giữ chứng nhận trong khi chờ đánh giá lại (Điều 12.3)."))
    return found


def _place(facts: dict[str, Any]) -> str:
    names = [commune(facts["commune"]).name] if facts["commune"] else []
    return ", ".join([*names, province(facts["province"]).name])


def _day(iso: str | None) -> str:
    return ngay(date.fromisoformat(iso)) if iso else "–"

"""The officer's list of held records, as the filters in its address ask for it."""

from collections.abc import Mapping
from datetime import timedelta

from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import Contains
from django.utils.translation import gettext_lazy as _

from catalog import clock
from catalog.certificates.models import Outcome, Source, SourceRecord
from catalog.regions import provinces
from ocop_sync.desk.reasons import REASONS
from ocop_sync.held.models import Action, Ruling

FILTERS = ("ly-do", "nguon", "tinh", "tuoi", "trang-thai")
STATES = {"cho": _("Chưa xử lý"), "da-hoi": _("Đã hỏi tỉnh"), "da-quyet": _("Đã quyết định")}
EVERY_STATE = "tat-ca"
AGES = (7, 30, 90)  # days
_SETTLED = (Action.CORRECTED, Action.ACCEPTED, Action.MERGED)


def asked_of(query: Mapping[str, str]) -> dict[str, str]:
    """The known filters of an address; "" for each that is not set."""
    return {name: query.get(name, "") for name in FILTERS}


def find(asked: Mapping[str, str]) -> "QuerySet[SourceRecord]":
    """Present records that wait for a decision, or as `asked` says, those that are held longest first.

    Each has `action`: of the last ruling on its row, "" without one.
    """
    last = Ruling.objects.filter(source=OuterRef("source"), hash=OuterRef("hash")).order_by("-version")
    action = Coalesce(Subquery(last.values("action")[:1]), Value(""), output_field=CharField())
    found = SourceRecord.objects.filter(present=True).annotate(action=action).filter(_in_state(asked["trang-thai"]))
    if asked["ly-do"] in REASONS:
        found = found.filter(Contains(Cast("reasons", TextField()), f'"{asked["ly-do"]}"'))
    if asked["nguon"]:
        found = found.filter(source__in=Source.objects.filter(name=asked["nguon"].replace("\0", "")))
    if asked["tinh"] in {one.code for one in provinces()}:
        found = found.filter(province_code=asked["tinh"])
    elif asked["tinh"] == "khong-ro":
        found = found.filter(province_code="")
    if asked["tuoi"].isdecimal() and asked["tuoi"] in map(str, AGES):
        found = found.filter(held_since__lt=clock.now() - timedelta(days=int(asked["tuoi"])))
    return found.order_by("held_since", "source", "row", "pk")


def state_of(record: SourceRecord, last: Ruling | None) -> str:
    """A key of `STATES`, for a record with the last ruling on its row; "" for one that nobody has to decide about."""
    action = last.action if last else ""
    if record.present and record.outcome == Outcome.HELD:
        return {Action.ASKED.value: "da-hoi", Action.REJECTED.value: "da-quyet"}.get(action, "cho")
    return "da-quyet" if action in _SETTLED else ""


def _in_state(state: str) -> Q:
    held = Q(outcome=Outcome.HELD)
    settled = Q(action=Action.REJECTED) | (~held & Q(action__in=_SETTLED))
    if state == "da-hoi":
        return held & Q(action=Action.ASKED)
    if state == "da-quyet":
        return settled
    return held | settled if state == EVERY_STATE else held & ~Q(action__in=(Action.ASKED, Action.REJECTED))

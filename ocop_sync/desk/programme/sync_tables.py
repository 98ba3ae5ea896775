"""The figures of the sync as tables: what is held and why, the sources, their last runs."""

from collections import Counter

from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.ui.formats import ago, number
from ocop_sync.desk.programme.cells import Cell, Table, Tag, summed
from ocop_sync.desk.programme.figures import Figures
from ocop_sync.desk.programme.sources import SourceHealth
from ocop_sync.desk.reasons import REASONS
from ocop_sync.runs.models import ACTIVE, RunState

_TONES = {RunState.DONE: "good", RunState.WAITING: "warn", RunState.FAILED: "stop", RunState.ABANDONED: "stop"}


def held(found: Figures) -> Table:
    """Held records by reason: a record may have several, so each is told alone and among others."""
    told, alone, several = Counter[str](), Counter[str](), 0
    for one in found.held:
        for code in set(one.reasons):
            told[code] += one.count
        if len(set(one.reasons)) == 1:
            alone[one.reasons[0]] += one.count
        else:
            several += one.count
    codes = [code for code, _count in told.most_common()]
    rows: list[tuple[Cell, ...]] = [(str(REASONS.get(code, code)), told[code], alone[code]) for code in codes]
    if several:
        rows.append((_("Hồ sơ có nhiều lý do"), None, several))
    head = (_("Lý do"), _("Số lần gặp"), _("Chỉ lý do này"))
    finding = _("{n} hồ sơ đang giữ lại").format(n=number(held_records(found)))
    if codes:
        finding = _("{n} hồ sơ đang giữ lại, thường gặp nhất: {reason}").format(
            n=number(held_records(found)), reason=rows[0][0]
        )
    links = tuple(f"{reverse('officer_held')}?ly-do={code}" for code in codes) + ("",) * bool(several)
    title = _("Hồ sơ giữ lại theo lý do")
    return Table("giu-lai", title, head, tuple(rows), summed(rows, 1, 3), finding=finding, links=links)


def held_records(found: Figures) -> int:
    """Records held today."""
    return sum(one.count for one in found.held)


def sources(found: Figures) -> Table:
    """How each source fares."""
    rows = tuple(
        (one.source, _state(one), one.good_at, _age(one), one.good_as_of, one.failed, one.waiting)
        for one in found.sources
    )
    names = (_("Nguồn"), _("Tình hình"), _("Lần tốt gần nhất"), _("Cách nay"), _("Tính đến ngày"))
    head = (*names, _("Hỏng liền nhau"), _("Chờ cán bộ"))
    good = sum(1 for one in found.sources if _state(one).tone == "good")
    finding = _("{n} trong {all} nguồn đang đồng bộ tốt").format(n=number(good), all=number(len(rows)))
    return Table("nguon", _("Sức khỏe các nguồn"), head, rows, names=len(names), finding=finding)


def runs(found: Figures) -> Table:
    """The last runs of each source."""
    labels = dict(RunState.choices)
    rows = tuple(
        (
            one.source,
            one.at,
            one.as_of,
            Tag(_(str(labels[RunState(one.state)])), _TONES.get(RunState(one.state), "")),
            one.problem or None,
            *one.counts,
        )
        for one in found.runs
    )
    names = (_("Nguồn"), _("Lúc"), _("Tính đến ngày"), _("Kết quả"), _("Ghi chú"))
    head = (*names, _("Đọc"), _("Lên kệ"), _("Hết hiệu lực"), _("Giữ lại"), _("Bỏ qua"), _("Rút"))
    return Table("dong-bo", _("Những lần đồng bộ gần nhất của mỗi nguồn"), head, rows, names=len(names))


def _age(one: SourceHealth) -> str | None:
    return ago(one.good_at) if one.good_at else None


def _state(one: SourceHealth) -> Tag:
    if one.waiting:
        return Tag(_("Chờ cán bộ"), "warn")
    if one.failed:
        return Tag(_("Đang hỏng"), "stop")
    if one.good_at is None:
        return Tag(_("Chưa xong lần nào"), "warn")
    return Tag(_("Đang chạy"), "good") if one.state in ACTIVE else Tag(_("Tốt"), "good")

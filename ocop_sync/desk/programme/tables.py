"""The figures of the shelf as tables: what the page shows, a plot draws and a file holds are the same rows."""

from collections import Counter, defaultdict
from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

from django.utils.translation import gettext as _

from catalog.certificates.states import State
from catalog.producers.models import ProducerKind
from catalog.products.sets import BRANCHES, PRODUCT_SETS
from catalog.regions import province, regions
from catalog.ui.formats import is_english, number
from ocop_sync.desk.programme.cells import Cell, Table, by_star, percent, shares, summed
from ocop_sync.desk.programme.figures import LATER, Figures, Listed
from ocop_sync.desk.programme.question import STARS

Key = TypeVar("Key")


def standings(found: Figures) -> Table:
    """Every product in the register by how its certificate stands today."""
    names = {
        _("Đang lên kệ"): (*found.months, LATER),
        _("Chưa đến ngày hiệu lực"): (State.NOT_YET,),
        _("Đã hết hạn"): (State.EXPIRED,),
        _("Tạm đình chỉ"): (State.SUSPENDED,),
        _("Đã thu hồi"): (State.REVOKED,),
        _("Chưa đủ căn cứ, hoặc nguồn đã rút"): (State.UNPROVED,),
    }
    rows = tuple((name, found.standing(*keys)) for name, keys in names.items())
    total = summed(rows, 1, 2)
    finding = _("{n} trong {all} sản phẩm trong sổ đang lên kệ ({share}%)").format(
        n=number(found.total), all=_n(total[1]), share=percent(found.total, _int(total[1]))
    )
    head = (_("Tình trạng chứng nhận"), _("Số sản phẩm"))
    return Table("tinh-trang", _("Sản phẩm trong sổ theo tình trạng"), head, rows, total, finding=finding)


def provinces(found: Figures) -> Table:
    """Provinces × stars."""
    stars = _stars(found, lambda one: one.province)
    rows = by_star(((province_name(code),), stars[code]) for code in _codes(found, set(stars)))
    title = _("Sản phẩm đang lên kệ theo tỉnh, thành phố")
    return _starred("tinh", title, [_("Tỉnh, thành phố")], rows)


def programme_regions(found: Figures) -> Table:
    """The programme's regions × stars."""
    stars = _stars(found, lambda one: one.region)
    slugs = [one.slug for one in regions() if found.question.region in ("", one.slug)]
    slugs += sorted(set(stars) - set(slugs))
    rows = by_star(((region_name(slug),), stars[slug]) for slug in slugs)
    return _starred("vung", _("Sản phẩm đang lên kệ theo vùng"), [_("Vùng")], rows)


def branches(found: Figures) -> Table:
    """The six groups × stars."""
    stars = _stars(found, lambda one: one.branch)
    rows = by_star(((name,), stars[branch]) for branch, name in _branch_names(found).items())
    return _starred("nhom", _("Sản phẩm đang lên kệ theo nhóm và hạng sao"), [_("Nhóm")], rows)


def product_sets(found: Figures) -> Table:
    """The 26 sets × stars."""
    stars = _stars(found, lambda one: one.set_no)
    groups = _branch_names(found)
    named = [((one.name_en if is_english() else one.name_vi, groups[one.branch]), one.number) for one in PRODUCT_SETS]
    rows = by_star(
        [(names, stars[key]) for names, key in named]
        + ([((_("Chưa rõ bộ sản phẩm"), ""), stars[None])] if None in stars else [])
    )
    title = _("Sản phẩm đang lên kệ theo 26 bộ sản phẩm")
    return _starred("bo", title, [_("Bộ sản phẩm"), _("Nhóm")], rows)


def provinces_by_branch(found: Figures) -> Table:
    """Provinces × the six groups."""
    counts: Counter[tuple[str, int | None]] = Counter()
    for one in found.listed:
        counts[one.province, one.branch] += one.count
    groups = _branch_names(found)
    rows: list[tuple[Cell, ...]] = []
    for code in _codes(found, {one.province for one in found.listed}):
        cells = [counts[code, branch] for branch in groups]
        rows.append((province_name(code), *cells, sum(cells)))
    rows.sort(key=lambda row: -_int(row[-1]))
    head = (_("Tỉnh, thành phố"), *groups.values(), _("Đang lên kệ"))
    title = _("Sản phẩm đang lên kệ theo tỉnh và nhóm")
    return Table("tinh-nhom", title, head, tuple(rows), summed(rows, 1, len(head)))


def everything(found: Figures) -> Table:
    """Province × region × group × set × star, for a pivot table."""
    sets = {one.number: one.name_en if is_english() else one.name_vi for one in PRODUCT_SETS}
    groups = _branch_names(found)
    rows = sorted(
        (
            province_name(one.province),
            region_name(one.region),
            groups[one.branch],
            sets.get(one.set_no or 0, _("Chưa rõ bộ sản phẩm")),
            one.star,
            one.count,
        )
        for one in found.listed
    )
    head = (_("Tỉnh, thành phố"), _("Vùng"), _("Nhóm"), _("Bộ sản phẩm"), _("Hạng sao"), _("Đang lên kệ"))
    return Table("chi-tiet", _("Bảng chi tiết"), head, tuple(rows), summed(rows, 5, 6), 5)


def months(found: Figures) -> Table:
    """What has ended, and what is listed by the month of its last day."""
    names = [(_("Đã hết hạn"), State.EXPIRED.value), *((month_name(key), key) for key in found.months)]
    names.append((_("Sau {month}").format(month=month_name(found.months[-1])), LATER))
    rows = tuple((name, found.standing(key)) for name, key in names)
    ending = found.standing(*found.months)
    finding = _("Trong 12 tháng kể từ tháng này, {n} sản phẩm đang lên kệ sẽ hết hạn").format(n=number(ending))
    head = (_("Ngày cuối cùng ở tháng"), _("Số sản phẩm"))
    total = (_("Cộng, cả đã hết hạn"), *summed(rows, 1, 2)[1:])
    return Table("het-han", _("Hết hạn theo tháng"), head, rows, total, finding=finding)


def endings(found: Figures) -> Table:
    """Provinces × what has ended and when what is listed ends."""
    keys = (State.EXPIRED.value, *found.months, LATER)
    counts: Counter[tuple[str, str]] = Counter()
    for one in found.standings:
        counts[one.province, one.key] += one.count
    rows: list[tuple[Cell, ...]] = []
    for code in _codes(found, {one.province for one in found.standings if one.key in keys}):
        cells = [counts[code, key] for key in keys]
        rows.append((province_name(code), *cells, sum(cells[1:])))
    rows.sort(key=lambda row: -sum(_int(cell) for cell in row[2:-2]))
    last = _("Sau {month}").format(month=month_name(found.months[-1]))
    head = (_("Tỉnh, thành phố"), _("Đã hết hạn"), *map(month_name, found.months), last, _("Đang lên kệ"))
    title = _("Hết hạn theo tỉnh và tháng")
    return Table("het-han-tinh", title, head, tuple(rows), summed(rows, 1, len(head)))


def kinds(found: Figures) -> Table:
    """Legal forms of producers by listed products and by producers that have any."""
    rows_of = sorted(found.kinds, key=lambda one: -one.products)
    products, producers = [one.products for one in rows_of], [one.producers for one in rows_of]
    labels = dict(ProducerKind.choices)
    columns = zip(products, shares(products), producers, shares(producers), strict=True)
    rows = tuple((_(str(labels.get(one.kind, one.kind))), *cells) for one, cells in zip(rows_of, columns, strict=True))
    whole = Decimal(100 if rows else 0)
    total = (_("Cộng"), sum(products), whole, sum(producers), whole)
    head = (_("Loại hình chủ thể"), _("Số sản phẩm"), _("% sản phẩm"), _("Số chủ thể"), _("% chủ thể"))
    finding = _("{n} chủ thể có sản phẩm đang lên kệ").format(n=number(sum(producers)))
    if rows:
        finding = _("{n} chủ thể có sản phẩm đang lên kệ; nhiều sản phẩm nhất: {kind} ({share}%)").format(
            n=number(sum(producers)), kind=rows[0][0], share=percent(products[0], sum(products))
        )
    return Table("chu-the", _("Sản phẩm và chủ thể theo loại hình"), head, rows, total, finding=finding)


def province_name(code: str) -> str:
    """The province's short name, or what stands for an unknown one."""
    try:
        return province(code).short
    except KeyError:
        return _("Chưa rõ tỉnh")


def region_name(slug: str) -> str:
    """The programme region's name, or what stands for an unknown one."""
    names = {one.slug: one.name_en if is_english() else one.name_vi for one in regions()}
    return names.get(slug, _("Chưa rõ vùng"))


def month_name(key: str) -> str:
    """ "2026-11" → "11/2026"."""
    return f"{key[5:]}/{key[:4]}"


def _starred(key: str, title: str, names: list[str], rows: tuple[tuple[Cell, ...], ...]) -> Table:
    """Rows by star; the finding tells who has most."""
    head = (*names, *(_("{n} sao").format(n=star) for star in STARS), _("Đang lên kệ"))
    total = summed(rows, len(names), len(head))
    finding = title
    if len(rows) > 1 and _int(total[-1]):
        finding = _("{title}: nhiều nhất là {name}, {n} sản phẩm ({share}%)").format(
            title=title,
            name=rows[0][0],
            n=_n(rows[0][-1]),
            share=percent(_int(rows[0][-1]), _int(total[-1])),
        )
    return Table(key, title, head, rows, total, len(names), finding)


def _stars(found: Figures, of: Callable[[Listed], Key]) -> defaultdict[Key, Counter[int]]:
    counted: defaultdict[Key, Counter[int]] = defaultdict(Counter)
    for one in found.listed:
        counted[of(one)][one.star] += one.count
    return counted


def _codes(found: Figures, counted: set[str]) -> list[str]:
    """The provinces that the question is about, and whatever else was counted."""
    codes = [one.code for one in found.question.provinces()]
    return codes + sorted(counted - set(codes))


def _branch_names(found: Figures) -> dict[int | None, str]:
    names: dict[int | None, str] = {one.number: one.name_en if is_english() else one.name_vi for one in BRANCHES}
    if any(one.branch is None for one in found.listed):
        names[None] = _("Chưa rõ nhóm")
    return names


def _int(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0


def _n(cell: Cell) -> str:
    return number(_int(cell))

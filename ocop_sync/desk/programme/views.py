"""The programme on one page for officers, and each of its tables as a file."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from markupsafe import Markup

from catalog.certificates.states import State
from catalog.producers.models import ProducerKind
from catalog.regions import regions
from ocop_sync.desk.access import for_officers
from ocop_sync.desk.programme import export, plots, question, sync_tables, tables
from ocop_sync.desk.programme.cells import Table
from ocop_sync.desk.programme.figures import Figures, figures
from ocop_sync.desk.programme.question import STARS, Question

TABLES: tuple[Callable[[Figures], Table], ...] = (
    tables.provinces, tables.programme_regions, tables.branches, tables.product_sets, tables.provinces_by_branch,
    tables.months, tables.endings, tables.kinds, tables.standings,
    sync_tables.held, sync_tables.sources, sync_tables.runs, tables.everything,
)  # fmt: skip


@for_officers("GET", "HEAD")
def programme(request: HttpRequest) -> HttpResponse:
    """GET /can-bo/chuong-trinh/?vung=&tinh=&sao=: a value that is none is left out, and told."""
    asked = question.read(request.GET)
    found = figures(asked)
    made = {table.key: table for table in (make(found) for make in TABLES)}
    context = {
        "asked": asked,
        "scope": _scope(asked),
        "found": found,
        "tiles": _tiles(found),
        "tables": made,
        "plots": _plots(found, made),
        "regions": regions(),
        "provinces": Question().provinces(),
        "stars": STARS,
    }
    return render(request, "officer/programme.html", context)


@for_officers("GET", "HEAD")
def table(request: HttpRequest, key: str) -> HttpResponse:
    """GET /can-bo/chuong-trinh/<key>.csv?vung=&tinh=&sao=: one table; its name tells the day and the question."""
    asked = question.read(request.GET)
    found = figures(asked)
    made = next((one for one in (make(found) for make in TABLES) if one.key == key), None)
    if made is None:
        raise Http404
    parts = ["ocop", key, f"{found.today:%Y-%m-%d}", asked.region, asked.province and f"tinh-{asked.province}"]
    parts.append(f"sao-{asked.star}" if asked.star else "")
    name = "-".join(part for part in parts if part)
    response = HttpResponse(export.as_csv(made), content_type=export.CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _tiles(found: Figures) -> list[tuple[str, int, str]]:
    """The headline: label, figure, anchor of the table that has it."""
    return [
        (_("Sản phẩm đang lên kệ"), found.total, "tinh"),
        (_("Chủ thể có sản phẩm trên kệ"), sum(one.producers for one in found.kinds), "chu-the"),
        (_("Hết hạn trong 12 tháng"), found.standing(*found.months), "het-han"),
        (_("Đã hết hạn"), found.standing(State.EXPIRED), "het-han"),
        (_("Hồ sơ đang giữ lại"), sync_tables.held_records(found), "giu-lai"),
    ]


def _scope(asked: Question) -> str:
    """What the figures are about, in words."""
    names = [tables.region_name(asked.region)] if asked.region else []
    names += [tables.province_name(asked.province)] if asked.province else []
    names += [_("hạng {n} sao").format(n=asked.star)] if asked.star else []
    return ", ".join(names) or _("cả nước, mọi hạng sao")


def _plots(found: Figures, made: dict[str, Table]) -> dict[str, Markup]:
    stars = [_("{n} sao").format(n=star) for star in STARS]
    drawn = {
        key: plots.bars(key, made[key].finding, made[key].counts(*columns), parts, beside=beside)
        for key, columns, parts, beside in [
            ("tinh", (4,), (), True),
            ("vung", (1, 2, 3), stars, False),
            ("nhom", (1, 2, 3), stars, False),
            ("bo", (5,), (), False),
            ("tinh-trang", (1,), (), False),
            ("giu-lai", (1,), (), False),
        ]
    }
    ending = made["het-han"].counts(1)[1:-1]
    under = [(key[5:], key[:4] if n == 0 or key.endswith("-01") else "") for n, key in enumerate(found.months)]
    drawn["het-han"] = plots.columns("het-han", made["het-han"].finding, ending, under)
    drawn["chu-the"] = _kinds(found, made["chu-the"])
    return drawn


def _kinds(found: Figures, made: Table) -> Markup:
    """The three forms that the programme speaks of, and the rest."""
    forms = (ProducerKind.COOPERATIVE, ProducerKind.ENTERPRISE, ProducerKind.HOUSEHOLD)
    products = [sum(one.products for one in found.kinds if one.kind == form) for form in forms]
    producers = [sum(one.producers for one in found.kinds if one.kind == form) for form in forms]
    rest = [sum(one.products for one in found.kinds), sum(one.producers for one in found.kinds)]
    rows = [
        (_("Theo sản phẩm"), (*products, rest[0] - sum(products))),
        (_("Theo chủ thể"), (*producers, rest[1] - sum(producers))),
    ]
    return plots.shares("chu-the", made.finding, rows, [*(_(form.label) for form in forms), _("Loại hình khác")])

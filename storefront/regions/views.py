"""The map of today's provinces, and a province's page. Plain pages: every tile is a link."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from catalog.combos import lists as combos
from catalog.livestreams import lists
from catalog.products.sets import BRANCHES
from catalog.regions import (
    REGIONS,
    OldProvince,
    Province,
    Region,
    commune,
    merged_into,
    old_provinces,
    province_named,
    provinces,
    regions_of,
)  # fmt: skip
from catalog.regions import province as province_of
from catalog.regions.tiles import TILES, Tile
from catalog.salepoints.models import SalePoint
from storefront.regions import figures
from storefront.regions.figures import Profile, Tally
from storefront.regions.steps import Step, step_of, steps
from storefront.shop.adult import declared

MAKERS, COMMUNES = 12, 24  # at first sight
COMBOS = 4
MAKERS_A_PAGE = 60  # of all of them


@dataclass(frozen=True, slots=True)
class Square:
    """A tile of the map; `step` is its colour."""

    province: Province
    tile: Tile
    n: int
    step: int


@dataclass(frozen=True, slots=True)
class Part:
    """A province within a region; `olds` are the old provinces that lie there, empty where all of it does."""

    province: Province
    olds: tuple[OldProvince, ...]
    n: int


@require_GET
def country(request: HttpRequest) -> HttpResponse:
    """GET /vung/: the map, the programme's regions, and the old provinces."""
    adult = declared(request)
    tally = figures.tally(adult=adult)
    scale = steps(list(tally.provinces.values()))
    context = {
        "squares": _squares(tally, scale),
        "steps": scale,
        "some_empty": any(not tally.provinces[one.code] for one in provinces()),
        "regions": [(region, tally.regions[region.slug], parts_of(region, tally)) for region in REGIONS],
        "nowhere": tally.regions[""],
        "olds": [(old, now_of(old), tally.old_provinces[old.code]) for old in _by_name(old_provinces())],
        "total": tally.provinces.total(),
        "filled": sum(n > 0 for n in tally.provinces.values()),
        "adult": adult,
    }
    return render(request, "regions/country.html", context)


@require_GET
def province(request: HttpRequest, slug: str) -> HttpResponse:
    """GET /vung/<slug>/?chu-the=tat-ca&trang=: one province, its specialities and who makes them.

    A slug of none is a 404; a page of producers that there is not is the nearest that there is.
    """
    found = province_named(slug)
    if found is None:
        raise Http404
    adult = declared(request)
    tally, profile = figures.tally(adult=adult), figures.profile(found.code, adult=adult)
    makers = figures.makers(found.code, adult=adult)
    pages = Paginator(makers, MAKERS_A_PAGE if request.GET.get("chu-the") == "tat-ca" else MAKERS)
    olds = merged_into(found.code)
    context = {
        "province": found,
        "squares": _squares(tally, []),
        "total": tally.provinces[found.code],
        "olds": [(old, tally.old_provinces[old.code]) for old in olds] if len(olds) > 1 else [],
        "regions": regions_of(found.code),
        "makers": pages.get_page(request.GET.get("trang") if pages.per_page == MAKERS_A_PAGE else 1),
        "every_maker": pages.per_page == MAKERS_A_PAGE,
        "all_makers": len(makers),
        "cards": figures.best(found.code, adult=adult),
        "points": list(SalePoint.objects.filter(is_open=True, province_code=found.code).order_by("name")),
        "neighbours": _neighbours(found, tally),
        "combos": combos.of_province(found.code, COMBOS),
        "shows": lists.of_province(found.code),
        "adult": adult,
        **_profile_context(profile),
    }
    return render(request, "regions/province.html", context)


def parts_of(region: Region, tally: Tally) -> list[Part]:
    """The provinces of today that lie in a region, from north to south, with what is listed of that part."""
    found = []
    for code in TILES:
        olds = merged_into(code)
        here = tuple(old for old in olds if old.region == region.slug)
        if here:
            part = () if len(here) == len(olds) else here
            found.append(Part(province_of(code), part, tally.parts[region.slug, code]))
    return found


def now_of(old: OldProvince) -> Province | None:
    """The province of today that an old one became part of; None where it was never changed."""
    return province_of(old.province_code) if len(merged_into(old.province_code)) > 1 else None


def _squares(tally: Tally, scale: list[Step]) -> list[Square]:
    counted = ((code, tile, tally.provinces[code]) for code, tile in TILES.items())
    return [Square(province_of(code), tile, n, step_of(n, scale)) for code, tile, n in counted]


def _neighbours(found: Province, tally: Tally) -> list[tuple[Province, int]]:
    """The other provinces of its regions, from north to south, with all that they list."""
    wanted = {one.slug for one in regions_of(found.code)}
    others = [code for code in TILES if code != found.code and wanted & {r.slug for r in regions_of(code)}]
    return [(province_of(code), tally.provinces[code]) for code in others]


def _profile_context(profile: Profile) -> dict[str, object]:
    known = [(commune(code), n) for code, n in profile.communes.items() if code]
    known.sort(key=lambda pair: (-pair[1], pair[0].name, pair[0].code))
    return {
        "stars": sorted(profile.stars.items(), reverse=True),
        "branches": [(branch, n) for branch in BRANCHES if (n := profile.branches[branch.number])],
        "communes": known[:COMMUNES],
        "more_communes": known[COMMUNES:],
        "unplaced": profile.communes[""],
    }


def _by_name(olds: Iterable[OldProvince]) -> list[OldProvince]:
    return sorted(olds, key=lambda old: old.slug)

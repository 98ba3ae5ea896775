"""`./chosao search` and `./chosao reindex`."""

import json
import sys
from typing import Any

import click

from catalog.errors import ShopError
from catalog.producers.models import ProducerKind
from catalog.regions import REGIONS, find_province
from catalog.regions.places import places
from catalog.search.query import SORTS, SearchPage, SearchQuery
from catalog.search.services import catch_up
from catalog.search.services import reindex as build
from catalog.search.services import search as find
from catalog.text import fold

_KINDS = [str(kind.value) for kind in ProducerKind if kind.value]


@click.command()
@click.argument("query", default="")
@click.option("--province", multiple=True, help="A province by code or name, today's or an old one.")
@click.option("--region", multiple=True, type=click.Choice([region.slug for region in REGIONS]))
@click.option("--star", multiple=True, type=click.IntRange(3, 5))
@click.option("--branch", "--group", multiple=True, type=click.IntRange(1, 6), help="A branch, 1 to 6.")
@click.option("--producer-kind", multiple=True, type=click.Choice(_KINDS))
@click.option("--price-min", type=click.IntRange(0), help="Đồng.")
@click.option("--price-max", type=click.IntRange(0), help="Đồng.")
@click.option("--in-stock", is_flag=True)
@click.option("--adult", is_flag=True, help="With goods for adults only.")
@click.option("--sort", type=click.Choice(SORTS), default="relevance", show_default=True)
@click.option("--page", type=click.IntRange(1, 1000), default=1)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def search(query: str, province: tuple[str, ...], as_json: bool, **options: Any) -> None:
    """Search the listed products."""
    low, high = options["price_min"], options["price_max"]
    if low is not None and high is not None and low > high:
        raise click.BadParameter(f"{low} is above --price-max {high}", param_hint="--price-min")
    today, old = _places(province)
    try:
        catch_up()
        page = find(SearchQuery(text=query, province=today, old_province=old, **options))
    except ShopError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(2)
    click.echo(json.dumps(_as_dict(page), ensure_ascii=False)) if as_json else _print(page)


@click.command()
def reindex() -> None:
    """Build the search index anew."""
    try:
        count = build(lambda text: click.echo(text, err=True))
    except ShopError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(2)
    click.echo(f"{count} products indexed")


def _places(names: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Codes of today and of before. An old name that is not one of today's narrows to the old province."""
    today, old = [], []
    table = places()
    by_old = {fold(place.short): place.code for place in table.old_provinces.values()}
    by_new = {fold(place.short): place.code for place in table.provinces.values()}
    for name in names:
        if name in table.provinces:
            today.append(name)
        elif code := by_new.get(fold(name)):
            today.append(code)
        elif code := by_old.get(fold(name)):
            old.append(code)
        elif code := find_province(name):
            today.append(code)
        else:
            raise click.BadParameter(f"{name!r} is no province of Vietnam", param_hint="--province")
    return tuple(today), tuple(old)


def _as_dict(page: SearchPage) -> dict[str, Any]:
    return {
        "total": page.total,
        "items": [
            {"code": p.code, "name": p.name, "star": p.star, "province_code": p.province_code, "price": p.price_from}
            for p in page.products
        ],
        "facets": {name: {value.value: value.count for value in values} for name, values in page.facets.items()},
        "took_ms": page.took_ms,
    }


def _print(page: SearchPage) -> None:
    if page.corrected:
        click.echo(f"Results for {page.corrected!r}")
    for chip in page.chips:
        click.echo(f"In {chip.label_en}")
    for product in page.products:
        price = f"{product.price_from:,} đ" if product.price_from else "–"
        click.echo(
            f"{product.code}  {'★' * (product.star or 0):<5}  {price:>12}  {product.name} · {product.producer_name}"
        )
    click.echo(f"{page.total} products, {page.took_ms} ms")

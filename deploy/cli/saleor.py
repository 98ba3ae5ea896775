"""`./chosao saleor`: set up, install and mend the Saleor side."""

import json
import sys
from dataclasses import asdict
from datetime import timedelta

import click

from catalog import clock
from catalog.errors import ShopError
from deploy.cli.bootstrap import bootstrap

A_WEEK = timedelta(days=7)


@click.group()
def saleor() -> None:
    """Set up, install and mend the Saleor side."""


saleor.add_command(bootstrap)


@saleor.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def drift(as_json: bool) -> None:
    """Find where Saleor and the shop differ, and mend it: products, prices, stock, a week of orders."""
    from catalog.offers.services import reconcile_offers
    from ocop_sync.publish.drift import find_publication_drift
    from ocop_sync.publish.services import publish_codes
    from storefront.orders.services import reconcile
    from storefront.orders.unfinished import finish_all

    with click.progressbar(length=1, label="Comparing", file=sys.stderr) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = max(1, total)
            bar.update(done - bar.pos)

        try:
            products = find_publication_drift(progress)
            mended = publish_codes(products.found)
            offers, orders = reconcile_offers(), reconcile(clock.now() - A_WEEK)
            finish_all()
        except ShopError as error:
            raise click.ClickException(error.message("en")) from error
    report = {
        "products": products.as_dict(), "mended": mended.as_dict(), "offers": asdict(offers), "orders": asdict(orders),
    }  # fmt: skip
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False))
    else:
        click.echo(f"products: {products.read} read, {len(products.found)} differed; {mended}")
        click.echo(f"offers: {offers.read} read, {len(offers.changed)} differed, {len(offers.gone)} gone")
        click.echo(f"orders: {orders.read} read, {len(orders.changed)} differed")
    sys.exit(1 if mended.refused else 0)

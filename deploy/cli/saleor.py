"""`./chosao saleor`: set up, install and mend the Saleor side."""

import json
import sys
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

import click

from catalog import clock
from catalog.errors import ShopError
from deploy.cli.bootstrap import bootstrap

A_WEEK = timedelta(days=7)
DIFFERED = 3


@click.group()
def saleor() -> None:
    """Set up, install and mend the Saleor side."""


saleor.add_command(bootstrap)


@saleor.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def drift(as_json: bool) -> None:
    """Find where Saleor and the shop differ, and mend it: products, prices, stock, a week of orders.

    Exit codes: 0 nothing differed, 3 something did and was mended, 1 something could not be mended or compared.
    """
    with click.progressbar(length=1, label="Comparing", file=sys.stderr) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = max(1, total)
            bar.update(done - bar.pos)

        try:
            report, code = _compare(progress)
        except ShopError as error:
            raise click.ClickException(error.message("en")) from error
    click.echo(json.dumps(report, ensure_ascii=False) if as_json else _told(report))
    sys.exit(code)


def _compare(progress: Any) -> tuple[dict[str, Any], int]:
    from catalog.offers.services import reconcile_offers
    from ocop_sync.publish.drift import find_publication_drift
    from ocop_sync.publish.services import publish_codes
    from storefront.orders.reconciling import reconcile, reread_open
    from storefront.orders.unfinished import finish_all

    products = find_publication_drift(progress)
    mended = publish_codes(products.found)
    offers, orders = reconcile_offers(), reconcile(clock.now() - A_WEEK)
    orders.add(reread_open())
    finish_all()
    report = {
        "products": products.as_dict(), "mended": mended.as_dict(), "offers": asdict(offers), "orders": asdict(orders),
    }  # fmt: skip
    if mended.refused or orders.failed:
        return report, 1
    return report, DIFFERED if products.found or offers.found or orders.changed else 0


def _told(report: dict[str, Any]) -> str:
    """The report in a few lines: what was read, and every one that differed."""
    lines = []
    for subject in ("products", "offers", "orders"):
        facts = report[subject]
        lines.append(f"{subject}: {facts['read']} read")
        kinds = {kind: found for kind, found in facts.items() if kind not in ("read", "unknown") and found}
        lines += [f"  {kind}: {', '.join(map(str, found))}" for kind, found in kinds.items()]
        if not kinds:
            lines[-1] += ", nothing differed"
        if unknown := facts.get("unknown"):
            lines.append(f"  not from our checkout: {', '.join(unknown)}")
    refused = report["mended"]["refused"]
    lines += [f"could not be mended: {code}: {why}" for code, why in refused.items()]
    return "\n".join(lines)


@saleor.command()
@click.option("--since", type=click.DateTime(), help="Only what was received since then (the shop's time zone).")
@click.option("--event", default="", help="Only this event, such as OrderUpdated.")
@click.option("--given-up", is_flag=True, help="Only what failed too often.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def replay(since: datetime | None, event: str, given_up: bool, as_json: bool) -> None:
    """Have webhooks that were worked off, or given up, worked off once more.

    For what Saleor could not deliver at all, use `drift`.
    """
    from catalog.saleor.webhooks.inbox import replay as run
    from catalog.saleor.webhooks.subscription import SUBJECTS

    if not (since or event or given_up):
        raise click.UsageError("say which: --since, --event or --given-up")
    if event and event not in SUBJECTS:
        raise click.UsageError(f"there is no event {event!r}; there are: {', '.join(sorted(SUBJECTS))}")
    count = run(since=since and since.replace(tzinfo=since.tzinfo or clock.TIME_ZONE), event=event, given_up=given_up)
    click.echo(json.dumps({"replayed": count}) if as_json else f"{count} messages are due again")


@saleor.command("rotate-token-key")
def rotate_token_key() -> None:
    """Encrypt the stored tokens anew with the first of CHOSAO_TOKEN_KEYS. The other keys may then be taken away."""
    from catalog.saleor.app.tokens import rotate_keys

    try:
        count = rotate_keys()
    except ShopError as error:
        raise click.ClickException(error.message("en")) from error
    click.echo(f"{count} tokens are encrypted with the first key")

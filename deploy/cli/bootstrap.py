"""`./chosao saleor bootstrap`: everything that the shop needs in Saleor, shown first, then made."""

import json
import os
import sys
from collections.abc import Sequence

import click

from catalog.errors import ShopError
from catalog.saleor.client import Saleor
from catalog.saleor.setup.account import sign_in
from catalog.saleor.setup.bootstrap import Bootstrap
from catalog.saleor.setup.changes import Change


@click.command()
@click.option("--email", help="Sign in to Saleor as this member of staff, to make the app and its token. "
              "The password is asked for, or taken from SALEOR_STAFF_PASSWORD.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Only show what would be done.")
@click.option("--yes", is_flag=True, help="Do it without asking.")
@click.option("--shared-settings", is_flag=True, help="Also change settings that other channels of this Saleor share.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def bootstrap(*, email: str | None, dry_run: bool, yes: bool, shared_settings: bool, as_json: bool) -> None:
    """Set Saleor up: app, channel, taxes, attributes, product types, categories, shipping, webhook, warehouses.

    A repeat changes nothing. Of a Saleor that others use as well, it touches only what bears our names.
    """
    if not (dry_run or yes or sys.stdin.isatty()):
        raise click.UsageError("nobody is there to ask: give --yes, or --dry-run")
    try:
        work = Bootstrap(_staff(email))
        planned = work.plan()
        if not as_json:
            _show(planned)
        if planned and not dry_run:
            if not yes:
                click.confirm("Do this now?", abort=True, err=True)
            _make(work, len(planned), shared=shared_settings)
    except ShopError as error:
        raise click.ClickException(error.message("en")) from error
    if as_json:
        rows = [{"what": c.what, "details": c.details, "shared": c.shared} for c in planned]
        click.echo(json.dumps({"dry_run": dry_run, "changes": rows}, ensure_ascii=False))


def _staff(email: str | None) -> Saleor | None:
    if not email:
        return None
    password = os.environ.get("SALEOR_STAFF_PASSWORD") or click.prompt("Password", hide_input=True, err=True)
    return sign_in(email, password)


def _show(changes: Sequence[Change]) -> None:
    if not changes:
        click.echo("Everything is in place.")
    for change in changes:
        sign = "~" if change.details else "+"
        click.echo(f"{sign} {change.what}{'  (shared with other channels)' if change.shared else ''}")
        for detail in change.details:
            click.echo(f"      {detail}")
    if changes:
        made = sum(not change.details for change in changes)
        click.echo(f"{made} to make, {len(changes) - made} to correct.")


def _make(work: Bootstrap, expected: int, *, shared: bool) -> None:
    with click.progressbar(length=expected, label="Setting up", file=sys.stderr) as bar:
        work.carry_out(shared=shared, done=lambda _change: bar.update(1))
        bar.update(expected)

"""Small commands: verify, publish, sweep, bench."""

import json
import os
import subprocess
import sys
from pathlib import Path

import click

from catalog import clock

ROOT = Path(__file__).resolve().parent.parent.parent


@click.command()
@click.argument("code")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def verify(code: str, as_json: bool) -> None:
    """Is the star behind CODE real and in force today?"""
    from catalog.certificates.verify import verify as verify_code

    result = verify_code(code)
    if as_json:
        click.echo(json.dumps(result.as_dict(), ensure_ascii=False))
    else:
        click.echo(result.sentence("vi"))
    sys.exit(0 if result.state == "in_force" else 1)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def publish(as_json: bool) -> None:
    """Bring Saleor up to date with the catalogue: delistings first, only what changed."""
    from catalog.errors import ShopError
    from ocop_sync.publish.services import publish_all

    with click.progressbar(length=1, label="Publishing", file=sys.stderr) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = max(1, total)
            bar.update(done - bar.pos)

        try:
            report = publish_all(progress)
        except ShopError as error:
            raise click.ClickException(error.message("en")) from error
    click.echo(json.dumps(report.as_dict(), ensure_ascii=False) if as_json else str(report))
    sys.exit(1 if report.refused else 0)


@click.command()
def sweep() -> None:
    """Announce the products whose certificate began or ended since the last sweep; warn of those that end soon."""
    from catalog.warnings.services import warn
    from ocop_sync.sweep import sweep as run

    today = clock.today()
    click.echo(f"{run(today)} products announced, {warn(today)} warnings given")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def health(as_json: bool) -> None:
    """How the shop and its Saleor are; ends with 1 when something has to be looked at."""
    from django.core.serializers.json import DjangoJSONEncoder
    from django.utils import translation

    from ocop_sync.desk.health import PROBLEMS
    from ocop_sync.desk.health import health as read

    found = read()
    if as_json:
        click.echo(json.dumps(found.as_dict(), ensure_ascii=False, cls=DjangoJSONEncoder))
    else:
        with translation.override("en"):
            click.echo("\n".join(str(PROBLEMS[name]) for name in found.problems) or "All is well.")
    sys.exit(1 if found.problems else 0)


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("name")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def bench(name: str, arguments: tuple[str, ...]) -> None:
    """Run the benchmark NAME of deploy/bench."""
    known = sorted(p.stem for p in (ROOT / "deploy" / "bench").glob("*.py") if not p.stem.startswith("_"))
    if name not in known:
        raise click.UsageError(f"there is no benchmark {name!r}; there are: {', '.join(known)}")
    own = os.environ | {"ELASTICSEARCH_INDEX": "chosao-bench"}  # never the shop's
    sys.exit(subprocess.call([sys.executable, "-m", f"deploy.bench.{name}", *arguments], cwd=ROOT, env=own))  # noqa: S603


@click.command()
def migrate() -> None:
    """Bring the database up to date. Two at once do it one after the other; a repeat does nothing."""
    from deploy.cli.__main__ import set_up

    set_up()
    from django.db import DatabaseError

    from deploy.cli.database import migrate as apply_pending

    try:
        done = apply_pending()
    except DatabaseError as error:
        raise click.ClickException(f"the database does not answer: {error}") from error
    click.echo(f"{len(done)} migrations applied" if done else "nothing to do: the database is up to date")

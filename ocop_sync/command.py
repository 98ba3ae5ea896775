"""`./chosao sync [SOURCE]`: exit codes 0 applied (or a dry run), 2 unusable source, 3 stopped by a guard."""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from catalog.errors import ShopError
from catalog.search.errors import SearchUnavailable
from catalog.search.services import catch_up
from ocop_sync.errors import ClockBackwards, MassDelist
from ocop_sync.runs.report import Report
from ocop_sync.runs.services import run_sync
from ocop_sync.sources.mapping import load_mapping

UNUSABLE, GUARDED = 2, 3


@click.command()
@click.argument("source", default="")
@click.option("--source-name", default="", help="Whose list this is; without SOURCE, a source of the file of sources.")
@click.option("--dry-run", is_flag=True, help="Read, judge and compare; change nothing.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Judge as of this day instead of today.")
@click.option("--province", default="", help="The province of places that name none.")
@click.option("--evidence", type=click.Choice(["A", "B1"]), help="The tier that an officer vouches for.")
@click.option(
    "--columns",
    type=click.Path(path_type=Path),
    help='A TOML file for headers that are not known: [columns] "Số văn bản" = "decision".',
)
@click.option("--delta", is_flag=True, help="What the source lacks is not withdrawn.")
@click.option("--allow-mass-delist", is_flag=True, help="An officer has checked what would be delisted.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON object.")
@click.option("--records", type=click.Choice(["all", "problems", "none"]), default="all", show_default=True)
def sync(
    source: str,
    source_name: str,
    dry_run: bool,
    as_of: datetime | None,
    province: str,
    evidence: str | None,
    columns: Path | None,
    delta: bool,
    allow_mass_delist: bool,
    as_json: bool,
    records: str,
) -> None:
    """Bring one registry SOURCE (a workbook, a CSV table, a feed's file or address) into the catalogue.

    Without SOURCE, its address and options come from the file of sources (./chosao sources); options given here go
    before those of the file.
    """
    if not source and not source_name:
        raise click.UsageError("name a SOURCE, or one of the file of sources by --source-name")
    code, given = 0, {"province": province, "evidence": evidence, "delta": delta}
    try:
        address, options = (source, {}) if source else _of_file(source_name)
        options |= {name: value for name, value in given.items() if value}
        if columns:
            options["columns"] = load_mapping(columns)
        report = run_sync(
            address,
            source_name=source_name,
            dry_run=dry_run,
            as_of=as_of.date() if as_of else None,
            allow_mass_delist=allow_mass_delist,
            progress=lambda text: click.echo(text, err=True),
            **options,
        )
        if not dry_run:
            _index()
    except MassDelist as error:
        click.echo(f"Error: {error}", err=True)
        report, code = error.report, GUARDED
    except ShopError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(GUARDED if isinstance(error, ClockBackwards) else UNUSABLE)
    if as_json:
        click.echo(json.dumps(report.as_dict(records), ensure_ascii=False))
    else:
        _print(report, records)
    sys.exit(code)


def _of_file(name: str) -> tuple[str, dict[str, Any]]:
    """Address and options of a source of the file of sources."""
    from ocop_sync.configured.services import taken_from_file  # noqa: PLC0415 - a source that is named needs none of it

    return taken_from_file(name)


def _index() -> None:
    """The catalogue is written whatever becomes of the index: its changes wait in the outbox."""
    try:
        catch_up()
    except SearchUnavailable as error:
        click.echo(f"The search index waits: {error}", err=True)


def _print(report: Report, records: str) -> None:
    for note in report.notes:
        click.echo(note)
    for record in report.as_dict(records)["records"]:
        if record["outcome"] != "listed":
            place = f"{record['sheet'] or ''}:{record['row']}"
            click.echo(f"{place:>10}  {record['outcome']:<8} {record['product']}  {', '.join(record['reasons'])}")
    click.echo(", ".join(f"{name} {count}" for name, count in report.counts().items()))

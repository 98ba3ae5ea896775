"""`./chosao sources`: what the file of sources says and how each stands. Exit codes: 0, 2 wrong file or reference."""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.utils import translation

from catalog import clock
from catalog.errors import ShopError
from ocop_sync.configured.crontab import in_words
from ocop_sync.configured.errors import CredentialMissing, SourcesFileWrong
from ocop_sync.configured.file import Configured, load
from ocop_sync.configured.references import resolve
from ocop_sync.configured.services import adopt
from ocop_sync.configured.standing import Standing, standing

WRONG = 2


@click.command()
@click.option("--check", is_flag=True, help="Only look at the file: is it right, and is every credential there?")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def sources(check: bool, as_json: bool) -> None:
    """The registry sources that the file names (CHOSAO_SOURCES, by default sources.toml in the home folder)."""
    path = Path(settings.SOURCES_FILE)
    try:
        told = load(path)
    except SourcesFileWrong as error:
        _refuse([error], as_json)
        sys.exit(WRONG)
    if check:
        missing = _missing(told)
        if missing:
            _refuse(missing, as_json)
            sys.exit(WRONG)
        _say(
            {"file": str(path), "ok": True, "sources": list(told)},
            as_json,
            f"{path.name}: {len(told)} sources, all right",
        )
        return
    if path.exists():  # a process that does not see the file must not take everything out
        adopt(told)
    rows = standing()
    if as_json:
        click.echo(json.dumps({"file": str(path), "sources": [_facts(row) for row in rows]}, ensure_ascii=False))
        return
    if not rows:
        click.echo(f"{path} names no source" if path.exists() else f"there is no {path}")
    with translation.override("en"):
        for row in rows:
            _print(row)


def _missing(told: dict[str, Configured]) -> list[CredentialMissing]:
    """Credentials that are not where the file says; what is there is looked at and forgotten."""
    found = []
    for name, one in told.items():
        try:
            resolve(one.token, name)
        except CredentialMissing as error:
            found.append(error)
    return found


def _refuse(errors: list[SourcesFileWrong] | list[CredentialMissing], as_json: bool) -> None:
    problems: list[dict[str, Any]] = []
    for error in errors:
        for one in error.problems if isinstance(error, SourcesFileWrong) else [error]:
            say = one.message if isinstance(one, ShopError) else one.sentence
            problems.append({"vi": say("vi"), "en": say("en")})
        click.echo(f"Error: {error.message('en')}", err=True)
    if as_json:
        click.echo(
            json.dumps({"file": str(settings.SOURCES_FILE), "ok": False, "problems": problems}, ensure_ascii=False)
        )


def _say(facts: dict[str, Any], as_json: bool, sentence: str) -> None:
    click.echo(json.dumps(facts, ensure_ascii=False) if as_json else sentence)


def _facts(row: Standing) -> dict[str, Any]:
    return {
        "name": row.name, "kind": row.kind, "address": row.address, "schedule": row.schedule, "state": row.state,
        "last_run": row.run.state if row.run else None, "last_run_at": _iso(row.run_at), "good_at": _iso(row.good_at),
        "next_at": _iso(row.next_at), "problem": row.problem,
    }  # fmt: skip


def _iso(moment: datetime | None) -> str | None:
    return moment.astimezone(clock.TIME_ZONE).isoformat(timespec="seconds") if moment else None


def _print(row: Standing) -> None:
    when = row.next_at.astimezone(clock.TIME_ZONE).strftime("%d/%m/%Y %H:%M") if row.next_at else "–"
    good = row.good_at.astimezone(clock.TIME_ZONE).strftime("%d/%m/%Y %H:%M") if row.good_at else "never"
    click.echo(f"{row.name}: {row.state}; {row.kind}, {row.address}; {in_words(row.schedule)}")
    click.echo(f"  last good run {good}, next {when}")
    if row.problem:
        click.echo(f"  {row.problem}")

"""`python -m deploy.cli`: what `./chosao` runs."""

import gc
import importlib
import os
import sys

import click

COMMANDS = {
    "up": ("deploy.cli.up:up", "Open the whole shop."),
    "test": ("deploy.cli.quality:test", "Run the tests."),
    "check": ("deploy.cli.quality:check", "Lint, types, import rules, document validation."),
    "sync": ("ocop_sync.command:sync", "Bring a registry source into the catalogue."),
    "sources": ("ocop_sync.configured.command:sources", "The sources of the file, and when each is synced."),
    "search": ("catalog.search.command:search", "Search the listed products."),
    "reindex": ("catalog.search.command:reindex", "Build the search index anew."),
    "verify": ("deploy.cli.work:verify", "Is the star behind a code real and in force?"),
    "publish": ("deploy.cli.work:publish", "Bring Saleor up to date with the catalogue."),
    "sweep": ("deploy.cli.work:sweep", "Announce certificates that began or ended."),
    "saleor": ("deploy.cli.saleor:saleor", "Set up, install and mend the Saleor side."),
    "bench": ("deploy.cli.work:bench", "Run a benchmark."),
    "health": ("deploy.cli.work:health", "How the shop and its Saleor are."),
    "migrate": ("deploy.cli.work:migrate", "Bring the database up to date."),
    "run": ("deploy.cli.roles:run", "Run one process of the shop: web, worker, beat or indexer."),
}
THEMSELVES = {"test", "check", "up", "run", "migrate"}  # need no database, or see to it on their own


class LazyGroup(click.Group):
    """Loads a command, and Django, only when that command runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order above."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command by its name, with the shop's database brought up to date first."""
        if cmd_name not in COMMANDS:
            return None
        if cmd_name not in THEMSELVES:
            set_up()
            importlib.import_module("deploy.cli.database").require_migrated()
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without loading any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


def set_up() -> None:
    """Set Django up, and Celery with it, so that what a command commits wakes the workers."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings")
    django.setup()
    importlib.import_module("deploy.celery")
    gc.freeze()  # what was imported stays; to look through it again and again took a sixth of a sync's time
    gc.set_threshold(50_000, 20, 100)  # a sync makes objects by the ten thousand and leaves few cycles behind


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Chợ Sao: a shop that lists only verified OCOP products."""


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings")
    sys.argv[0] = "chosao"
    main(prog_name="./chosao")

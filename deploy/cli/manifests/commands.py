"""Are the arguments of a container a command line that `./chosao` takes?"""

import importlib

import click

from deploy.cli.__main__ import COMMANDS

# Without an indexer at work these bring the index up to date themselves.
INDEXING = frozenset({"sync", "search", "reindex"})


def refused(arguments: list[str]) -> str:
    """Why the command line would be refused; empty where it would not. Nothing is run."""
    name, *rest = arguments
    if name not in COMMANDS:
        return f"there is no command {name!r}"
    module, _, attribute = COMMANDS[name][0].partition(":")
    command: click.Command = getattr(importlib.import_module(module), attribute)
    try:
        _parse(command, name, rest)
    except click.UsageError as error:
        return error.format_message()
    return ""


def needs_index(arguments: list[str]) -> bool:
    """Does it read or write the search index?"""
    return arguments[0] in INDEXING or arguments[:2] in (["run", "web"], ["run", "indexer"])


def _parse(command: click.Command, name: str, rest: list[str]) -> None:
    if isinstance(command, click.Group):
        with command.make_context(name, rest) as context:
            _, found, more = command.resolve_command(context, list(rest))
            if found is not None:
                _parse(found, found.name or "", more)
    else:
        with command.make_context(name, rest):
            return

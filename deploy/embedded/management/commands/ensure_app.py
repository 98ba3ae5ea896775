"""`ensure_app --name X --token-file F`: an app with all permissions, its token in a file only its owner can read."""

import os
from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from deploy.embedded.apps.services import ensure_app


class Command(BaseCommand):
    """Runs any number of times: the token in the file stays the app's."""

    help = "Make sure that an app with all permissions exists and that its token is in a file (mode 0600)."

    def add_arguments(self, parser: CommandParser) -> None:
        """The app and where its token goes."""
        parser.add_argument("--name", required=True)
        parser.add_argument("--token-file", required=True, type=Path)

    def handle(self, *_args: object, name: str, token_file: Path, **_options: object) -> None:
        """Keep the file's token, or write a new one."""
        kept = token_file.read_text().strip() if token_file.exists() else None
        with transaction.atomic():
            token = ensure_app(name, kept)
        if token == kept:
            return
        token_file.parent.mkdir(parents=True, exist_ok=True)
        fresh = token_file.with_suffix(f"{token_file.suffix}.new")
        with os.fdopen(os.open(fresh, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as file:
            file.write(token)
        fresh.replace(token_file)

"""`ensure_app --name X [--identifier I] [--permissions A,B]`: an app, and a new token of it on standard output."""

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from deploy.embedded.apps.permissions import PERMISSIONS
from deploy.embedded.apps.services import ensure_app


class Command(BaseCommand):
    """Every run issues a new token, shown this once; tokens that earlier runs issued open nothing any more."""

    help = "Make sure that an app exists, and print a new token of it."

    def add_arguments(self, parser: CommandParser) -> None:
        """The app and what it may do; by default everything."""
        parser.add_argument("--name", required=True)
        parser.add_argument("--identifier", default="")
        parser.add_argument("--permissions", default=",".join(PERMISSIONS.split()))

    def handle(self, *_args: object, name: str, identifier: str, permissions: str, **_options: object) -> None:
        """One transaction: the old tokens end when the new one begins."""
        with transaction.atomic():
            token = ensure_app(name, identifier, permissions.split(","))
        self.stdout.write(token)

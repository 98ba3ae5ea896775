"""`print_schema`: the server's schema, from which the typed client is generated."""

from django.core.management.base import BaseCommand
from graphql import print_schema

from deploy.embedded.schema.root import SCHEMA


class Command(BaseCommand):
    """Prints and changes nothing."""

    help = "Print the schema definition (SDL)."
    requires_system_checks: list[str] = []

    def handle(self, *_args: object, **_options: object) -> None:
        """To standard output."""
        self.stdout.write(print_schema(SCHEMA))

"""`python -m deploy.embedded.manage COMMAND`: migrate, ensure_app, print_schema, send_webhooks."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run one management command with this project's settings, whatever the shop's own are."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "deploy.embedded.settings"
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()

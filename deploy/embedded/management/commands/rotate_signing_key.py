"""`rotate_signing_key`: sign webhooks with a new key."""

from django.core.management.base import BaseCommand

from deploy.embedded.webhooks.signing import rotate


class Command(BaseCommand):
    """Running senders take the new key with their next delivery; the old one is published until the next rotation."""

    help = "Sign webhooks with a new key; the one before stays in the JWKS until the next rotation."

    def handle(self, *_args: object, **_options: object) -> None:
        """At one blow: nobody reads half a key."""
        rotate()

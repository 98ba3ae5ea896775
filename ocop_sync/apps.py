"""The sync as one Django app."""

from django.apps import AppConfig


class OcopSyncConfig(AppConfig):
    """Runs and staged records."""

    name = "ocop_sync"
    label = "ocop_sync"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen for Saleor's product events."""
        from ocop_sync.publish import webhooks  # noqa: F401, PLC0415 - models are ready only now

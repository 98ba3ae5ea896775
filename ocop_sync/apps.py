"""The sync as one Django app."""

from django.apps import AppConfig


class OcopSyncConfig(AppConfig):
    """Runs and staged records."""

    name = "ocop_sync"
    label = "ocop_sync"
    default_auto_field = "django.db.models.BigAutoField"

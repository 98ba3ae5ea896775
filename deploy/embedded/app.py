"""The one Django application of this project; every table's name starts with its label."""

from django.apps import AppConfig


class EmbeddedConfig(AppConfig):
    """All nouns share one label and one chain of migrations: they are one schema."""

    name = "deploy.embedded"
    label = "embedded"
    default_auto_field = "django.db.models.BigAutoField"

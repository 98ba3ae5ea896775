"""The catalogue as one Django app: one folder per noun, one history of migrations."""

from django.apps import AppConfig


class CatalogConfig(AppConfig):
    """Models of every noun of the catalogue live under the label `catalog`."""

    name = "catalog"
    label = "catalog"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen for Saleor's variant events."""
        from catalog.offers import handlers  # noqa: F401, PLC0415 - models are ready only now

"""The shop as one Django app."""

from django.apps import AppConfig


class StorefrontConfig(AppConfig):
    """Baskets, orders and the pages."""

    name = "storefront"
    label = "storefront"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen for Saleor's order events."""
        from storefront.orders import webhooks  # noqa: F401, PLC0415 - models are ready only now

"""Permanent addresses of the shop's pages, as others may link to them; in the active language."""

from django.conf import settings
from django.urls import reverse

from catalog.products.models import Product


def page(name: str, *arguments: object) -> str:
    """The whole address of a page by its name."""
    return f"{settings.PUBLIC_URL}{reverse(name, args=arguments)}"


def of_product(product: Product) -> str:
    """A product's page."""
    return f"{settings.PUBLIC_URL}{product.get_absolute_url()}"

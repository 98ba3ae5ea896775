"""Products as the lists show them."""

from collections.abc import Iterable
from dataclasses import dataclass

from catalog.products.models import Product
from catalog.regions import commune, province
from catalog.shelf import OnShelf


@dataclass(frozen=True, slots=True)
class Card:
    """A product and its place of today in words."""

    product: OnShelf
    place: str


def cards(products: Iterable[OnShelf]) -> list[Card]:
    """Cards in the order given."""
    return [Card(product, province(product.province_code).short) for product in products]


def place_of(product: Product) -> str:
    """Today's commune and province: "Xã Ninh Gia, Tỉnh Lâm Đồng"."""
    names = [commune(product.commune_code).name] if product.commune_code else []
    return ", ".join([*names, province(product.province_code).name])

"""What the shop may do in Saleor: exactly what its documents need, and nothing more.

Checkouts and payments are not among them: a checkout is its buyer's own, and an order is marked as paid by those who
manage orders.
"""

from typing import Final

PERMISSIONS: Final[tuple[str, ...]] = (
    "MANAGE_PRODUCTS",  # products, variants, prices, stock, warehouses, categories
    "MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES",
    "MANAGE_CHANNELS",
    "MANAGE_SHIPPING",
    "MANAGE_SETTINGS",
    "MANAGE_TAXES",
    "MANAGE_ORDERS",
)

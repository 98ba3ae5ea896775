"""What the shop may do in Saleor: exactly what its documents need, and nothing more.

Payments are not among them: an order is marked as paid by those who manage orders. Nor is managing checkouts: a
checkout is its buyer's own, and only prices of their own for its lines need a permission.
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
    "HANDLE_CHECKOUTS",  # prices of boxes' parts
)

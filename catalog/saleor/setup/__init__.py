"""What Saleor must hold before the shop can publish and sell: made once, brought up to date, never doubled."""

from catalog.saleor.setup.catalogue import category_id, product_type_id
from catalog.saleor.setup.selling import CHANNEL, SHIPPING, channel_id
from catalog.saleor.setup.services import SetupReport, ensure_setup
from catalog.saleor.setup.warehouses import WarehouseFacts, settle_warehouse, warehouse_id

__all__ = [
    "CHANNEL", "SHIPPING", "SetupReport", "WarehouseFacts", "category_id", "channel_id", "ensure_setup",
    "product_type_id", "settle_warehouse", "warehouse_id",
]  # fmt: skip

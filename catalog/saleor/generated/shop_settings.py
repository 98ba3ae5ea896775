from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class ShopSettings(BaseModel):
    shop: "ShopSettingsShop"


class ShopSettingsShop(BaseModel):
    name: str
    version: str
    fulfillment_allow_unpaid: bool = Field(alias="fulfillmentAllowUnpaid")
    fulfillment_auto_approve: bool = Field(alias="fulfillmentAutoApprove")
    track_inventory_by_default: Optional[bool] = Field(alias="trackInventoryByDefault")
    limit_quantity_per_checkout: Optional[int] = Field(alias="limitQuantityPerCheckout")
    use_legacy_shipping_zone_stock_availability: bool = Field(
        alias="useLegacyShippingZoneStockAvailability"
    )


ShopSettings.model_rebuild()

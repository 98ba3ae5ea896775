"""What the shop says of itself to a Saleor that is to install it."""

from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from catalog.saleor.app.permissions import PERMISSIONS
from catalog.saleor.webhooks.subscription import EVENTS, NAME, QUERY

IDENTIFIER: Final = "vn.chosao.shop"
VERSION: Final = "0.1.0"
SALEOR: Final = ">=3.23 <4"
ABOUT: Final = (
    "Chợ Sao bán các sản phẩm OCOP đã được xác minh. Ứng dụng đưa sản phẩm được công nhận lên Saleor, nhận giá, tồn "
    "kho và đơn hàng từ Saleor. / Chợ Sao sells verified OCOP products. The app publishes recognised products to "
    "Saleor, and follows the prices, stock and orders that Saleor holds."
)


def manifest() -> dict[str, Any]:
    """The manifest as Saleor reads it; every address lies under the shop's public one."""
    return {
        "id": IDENTIFIER,
        "name": NAME,
        "version": VERSION,
        "about": ABOUT,
        "author": NAME,
        "requiredSaleorVersion": SALEOR,
        "permissions": list(PERMISSIONS),
        "appUrl": _address("saleor_app"),
        "tokenTargetUrl": _address("saleor_register"),
        "homepageUrl": _address("home"),
        "supportUrl": _address("policies"),
        "dataPrivacyUrl": _address("policies"),
        "webhooks": [
            {
                "name": NAME,
                "targetUrl": _address("saleor_webhook"),
                "asyncEvents": list(EVENTS),
                "query": QUERY,
                "isActive": True,
            }
        ],
    }


def _address(view: str) -> str:
    with translation.override("vi"):
        return settings.PUBLIC_URL + reverse(view)

"""The whole set-up as one use case."""

from dataclasses import dataclass

from django.conf import settings

from catalog.saleor.client import Saleor
from catalog.saleor.setup.catalogue import ensure_attributes, ensure_categories, ensure_product_types
from catalog.saleor.setup.selling import ensure_channel, ensure_shipping, ensure_shop_settings
from catalog.saleor.setup.subscriptions import ensure_webhook
from catalog.saleor.webhooks.subscription import HOOK_PATH


@dataclass(frozen=True, slots=True)
class SetupReport:
    """What had to be made or corrected; empty when everything was in place."""

    changed: tuple[str, ...]


def ensure_setup(api: Saleor, webhook_url: str | None = None) -> SetupReport:
    """Bring Saleor's set-up to what the shop relies on; a repeat, or a second one at the same time, changes nothing.

    `webhook_url` is where Saleor reaches us: by default `HOOK_PATH` under the shop's public address.
    Raises SaleorUnavailable, PermissionDenied and SaleorRefused.
    """
    changed = [
        *ensure_shop_settings(api),
        *ensure_channel(api),
        *ensure_attributes(api),
        *ensure_product_types(api),
        *ensure_categories(api),
        *ensure_shipping(api),
        *ensure_webhook(api, webhook_url or settings.PUBLIC_URL + HOOK_PATH),
    ]
    return SetupReport(tuple(changed))

"""The whole set-up as one use case: look, then do."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings

from catalog.errors import ShopError
from catalog.saleor.client import Saleor
from catalog.saleor.setup.catalogue import plan_attributes, plan_categories, plan_product_types
from catalog.saleor.setup.changes import Change, SharedSettings, make
from catalog.saleor.setup.selling import plan_channel, plan_shipping, plan_shop_settings, used_by_others
from catalog.saleor.setup.subscriptions import plan_webhook
from catalog.saleor.turns import alone
from catalog.saleor.webhooks.subscription import HOOK_PATH

PATIENCE = 60.0  # seconds that a set-up waits for another one


class SetupBusy(ShopError):
    """Another process of this shop sets Saleor up at this moment."""

    code = "setup_busy"
    status = 409
    vi = "Một tiến trình khác đang thiết lập Saleor. Xin chạy lại sau ít phút."
    en = "Another process is setting Saleor up at this moment. Please run this again in a few minutes."


@dataclass(frozen=True, slots=True)
class SetupReport:
    """What had to be made or corrected; empty when everything was in place."""

    changed: tuple[str, ...]


def plan_setup(api: Saleor, webhook_url: str | None = None) -> list[Change]:
    """What Saleor lacks of what the shop relies on, in the order in which it has to be made. Changes nothing.

    `webhook_url` is where Saleor reaches us: by default `HOOK_PATH` under the shop's public address.
    Raises SetupConflict, SaleorUnavailable and PermissionDenied.
    """
    return [
        *plan_shop_settings(api),
        *plan_channel(api),
        *plan_attributes(api),
        *plan_product_types(api),
        *plan_categories(api),
        *plan_shipping(api),
        *plan_webhook(api, webhook_url or settings.PUBLIC_URL + HOOK_PATH),
    ]


def require_consent(api: Saleor, changes: list[Change]) -> None:
    """Raises SharedSettings where these would change what other channels of this Saleor sell by."""
    shared = [str(change) for change in changes if change.shared]
    if shared and used_by_others(api):
        raise SharedSettings(changes="; ".join(shared))


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Not all things of Saleor have a unique name: two set-ups at once could double them. Raises SetupBusy."""
    with alone("setup", PATIENCE) as mine:
        if not mine:
            raise SetupBusy
        yield


def ensure_setup(
    api: Saleor, webhook_url: str | None = None, done: Callable[[Change], None] = lambda change: None
) -> SetupReport:
    """Bring Saleor's set-up to what the shop relies on; a repeat changes nothing.

    Raises SetupBusy, SetupConflict, SharedSettings, SaleorUnavailable, PermissionDenied and SaleorRefused.
    """
    with one_at_a_time():
        changes = plan_setup(api, webhook_url)
        require_consent(api, changes)
        make(changes, done)
    return SetupReport(tuple(change.what for change in changes))

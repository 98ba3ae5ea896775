"""What the app may do: each permission is needed by something that we send, and together they are enough for it."""

from collections.abc import Callable, Iterator

import pytest

from catalog.saleor.app.permissions import PERMISSIONS
from catalog.saleor.client import PermissionDenied, Saleor
from catalog.saleor.generated.input_types import (
    ChannelUpdateInput,
    CheckoutCreateInput,
    CheckoutLineInput,
    ProductInput,
    ProductTypeInput,
    TaxConfigurationUpdateInput,
)
from catalog.saleor.setup import CHANNEL, channel_id
from tests.contract.shop import Shop, fresh
from tests.contract.staff import Staff

NO_ORDER = "T3JkZXI6MDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAw"
NO_TAXES = "VGF4Q29uZmlndXJhdGlvbjow"

OWN_PRICE = CheckoutCreateInput(
    channel=CHANNEL, lines=[CheckoutLineInput(variantId="UHJvZHVjdFZhcmlhbnQ6MA==", quantity=1, price=1)]
)

NEEDED_BY: dict[str, Callable[[Saleor], object]] = {
    "MANAGE_PRODUCTS": lambda api: api.update_product(external_reference=fresh("none-"), input=ProductInput()),
    "MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES": lambda api: api.create_product_type(input=ProductTypeInput(name="")),
    "MANAGE_CHANNELS": lambda api: api.update_channel(id=channel_id(api), input=ChannelUpdateInput(isActive=True)),
    "MANAGE_SHIPPING": lambda api: api.shipping_zones(first=1),
    "MANAGE_SETTINGS": lambda api: api.shop_settings(),
    "MANAGE_TAXES": lambda api: api.set_taxes(id=NO_TAXES, input=TaxConfigurationUpdateInput()),
    "MANAGE_ORDERS": lambda api: api.cancel_order(id=NO_ORDER),
    "HANDLE_CHECKOUTS": lambda api: api.create_checkout(input=OWN_PRICE),
}


def refused(api: Saleor, operation: Callable[[Saleor], object]) -> bool:
    """Is it refused for lack of a permission? Other refusals do not count."""
    try:
        operation(api)
    except PermissionDenied:
        return True
    except Exception:  # it got past the door, which is all that is asked here
        return False
    return False


@pytest.fixture
def app(shop: Shop, staff: Staff) -> Iterator[Callable[[list[str]], Saleor]]:
    """Clients of apps with these permissions; the apps are gone when the test ends."""
    made: list[Saleor] = []

    def make(permissions: list[str]) -> Saleor:
        _, token = staff.make_app("permissions", permissions)
        made.append(Saleor(shop.api.url, token))
        return made[-1]

    yield make
    for api in made:
        api.http_client.close()


def test_every_permission_has_a_use() -> None:
    assert set(NEEDED_BY) == set(PERMISSIONS)


def test_together_they_are_enough(app: Callable[[list[str]], Saleor]) -> None:
    api = app(list(PERMISSIONS))

    assert [name for name, operation in NEEDED_BY.items() if refused(api, operation)] == []


@pytest.mark.parametrize("permission", PERMISSIONS)
def test_without_one_of_them_something_is_refused(permission: str, app: Callable[[list[str]], Saleor]) -> None:
    api = app([other for other in PERMISSIONS if other != permission])

    assert [name for name, operation in NEEDED_BY.items() if refused(api, operation)] == [permission]

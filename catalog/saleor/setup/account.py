"""Our app in Saleor: made by somebody who manages apps, with the permissions that its documents use and no others."""

from collections.abc import Iterator
from functools import partial

from django.conf import settings

from catalog.errors import ShopError
from catalog.saleor.app.manifest import IDENTIFIER
from catalog.saleor.app.permissions import PERMISSIONS
from catalog.saleor.app.registration import prove
from catalog.saleor.app.tokens import store_token, token_for
from catalog.saleor.client import Saleor, accepted
from catalog.saleor.generated.apps import AppsAppsEdgesNode
from catalog.saleor.generated.enums import PermissionEnum
from catalog.saleor.generated.input_types import AppInput, AppTokenInput
from catalog.saleor.setup.changes import Change, SetupConflict
from catalog.saleor.webhooks.subscription import NAME


class OtherToken(ShopError):
    """SALEOR_APP_TOKEN goes before what is stored, and does not belong to our app."""

    code = "other_token"
    status = 409
    vi = "SALEOR_APP_TOKEN không phải mã truy cập của ứng dụng {identifier}. Hãy bỏ biến này đi, hoặc đặt đúng mã."
    en = "SALEOR_APP_TOKEN is not a token of the app {identifier}. Unset it, or set it to that app's token."


def sign_in(email: str, password: str) -> Saleor:
    """A client for Saleor as this member of staff, good for some minutes. Raises SaleorRefused, SaleorUnavailable."""
    with Saleor(settings.SALEOR_API_URL, "") as stranger:
        answer = accepted(stranger.sign_in(email=email, password=password).token_create)
    return Saleor(settings.SALEOR_API_URL, answer.token or "")


def plan_app(staff: Saleor) -> Iterator[Change]:
    """The app, its permissions, and a token of it that we hold. Raises SetupConflict and OtherToken.

    `staff` may manage apps and has every permission of `PERMISSIONS` itself.
    """
    apps, held = list(_our_apps(staff)), held_app_id()
    if settings.SALEOR_APP_TOKEN and held not in {app.id for app in apps}:
        raise OtherToken(identifier=IDENTIFIER)
    if not apps:
        yield Change(f"app {IDENTIFIER}", partial(_create, staff))
        return
    app = next((one for one in apps if one.id == held), apps[-1])
    if not app.is_active:
        raise SetupConflict(what=f"app {IDENTIFIER}", why="it is not active; activate it in Saleor's dashboard")
    now, wanted = {one.code.value for one in app.permissions or ()}, set(PERMISSIONS)
    wrong = [f"add {code}" for code in sorted(wanted - now)] + [f"remove {code}" for code in sorted(now - wanted)]
    if wrong:
        change = AppInput(permissions=_permissions())
        yield Change("permissions of the app", partial(staff.update_app, id=app.id, input=change), tuple(wrong))
    if app.id != held:
        yield Change("token of the app", partial(_create_token, staff, app.id), ("none that works → a new one",))


def held_app_id() -> str:
    """Saleor's id of the app whose token we hold; empty when we hold none that works. Raises SaleorUnavailable."""
    url = settings.SALEOR_API_URL
    proof = prove(url, settings.SALEOR_APP_TOKEN or token_for(url))
    return proof.app_id if proof else ""


def _our_apps(staff: Saleor) -> Iterator[AppsAppsEdgesNode]:
    after = None
    while page := staff.apps(search=NAME, after=after).apps:
        yield from (edge.node for edge in page.edges if edge.node.identifier == IDENTIFIER)
        if not page.page_info.has_next_page:
            return
        after = page.page_info.end_cursor


def _create(staff: Saleor) -> None:
    facts = AppInput(name=NAME, identifier=IDENTIFIER, permissions=_permissions())
    made = accepted(staff.create_app(input=facts).app_create)
    assert made.app is not None  # noqa: S101 - accepted
    store_token(settings.SALEOR_API_URL, made.auth_token or "", made.app.id)


def _create_token(staff: Saleor, app_id: str) -> None:
    made = accepted(staff.create_app_token(input=AppTokenInput(app=app_id, name=NAME)).app_token_create)
    store_token(settings.SALEOR_API_URL, made.auth_token or "", app_id)


def _permissions() -> list[PermissionEnum]:
    return [PermissionEnum(code) for code in PERMISSIONS]

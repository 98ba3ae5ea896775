"""Everything that the shop needs in Saleor, from the app to the warehouses."""

from collections.abc import Callable

from catalog.errors import ShopError
from catalog.saleor.app.permissions import PERMISSIONS
from catalog.saleor.client import Saleor, client
from catalog.saleor.setup.account import held_app_id, plan_app
from catalog.saleor.setup.changes import Change, make
from catalog.saleor.setup.services import one_at_a_time, plan_setup, require_consent
from catalog.saleor.setup.warehouses import plan_warehouses
from catalog.salepoints.services import note_warehouses, wanted_warehouses


class NoApp(ShopError):
    """The shop holds no token with which it could do this; `why` says what is wrong with the one it holds."""

    code = "no_app"
    status = 409
    vi = "Cửa hàng chưa có quyền trên Saleor: {why}. Hãy chạy lại với --email của một quản trị viên Saleor."
    en = "The shop has no working app in Saleor: {why}. Run this again with --email of a member of Saleor's staff."


class SetupIncomplete(ShopError):
    """Everything was done, and Saleor still differs."""

    code = "setup_incomplete"
    status = 502
    vi = "Đã thiết lập nhưng Saleor vẫn khác: {changes}."
    en = "Everything was done, and Saleor still differs: {changes}."


class Bootstrap:
    """One set-up of Saleor: `plan` shows, `carry_out` does. `staff`: signed in, may manage apps; or None.

    Without staff, the app and its token must be there already.
    """

    def __init__(self, staff: Saleor | None) -> None:
        self.staff = staff

    def plan(self) -> list[Change]:
        """All that would be done, in order; changes nothing.

        Raises NoApp, SetupConflict, SaleorUnavailable and PermissionDenied.
        """
        app = list(plan_app(self.staff)) if self.staff else []
        api = self.staff if self.staff and app else _as_the_app()
        return [*app, *plan_setup(api), *plan_warehouses(api, wanted_warehouses())]

    def carry_out(self, *, shared: bool, done: Callable[[Change], None] = lambda change: None) -> None:
        """Do all of it, and look again whether it is done. A repeat, also after a kill, does what is left.

        `shared`: also change settings that other channels sell by. Raises SharedSettings before anything is done,
        NoApp, SetupBusy, SetupConflict, SetupIncomplete, SaleorUnavailable, SaleorRefused and PermissionDenied.
        """
        with one_at_a_time():
            planned = self.plan()
            if not planned:
                return
            if not shared:
                require_consent(self.staff or _as_the_app(), planned)
            if self.staff:
                make(plan_app(self.staff), done)
            api = _as_the_app()  # from here on it does what it must be able to do by itself
            make(plan_setup(api), done)
            make(plan_warehouses(api, wanted_warehouses()), done)
            note_warehouses()
            if left := self.plan():
                raise SetupIncomplete(changes="; ".join(map(str, left)))


def _as_the_app() -> Saleor:
    """The client of our app. Raises NoApp unless it may do all that it must."""
    if not held_app_id():
        raise NoApp(why="it holds no token, or one that Saleor does not know")
    api = client()
    app = api.our_app().app
    now = {permission.code.value for permission in (app.permissions if app else None) or ()}
    if lacking := [code for code in PERMISSIONS if code not in now]:
        raise NoApp(why=f"its app lacks {', '.join(lacking)}")
    return api

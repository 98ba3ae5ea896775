"""Setting a Saleor up: shown first, made once, whatever else lives there left alone."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.conf import LazySettings
from django.contrib.auth import get_user_model

from catalog.people.models import ProducerMember
from catalog.saleor.app.manifest import IDENTIFIER
from catalog.saleor.app.permissions import PERMISSIONS
from catalog.saleor.app.tokens import token_for
from catalog.saleor.client import Saleor, client
from catalog.saleor.generated.input_types import ChannelCreateInput
from catalog.saleor.setup import CHANNEL
from catalog.saleor.setup.account import OtherToken
from catalog.saleor.setup.bootstrap import Bootstrap, NoApp
from catalog.saleor.setup.changes import SetupConflict, SharedSettings, make
from catalog.saleor.setup.selling import ZONE
from catalog.salepoints.models import SalePoint, Warehouse
from deploy.cli.saleor import saleor as commands
from tests.embedded_server import Server, running_server
from tests.factories import make_producer

pytestmark = pytest.mark.django_db

EVERYTHING = """{
  shop { fulfillmentAllowUnpaid fulfillmentAutoApprove useLegacyShippingZoneStockAvailability metadata { key value } }
  channels { slug name isActive currencyCode orderSettings { allowUnpaidOrders markAsPaidStrategy }
    warehouses { slug } taxConfiguration { chargeTaxes displayGrossPrices } }
  productTypes(first: 100) { edges { node { slug name productAttributes { slug } } } }
  categories(first: 100) { edges { node { slug name parent { slug } } } }
  warehouses(first: 100) { edges { node { slug name clickAndCollectOption isPrivate } } }
  shippingZones(first: 100) { edges { node { name channels { slug } warehouses { slug } shippingMethods { name } } } }
  attributes(first: 100) { edges { node { slug externalReference choices(first: 100) { edges { node { slug } } } } } }
  apps(first: 100) { edges { node { identifier permissions { code } } } }
}"""


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Path]]:
    """A Saleor for the tests of this module alone, and a copy of its database from before anybody used it."""
    unused = tmp_path_factory.mktemp("unused") / "embedded.sqlite3"
    with running_server() as fresh:
        _copy(fresh.home / unused.name, unused)
        yield fresh, unused


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
        one.backup(other)


@pytest.fixture
def server(running: tuple[Server, Path], settings: LazySettings) -> Server:
    """A Saleor that nobody has used yet; the shop holds no token for it."""
    fresh, unused = running
    _copy(unused, fresh.home / unused.name)
    settings.SALEOR_API_URL, settings.SALEOR_APP_TOKEN = fresh.url, ""
    return fresh


@pytest.fixture
def staff(server: Server) -> Iterator[Saleor]:
    """Somebody who may do everything there."""
    with Saleor(server.url, server.token) as api:
        yield api


def seller() -> ProducerMember:
    user = get_user_model().objects.create(username="htx")
    return ProducerMember.objects.create(user=user, producer=make_producer("HTX Cầu Đất", address="Thôn 1"))


def everything(server: Server) -> dict[str, Any]:
    """All that a set-up could touch."""
    answer = server.post(EVERYTHING)
    assert "errors" not in answer, answer
    return dict(answer["data"])


def foreign(picture: dict[str, Any]) -> dict[str, Any]:
    """The part of it that is not ours."""

    def is_ours(row: dict[str, Any]) -> bool:
        names = [row.get(key) or "" for key in ("slug", "name", "identifier", "externalReference")]
        return any(name.startswith(("ocop-", "point-", "producer-", CHANNEL, ZONE, IDENTIFIER)) for name in names)

    rows = {
        name: found if isinstance(found, list) else [edge["node"] for edge in found["edges"]]
        for name, found in picture.items()
        if name != "shop"
    }
    return {"shop": picture["shop"], **{n: [row for row in found if not is_ours(row)] for n, found in rows.items()}}


def sold_elsewhere(staff: Saleor, server: Server) -> None:
    """Another shop of the same Saleor: a channel with an order."""
    staff.create_channel(
        input=ChannelCreateInput(name="Khác", slug="vn", currencyCode="VND", defaultCountry="VN", isActive=True)  # type: ignore[arg-type]
    )
    server.manage("shell", "-c", (
        "from deploy.embedded.models import Channel, Order; channel = Channel.objects.get(slug='vn');"
        "Order.objects.create(channel=channel, number=1, currency='VND', user_email='an@example.com')"
    ))  # fmt: skip


def test_looking_changes_nothing_and_names_everything(server: Server, staff: Saleor) -> None:
    before = everything(server)

    planned = Bootstrap(staff).plan()

    names = [change.what for change in planned]
    assert names[:3] == [f"app {IDENTIFIER}", "shop settings", f"channel {CHANNEL}"]
    assert {"attribute ocop-star", "product type ocop-gift", f"shipping zone {ZONE}", "webhook"} <= set(names)
    assert len([name for name in names if name.startswith("category ")]) == 32
    assert everything(server) == before
    assert token_for(server.url) == ""


def test_a_fresh_saleor_becomes_ours(server: Server, staff: Saleor) -> None:
    member, point = (
        seller(),
        SalePoint.objects.create(slug="da-lat", name="Điểm Đà Lạt", address="1", province_code="68"),
    )

    Bootstrap(staff).carry_out(shared=False)

    assert Bootstrap(staff).plan() == []
    app = client().our_app().app
    assert app
    assert sorted(one.code.value for one in app.permissions or ()) == sorted(PERMISSIONS)
    stored = {one.external_reference for one in Warehouse.objects.all()}
    assert stored == {f"producer-{member.producer_id}", f"point-{point.slug}"}
    zones = [edge["node"] for edge in everything(server)["shippingZones"]["edges"]]
    assert zones == [{
        "name": ZONE, "channels": [{"slug": CHANNEL}], "warehouses": [{"slug": f"producer-{member.producer_id}"}],
        "shippingMethods": [{"name": "Giao trong tỉnh"}, {"name": "Giao khác tỉnh"}],
    }]  # fmt: skip


def test_one_that_was_killed_is_finished_by_the_next(server: Server, staff: Saleor) -> None:
    seller()
    for after in (1, 2, 3, 5, 20, 55, 57, 58):
        try:
            Bootstrap(staff).carry_out(shared=False, done=_killed_after(after))
        except KeyboardInterrupt:
            continue

    Bootstrap(staff).carry_out(shared=False)

    assert Bootstrap(staff).plan() == []
    picture = everything(server)
    assert [edge["node"]["name"] for edge in picture["shippingZones"]["edges"]] == [ZONE]
    assert len([edge for edge in picture["apps"]["edges"] if edge["node"]["identifier"] == IDENTIFIER]) == 1


def _killed_after(number: int) -> Any:
    left = [number]

    def done(_change: object) -> None:
        left[0] -= 1
        if not left[0]:
            raise KeyboardInterrupt

    return done


def test_what_was_changed_there_is_put_right_and_told(server: Server, staff: Saleor) -> None:
    Bootstrap(staff).carry_out(shared=False)
    channel = client().channel(slug=CHANNEL).channel
    assert channel
    server.post(
        "mutation($id: ID!) { channelUpdate(id: $id, input: {orderSettings: {allowUnpaidOrders: false}}) "
        "{ errors { code } } }",
        {"id": channel.id},
    )

    planned = Bootstrap(None).plan()

    assert [(change.what, change.details) for change in planned] == [
        (f"channel {CHANNEL}", ("allowUnpaidOrders: no → yes",))
    ]
    make(planned)
    assert Bootstrap(None).plan() == []


def test_a_saleor_that_others_sell_in_is_not_changed_for_them(server: Server, staff: Saleor) -> None:
    sold_elsewhere(staff, server)
    before = everything(server)

    with pytest.raises(SharedSettings) as refused:
        Bootstrap(staff).carry_out(shared=False)

    assert "fulfillmentAllowUnpaid: yes → no" in str(refused.value)
    assert everything(server) == before
    assert token_for(server.url) == ""


def test_with_consent_nothing_but_the_shared_settings_is_touched(server: Server, staff: Saleor) -> None:
    sold_elsewhere(staff, server)
    before = foreign(everything(server))

    Bootstrap(staff).carry_out(shared=True)

    after = foreign(everything(server))
    assert after["shop"]["fulfillmentAllowUnpaid"] is False
    assert {**after, "shop": None} == {**before, "shop": None}


def test_a_channel_of_our_name_in_another_currency_is_a_conflict(server: Server, staff: Saleor) -> None:
    staff.create_channel(
        input=ChannelCreateInput(name="X", slug=CHANNEL, currencyCode="USD", defaultCountry="VN")  # type: ignore[arg-type]
    )
    before = everything(server)

    with pytest.raises(SetupConflict, match="currency: USD → VND"):
        Bootstrap(staff).carry_out(shared=False)

    assert everything(server) == before


def test_without_an_app_and_without_staff_nothing_can_be_done(server: Server) -> None:
    with pytest.raises(NoApp, match="--email"):
        Bootstrap(None).plan()


def test_another_apps_token_in_the_environment_is_told(server: Server, staff: Saleor, settings: LazySettings) -> None:
    settings.SALEOR_APP_TOKEN = server.token
    before = everything(server)

    with pytest.raises(OtherToken):
        Bootstrap(staff).carry_out(shared=False)

    assert everything(server) == before


def test_an_app_that_may_too_much_is_cut_back(server: Server, staff: Saleor, settings: LazySettings) -> None:
    Bootstrap(staff).carry_out(shared=False)
    app = client().our_app().app
    assert app
    server.post(
        "mutation($id: ID!) { appUpdate(id: $id, input: {permissions: [MANAGE_APPS, MANAGE_PRODUCTS]}) "
        "{ errors { code } } }",
        {"id": app.id},
    )

    planned = Bootstrap(staff).plan()

    assert planned[0].what == "permissions of the app"
    assert "remove MANAGE_APPS" in planned[0].details
    assert "add MANAGE_ORDERS" in planned[0].details
    with pytest.raises(NoApp, match="lacks"):
        Bootstrap(None).plan()
    Bootstrap(staff).carry_out(shared=False)
    assert Bootstrap(None).plan() == []


def test_a_token_that_was_lost_is_made_anew(server: Server, staff: Saleor) -> None:
    Bootstrap(staff).carry_out(shared=False)
    old = token_for(server.url)
    server.manage("shell", "-c", "from deploy.embedded.models import AppToken; AppToken.objects.exclude("
                  "app__name='tests').delete()")  # fmt: skip

    Bootstrap(staff).carry_out(shared=False)

    assert token_for(server.url) not in ("", old)
    assert client().our_app().app


def test_the_command_shows_before_it_does(server: Server) -> None:
    Bootstrap(Saleor(server.url, server.token)).carry_out(shared=False)
    server.post("mutation { shopSettingsUpdate(input: {fulfillmentAllowUnpaid: true}) { errors { code } } }")

    shown = CliRunner().invoke(commands, ["bootstrap", "--dry-run"])
    unasked = CliRunner().invoke(commands, ["bootstrap"])
    done = CliRunner().invoke(commands, ["bootstrap", "--yes", "--json"])
    again = CliRunner().invoke(commands, ["bootstrap", "--yes"])

    assert "~ shop settings  (shared with other channels)" in shown.stdout
    assert "fulfillmentAllowUnpaid: yes → no" in shown.stdout
    assert (unasked.exit_code, "give --yes" in unasked.output) == (2, True)
    assert [change["what"] for change in json.loads(done.stdout)["changes"]] == ["shop settings"]
    assert again.stdout.strip() == "Everything is in place."


def test_a_wrong_password_is_told(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SALEOR_STAFF_PASSWORD", "wrong")

    done = CliRunner().invoke(commands, ["bootstrap", "--yes", "--email", "an@example.com"])

    assert done.exit_code == 1
    assert "INVALID_CREDENTIALS" in done.output

"""Livestreams over the API: public ones alone, and of their pins what is certified and on sale at this minute."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog import clock
from catalog.certificates.models import SourceRecord, Status
from catalog.certificates.services import refresh_gate
from catalog.combos.models import Combo
from catalog.livestreams import overseeing, services
from catalog.livestreams.models import Livestream
from catalog.offers.models import Offer
from catalog.products.codes import new_code
from catalog.products.models import Product
from tests.catalog.api.conftest import Ask, codes
from tests.catalog.livestreams.making import HOUR, announced, make_host, moved, on_air, plan
from tests.catalog.reports.making import make_officer
from tests.factories import make_combo, make_offer, make_producer, make_product, make_sale_point

LIST = """query ($which: LivestreamList!, $province: String, $first: Int!, $after: String) {
  livestreams(which: $which, province: $province, first: $first, after: $after) {
    totalCount
    edges { node { code state videoUrl reason producer { name } salePoint { name } province { code }
                   products { code certificate { until } }
                   combos { code price { total } parts { quantity product { code star producer { name } } } } } }
    pageInfo { hasNextPage endCursor }
  }
}"""


def listing(ask: Ask, which: str = "CURRENT", **more: object) -> dict:
    body = ask(LIST, **{"which": which, "first": 24, **more})
    assert "errors" not in body
    return body["data"]["livestreams"]


def shown(ask: Ask, which: str = "CURRENT", **more: object) -> list[str]:
    return [edge["node"]["code"] for edge in listing(ask, which, **more)["edges"]]


def with_pin(session: Livestream, user: object, product: Product) -> None:
    session.refresh_from_db()
    services.pin(user, session.code, session.version, product.code)  # type: ignore[arg-type]


def test_what_is_on_and_what_comes_with_host_and_pins(ask: Ask) -> None:
    user, host = make_host()
    product = make_product(producer=host.producer)
    make_offer(product)
    live, coming = on_air(user), announced(user, starts_at=clock.now() + 2 * HOUR)
    with_pin(live, user, product)

    nodes = [edge["node"] for edge in listing(ask)["edges"]]

    assert [(one["code"], one["state"]) for one in nodes] == [(live.code, "LIVE"), (coming.code, "ANNOUNCED")]
    assert nodes[0]["producer"]["name"] == host.owner.name
    assert (nodes[0]["salePoint"], nodes[0]["province"]["code"]) == (None, "68")
    assert nodes[0]["products"] == [
        {"code": product.code, "certificate": {"until": product.listable_until.isoformat()}}
    ]
    assert nodes[1]["products"] == []


def revoke(product: Product) -> None:
    SourceRecord.objects.filter(product=product).update(status=Status.REVOKED)
    refresh_gate([product.pk])


def withdraw(product: Product) -> None:
    Offer.objects.filter(product=product).update(is_active=False)


@pytest.mark.parametrize("take_away", [revoke, withdraw])
def test_a_pin_goes_with_its_certificate_and_its_offer(ask: Ask, take_away: object) -> None:
    user, host = make_host()
    product = make_product(producer=host.producer)
    make_offer(product)
    live = on_air(user)
    with_pin(live, user, product)
    query = f'{{ livestream(code: "{live.code.lower()}") {{ products {{ code }} }} }}'
    assert ask(query)["data"]["livestream"]["products"] == [{"code": product.code}]

    take_away(product)  # type: ignore[operator]

    assert ask(query)["data"]["livestream"]["products"] == []


def with_combo(session: Livestream, user: object) -> Combo:
    """A pinned combo of two parts, the first of its host's."""
    own, other = make_offer(make_product(producer=session.host.producer)), make_offer(make_product())
    combo = make_combo((own, 2), (other, 1))
    session.refresh_from_db()
    services.pin(user, session.code, session.version, f"combo-{combo.code}")  # type: ignore[arg-type]
    return combo


def test_combos_stand_beside_products_and_go_with_any_of_their_parts(ask: Ask) -> None:
    user, host = make_host()
    live = on_air(user)
    combo = with_combo(live, user)
    first, second = combo.parts.all()

    [node] = [edge["node"] for edge in listing(ask)["edges"]]

    assert node["products"] == []
    [told] = node["combos"]
    assert (told["code"], told["price"]) == (combo.code, {"total": 3 * 120_000 + 25_000})
    assert [(part["quantity"], part["product"]["code"]) for part in told["parts"]] == [
        (2, first.offer.product.code), (1, second.offer.product.code),
    ]  # fmt: skip
    assert told["parts"][0]["product"]["producer"]["name"] == host.owner.name

    revoke(second.offer.product)
    assert listing(ask)["edges"][0]["node"]["combos"] == []
    SourceRecord.objects.filter(product=second.offer.product).update(status=Status.VALID)
    refresh_gate([second.offer.product_id])
    assert len(listing(ask)["edges"][0]["node"]["combos"]) == 1
    overseeing.stop(live.code, make_officer(), "Sai")
    query = f'{{ livestream(code: "{live.code}") {{ combos {{ code }} }} }}'
    assert ask(query)["data"]["livestream"] == {"combos": []}


def test_a_draft_is_nobodys(ask: Ask) -> None:
    user, _ = make_host()
    draft = services.draft(user, services.owners_of(user)[0], new_code(), plan())

    assert shown(ask) == []
    assert ask(f'{{ livestream(code: "{draft.code}") {{ code }} }}')["data"] == {"livestream": None}
    assert ask('{ livestream(code: "nonsense") { code } }')["data"] == {"livestream": None}


def test_what_was_called_off_is_told_by_its_code_with_the_reason_and_without_video(ask: Ask) -> None:
    user, host = make_host()
    product = make_product(producer=host.producer)
    make_offer(product)
    live = on_air(user)
    with_pin(live, user, product)
    overseeing.stop(live.code, make_officer(), "Quảng cáo sai sự thật")

    query = f'{{ livestream(code: "{live.code}") {{ state reason videoUrl products {{ code }} }} }}'

    assert ask(query)["data"]["livestream"] == {
        "state": "STOPPED", "reason": "Quảng cáo sai sự thật", "videoUrl": None, "products": []
    }  # fmt: skip
    assert shown(ask) == []


def test_replays_are_a_list_of_their_own(ask: Ask) -> None:
    user, _ = make_host()
    session = on_air(user)
    services.end(user, session.code, session.version)
    session.refresh_from_db()
    services.set_replay(user, session.code, session.version, session.url)
    moved(Livestream.objects.get(pk=session.pk), timedelta(days=-1))

    assert (shown(ask), shown(ask, "REPLAYS")) == ([], [session.code])


def test_by_province_and_a_sale_point_as_host(ask: Ask) -> None:
    point = make_sale_point(province_code="48")
    user, _ = make_host(point)
    session = announced(user)
    other, _ = make_host(make_producer(province_code="68"))
    announced(other)

    nodes = listing(ask, province="48")["edges"]

    assert [edge["node"]["code"] for edge in nodes] == [session.code]
    assert (nodes[0]["node"]["salePoint"]["name"], nodes[0]["node"]["producer"]) == (point.name, None)
    assert codes(ask(LIST, which="CURRENT", first=5, province="99")) == ["BAD_ARGUMENT"]


def test_pages_and_the_cursor_of_another_list(ask: Ask) -> None:
    user, _ = make_host()
    made = [announced(user, starts_at=clock.now() + (n + 1) * HOUR).code for n in range(3)]

    first = listing(ask, first=2)
    after = first["pageInfo"]["endCursor"]

    assert (first["totalCount"], first["pageInfo"]["hasNextPage"]) == (3, True)
    assert shown(ask, first=2, after=after) == made[2:]
    assert codes(ask(LIST, which="REPLAYS", first=2, after=after)) == ["BAD_CURSOR"]
    assert codes(ask(LIST, status=400, which="CURRENT", first=101)) == ["BAD_FIRST"]


def test_questions_are_the_same_with_one_as_with_nine(ask: Ask) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as queries:
            listing(ask)
        return len(queries)

    def add() -> None:
        user, host = make_host()
        product = make_product(producer=host.producer)
        make_offer(product)
        session = announced(user)
        with_pin(session, user, product)
        if combos:
            with_combo(session, user)

    combos = False
    add()
    questions()
    few = questions()
    for _ in range(4):
        add()
    assert (few, questions()) == (2, 2)

    combos = True
    add()
    few = questions()
    for _ in range(4):
        add()
    assert questions() == few

"""The seller's combo pages: the editor without JavaScript, agreeing to the đồng, and what strangers find."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from catalog.combos import agreeing, services
from catalog.combos.models import Combo
from catalog.combos.services import ComboFacts, PartFacts
from catalog.combos.states import State, state_of
from catalog.offers.models import Offer
from catalog.people.models import ProducerMember, SalePointStaff, User
from catalog.products.codes import new_code
from catalog.search.services import rebuild
from tests.factories import make_offer, make_packaging, make_product, make_sale_point

pytestmark = pytest.mark.django_db


class World:
    """Lan's coffee and Mai's tea; a box of Hoa's point; a stranger."""

    def __init__(self) -> None:
        self.coffee = make_offer(make_product("Cà phê Cầu Đất"))
        self.tea = make_offer(make_product("Trà Ô long"), price=90_000)
        self.point = make_sale_point()
        self.box = make_packaging(self.point)
        self.lan, self.mai, self.hoa, self.stranger = (
            User.objects.create(username=name) for name in ("lan", "mai", "hoa", "la")
        )
        ProducerMember.objects.create(user=self.lan, producer=self.coffee.product.producer)
        ProducerMember.objects.create(user=self.mai, producer=self.tea.product.producer)
        SalePointStaff.objects.create(user=self.hoa, sale_point=self.point)

    def typed(self, *parts: tuple[Offer, int], **facts: Any) -> dict[str, Any]:
        """The form as it is posted."""
        return {
            "title": "Quà Tết", "kind": "fixed", "percent": "10", "packaging": self.box.code, "code": new_code(),
            "part": [offer.external_reference for offer, _ in parts], "pieces": [str(n) for _, n in parts],
            "stands-in": ["" for _ in parts], **facts,
        }  # fmt: skip

    def proposed(self) -> Combo:
        """Lan's, with Mai's tea."""
        parts = (PartFacts(self.coffee.external_reference, 2), PartFacts(self.tea.external_reference, 1))
        facts = ComboFacts("Quà Tết", self.box.code, parts, percent=10)
        combo = services.make(self.lan, self.coffee.product.producer, new_code(), facts)
        services.propose(self.lan, combo.code, 0, {})
        return Combo.objects.get(pk=combo.pk)


@pytest.fixture
def world() -> World:
    """Nothing proposed yet."""
    return World()


def of(user: User) -> Client:
    """Somebody's browser."""
    client = Client()
    client.force_login(user)
    return client


def text(response: HttpResponse) -> str:
    """The page, its white space evened."""
    return " ".join(response.content.decode().split())


def test_a_combo_is_made_by_searching_adding_and_saving(world: World) -> None:
    rebuild()
    browser, reference = of(world.lan), world.tea.external_reference
    typed = world.typed((world.coffee, 2), find="o long")

    found = browser.post("/combo-cua-toi/moi/", typed)
    assert "Trà Ô long" in text(found)
    added = text(browser.post("/combo-cua-toi/moi/", typed | {"add": reference}))
    assert f'name="part" value="{reference}"' in added
    assert "297.000" in added  # 330.000 less 10 %
    assert not Combo.objects.exists()

    typed = world.typed((world.coffee, 2), (world.tea, 1), action="save")
    for _ in range(2):
        saved = browser.post("/combo-cua-toi/moi/", typed)
        assert saved.status_code == 302
    combo = Combo.objects.get()
    assert saved["Location"].endswith(f"/combo-cua-toi/{combo.code}/")
    assert [(part.offer, part.quantity) for part in combo.parts.all()] == [(world.coffee, 2), (world.tea, 1)]


def test_rows_come_go_and_stand_in_for_each_other(world: World) -> None:
    browser = of(world.lan)
    tea, coffee = world.tea.external_reference, world.coffee.external_reference
    typed = world.typed((world.coffee, 2))

    instead = text(browser.post("/combo-cua-toi/moi/", typed | {"add": tea, f"for-{tea}": coffee}))
    assert f'name="stands-in" value="{tea}"' in instead
    assert "Dự phòng cho: Cà phê Cầu Đất" in instead
    bare = text(browser.post("/combo-cua-toi/moi/", typed | {"stands-in": [tea], "bare": coffee}))
    assert f'name="stands-in" value="{tea}"' not in bare
    gone = text(browser.post("/combo-cua-toi/moi/", typed | {"drop": coffee}))
    assert f'name="part" value="{coffee}"' not in gone


def test_the_price_alone_is_given_to_a_script(world: World) -> None:
    typed = world.typed((world.coffee, 2), (world.tea, 1))
    page = text(of(world.lan).post("/combo-cua-toi/moi/", typed, headers={"X-Fragment": "preview"}))
    assert "297.000" in page
    assert "<form" not in page
    assert "<html" not in page


@pytest.mark.parametrize(
    ("wrong", "told"),
    [({"title": ""}, "Xin đặt tên combo"), ({"percent": "51"}, "từ 0 đến 50"), ({"kind": "choose"}, "chọn đủ"),
     ({"fixed_price": "200000"}, "Mức giảm"), ({"pieces": ["0"]}, "từ 1 đến 20 món")],
)  # fmt: skip
def test_what_cannot_be_saved_is_told_and_what_was_typed_stays(world: World, wrong: dict[str, Any], told: str) -> None:
    response = of(world.lan).post("/combo-cua-toi/moi/", world.typed((world.coffee, 2), action="save") | wrong)
    assert response.status_code == 422 or "choose" in wrong.get("kind", "")
    assert world.coffee.product.name in text(response)
    assert not Combo.objects.exists()
    if told != "chọn đủ":
        assert told in text(response)


def test_a_late_change_is_refused(world: World) -> None:
    combo = world.proposed()
    typed = world.typed((world.coffee, 3), (world.tea, 1), version="0", action="save")
    response = of(world.lan).post(f"/combo-cua-toi/{combo.code}/sua/", typed)
    assert response.status_code == 409
    assert "đã thay đổi" in text(response)
    typed["version"] = "1"
    assert of(world.lan).post(f"/combo-cua-toi/{combo.code}/sua/", typed).status_code == 302
    combo.refresh_from_db()
    assert (combo.terms, state_of(combo)) == (2, State.DRAFT)


def test_the_other_producer_sees_that_it_is_asked_and_agrees_to_the_dong(world: World) -> None:
    combo, browser = world.proposed(), of(world.mai)
    assert 'title="Combo chờ bạn đồng ý">1<' in text(browser.get("/hop-tac-xa/"))
    assert "Chờ bạn đồng ý: 1" in text(browser.get("/combo-cua-toi/"))
    page = text(browser.get(f"/combo-cua-toi/{combo.code}/"))
    assert "80.999" in page
    assert "Sửa combo" not in page
    reference = world.tea.external_reference
    said = {
        "action": "agree", "producer": world.tea.product.producer_id, "terms": 1, f"lowest-{reference}": 80_999,
        f"keeps-{reference}": "abc",
    }  # fmt: skip
    refused = browser.post(f"/combo-cua-toi/{combo.code}/lam/", said)
    assert refused.status_code == 422
    assert "bao nhiêu ngày" in text(refused)

    assert browser.post(f"/combo-cua-toi/{combo.code}/lam/", said | {f"keeps-{reference}": "90"}).status_code == 302

    assert agreeing.waiting_for(world.mai) == set()
    assert "Combo chờ bạn đồng ý" not in text(browser.get("/hop-tac-xa/"))
    assert "Mọi chủ thể đã đồng ý" in text(of(world.lan).get(f"/combo-cua-toi/{combo.code}/"))


def test_prices_that_moved_since_are_told(world: World) -> None:
    combo = world.proposed()
    Offer.objects.filter(pk=world.tea.pk).update(price=80_000)
    said = {
        "action": "agree", "producer": world.tea.product.producer_id, "terms": 1,
        f"lowest-{world.tea.external_reference}": 80_999,
    }  # fmt: skip
    refused = of(world.mai).post(f"/combo-cua-toi/{combo.code}/lam/", said)
    assert refused.status_code == 409
    assert "71.999" in text(refused)


def test_a_decline_reaches_its_proposer(world: World) -> None:
    combo = world.proposed()
    said = {"action": "decline", "producer": world.tea.product.producer_id, "reason": ""}
    assert of(world.mai).post(f"/combo-cua-toi/{combo.code}/lam/", said).status_code == 422
    of(world.mai).post(f"/combo-cua-toi/{combo.code}/lam/", said | {"reason": "Hết trà"})
    page = text(of(world.lan).get(f"/combo-cua-toi/{combo.code}/"))
    assert "Lý do: Hết trà" in page
    assert "Gửi duyệt" in page


def test_strangers_find_nothing(world: World) -> None:
    combo = world.proposed()
    draft = services.make(
        world.lan, world.coffee.product.producer, new_code(), ComboFacts("Nháp", world.box.code)
    )  # fmt: skip
    for user in (world.stranger, world.mai, world.hoa):
        browser = of(user)
        assert browser.get(f"/combo-cua-toi/{draft.code}/").status_code == 404
        assert browser.get(f"/combo-cua-toi/{combo.code}/sua/").status_code == 404
        assert browser.post(f"/combo-cua-toi/{draft.code}/lam/", {"action": "propose"}).status_code == 404
    assert of(world.stranger).get(f"/combo-cua-toi/{combo.code}/").status_code == 404
    assert of(world.stranger).get("/combo-cua-toi/").status_code == 403
    assert of(world.stranger).get("/combo-cua-toi/moi/").status_code == 403
    assert Client().get("/combo-cua-toi/").status_code == 302
    for action in ("withdraw", "propose"):  # Mai sees it, and it is not hers
        response = of(world.mai).post(f"/combo-cua-toi/{combo.code}/lam/", {"action": action, "reason": "x"})
        assert response.status_code == 404
    assert of(world.hoa).get(f"/combo-cua-toi/{combo.code}/").status_code == 200  # it is packed there
    assert of(world.lan).post(f"/combo-cua-toi/{combo.code}/lam/", {"action": "approve"}).status_code == 404
    assert of(world.lan).get(f"/combo-cua-toi/moi/?cho=s{world.point.pk}").status_code == 404
    combo.refresh_from_db()
    assert state_of(combo) is State.PROPOSED


def test_a_sale_points_staff_proposes_and_withdraws(world: World) -> None:
    browser = of(world.hoa)
    typed = world.typed((world.coffee, 2), (world.tea, 1), action="save")
    assert browser.post("/combo-cua-toi/moi/", typed).status_code == 302
    combo = Combo.objects.get()
    assert combo.producer is None
    assert browser.post(f"/combo-cua-toi/{combo.code}/lam/", {"action": "propose", "version": 0}).status_code == 302
    assert browser.post(
        f"/combo-cua-toi/{combo.code}/lam/", {"action": "withdraw", "reason": "Hết mùa"}
    ).status_code == 302  # fmt: skip
    combo.refresh_from_db()
    assert state_of(combo) is State.WITHDRAWN


def test_in_english(world: World) -> None:
    combo = world.proposed()
    page = text(of(world.mai).get(f"/en/combo-cua-toi/{combo.code}/"))
    assert "Agree to these amounts" in page
    assert "Đồng ý với" not in page

"""The host's pages: what is taken, what is refused, and whose sessions they are."""

import pytest
from django.test import Client
from django.urls import reverse

from catalog import clock
from catalog.clock import TIME_ZONE
from catalog.livestreams.models import LiveHost, Livestream
from catalog.livestreams.states import State, state
from catalog.products.codes import new_code
from tests.catalog.livestreams.making import HOUR, LINK, announced, make_host, moved
from tests.factories import make_buyer, make_member, make_offer, make_product, make_sale_point, make_staff

pytestmark = pytest.mark.django_db


def typed(**changes: object) -> dict[str, object]:
    start = (clock.now() + 24 * HOUR).astimezone(TIME_ZONE)
    times = {"starts_at": f"{start:%Y-%m-%dT%H:%M}", "ends_at": f"{start + HOUR:%Y-%m-%dT%H:%M}"}
    return {"title": "Rang cà phê", "link": LINK, "note": "", "code": new_code(), **times, **changes}


def edit_page(session: Livestream) -> str:
    return reverse("live_host_session", args=[session.code])


def act(client: Client, session: Livestream, action: str, **data: object) -> int:
    session.refresh_from_db()
    posted = {"action": action, "version": session.version, **data}
    return client.post(reverse("live_host_act", args=[session.code]), posted).status_code


def test_who_hosts_nothing_finds_nothing(client: Client) -> None:
    for name in ("live_host", "live_host_new"):
        assert client.get(reverse(name)).status_code == 302
    client.force_login(make_buyer())
    for name in ("live_host", "live_host_new"):
        assert client.get(reverse(name)).status_code == 403
    session = announced(make_host()[0])
    assert client.get(edit_page(session)).status_code == 404
    client.force_login(make_member())
    assert client.get(edit_page(session)).status_code == 404
    assert client.post(edit_page(session), typed()).status_code == 404
    for action in ("start", "end", "cancel", "pin", "arrange", "replay", "still_on"):
        assert act(client, session, action, reason="x", pin="x") == 404
    session.refresh_from_db()
    assert session.version == 1


def test_a_draft_a_double_click_and_the_first_identity_check(client: Client) -> None:
    member = make_member()
    client.force_login(member)
    page = client.get(reverse("live_host_new")).content.decode()
    assert 'name="confirmed" value="1"' in page
    assert "checked" not in page
    owner = f"p{member.producer_memberships.get().producer_id}"
    sent = typed(owner=owner, confirmed="1")
    for _ in range(2):
        assert client.post(reverse("live_host_new"), sent).status_code == 302
    session = Livestream.objects.get()
    assert state(session, clock.now()) is State.DRAFT
    assert LiveHost.objects.get().approved_at is None
    text = client.get(edit_page(session)).content.decode()
    assert "chưa đối chiếu danh tính" in text
    assert "Rang cà phê" in client.get(reverse("live_host")).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": " \u200b "},
        {"link": "https://vt.tiktok.com/ZS1/"},
        {"link": ""},
        {"starts_at": "mai"},
        {"starts_at": "2020-01-01T10:00"},
        {"ends_at": "2020-01-01T10:00"},
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(client: Client, wrong: dict) -> None:
    user, host = make_host()
    client.force_login(user)
    answer = client.post(reverse("live_host_new"), typed(owner=f"p{host.producer_id}", **wrong))
    assert answer.status_code == 422
    assert "Rang cà phê" in answer.content.decode() or "title" in wrong
    assert not Livestream.objects.exists()


def test_a_session_is_made_for_ones_own_only(client: Client) -> None:
    user, host = make_host()
    client.force_login(user)
    other = make_host()[1]
    for owner in (f"p{other.producer_id}", "s1", "", "x"):
        assert client.post(reverse("live_host_new"), typed(owner=owner)).status_code == 404
    assert client.post(reverse("live_host_new"), typed(owner=f"p{host.producer_id}", code="x")).status_code == 404
    taken = announced(make_host(make_sale_point())[0])
    client.post(reverse("live_host_new"), typed(owner=f"p{host.producer_id}"))
    assert Livestream.objects.exclude(pk=taken.pk).get().host == host


def test_staff_of_a_sale_point_host_for_it(client: Client) -> None:
    staff = make_staff()
    client.force_login(staff)
    point = staff.sale_point_posts.get().sale_point
    assert client.post(reverse("live_host_new"), typed(owner=f"s{point.pk}")).status_code == 302
    assert Livestream.objects.get().host.sale_point == point
    assert reverse("live_host") in client.get(reverse("desk")).content.decode()


def test_the_whole_way_by_the_pages(client: Client) -> None:
    user, host = make_host()
    client.force_login(user)
    product = make_product("Cà phê Arabica", producer=host.producer)
    make_offer(product)
    sent = typed(owner=f"p{host.producer_id}", confirmed="1")
    assert client.post(reverse("live_host_new"), sent).status_code == 302
    session = Livestream.objects.get()
    assert "Cà phê Arabica" in client.get(edit_page(session)).content.decode()

    assert act(client, session, "pin", pin=product.code) == 302
    assert act(client, session, "pin", pin="0000000") == 404
    assert act(client, session, "arrange", pin=[product.code], place=["1"], offset=["1:30"]) == 302
    assert session.pins.get().offset == 90
    assert act(client, session, "start") == 409
    late = client.post(edit_page(session), {**sent, "version": 0, "title": "Khác"})
    assert late.status_code == 409
    assert "Trong lúc bạn xem" in late.content.decode()

    session.refresh_from_db()
    moved(session, -24 * HOUR)
    assert act(client, session, "start") == 302
    text = client.get(edit_page(session)).content.decode()
    assert "chỉ sửa được giới thiệu" in text
    assert act(client, session, "still_on") == 302
    assert act(client, session, "end") == 302
    assert act(client, session, "replay", link="https://evil.example/") == 422
    assert act(client, session, "replay", link=LINK) == 302
    assert (
        act(
            client,
            session,
            "arrange",
            pin=[product.code],
            place=["x"],
            offset=["x"],
            **{"take-off": [product.code]},
        )
        == 302
    )
    assert not session.pins.exists()
    assert act(client, session, "nothing") == 404
    text = client.get(edit_page(session)).content.decode()
    for said in ("Bắt đầu phát", "Kéo dài", "Kết thúc", "Đặt bản xem lại"):
        assert said in text


def test_a_cancellation_needs_a_reason(client: Client) -> None:
    user, _ = make_host()
    client.force_login(user)
    session = announced(user)
    assert act(client, session, "cancel", reason=" ") == 422
    assert act(client, session, "cancel", reason="Mưa bão") == 302
    session.refresh_from_db()
    assert state(session, clock.now()) is State.CANCELLED
    assert "Mưa bão" in client.get(session.get_absolute_url()).content.decode()

"""The officer's livestreams: hosts are checked once, a session is stopped at once, and nobody else finds the pages."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from catalog import clock
from catalog.livestreams import services
from catalog.livestreams.errors import NotApproved
from catalog.livestreams.models import LiveHost, Livestream
from catalog.livestreams.states import State, state
from catalog.livestreams.vouchers.services import set_voucher
from catalog.products.codes import new_code
from tests.catalog.livestreams.making import HOUR, announced, make_host, moved, on_air, plan
from tests.factories import make_buyer, make_combo, make_member, make_offer, make_product
from tests.ocop_sync.held.making import make_officer

pytestmark = pytest.mark.django_db


def test_nobody_else_finds_them(client: Client) -> None:
    user, _ = make_host()
    session = on_air(user)
    waiting = make_host(approved=False)[1]
    for person in (None, make_buyer(), make_member(), user):
        if person:
            client.force_login(person)
        assert client.get(reverse("officer_livestreams")).status_code in (302, 404)
        assert client.get(reverse("officer_livestream", args=[session.code])).status_code in (302, 404)
        stop = client.post(reverse("officer_livestream_stop", args=[session.code]), {"reason": "x"})
        approve = client.post(reverse("officer_live_host", args=[waiting.pk]), {"papers": "x", "version": 0})
        address = reverse("officer_live_host_withdraw", args=[session.host_id])
        withdraw = client.post(address, {"reason": "x", "version": 1})
        host = client.get(reverse("officer_live_host", args=[waiting.pk]))
        assert {stop.status_code, approve.status_code, withdraw.status_code, host.status_code} <= {302, 404}
    session.refresh_from_db()
    assert state(session, clock.now()) is State.LIVE
    assert LiveHost.objects.get(pk=waiting.pk).approved_at is None


def test_a_host_is_approved_once_with_what_it_rests_on(client: Client) -> None:
    officer = make_officer()
    client.force_login(officer)
    _, host = make_host(approved=False)
    assert host.owner.name in client.get(reverse("officer_livestreams")).content.decode()
    address = reverse("officer_live_host", args=[host.pk])
    assert client.post(address, {"papers": " ", "version": 0}).status_code == 422
    assert client.post(address, {"papers": "Giấy ĐKKD số 12", "version": 0}).status_code == 302
    assert client.post(address, {"papers": "Khác", "version": 0}).status_code == 302
    host.refresh_from_db()
    assert (host.approved_by, host.approved_on) == (officer, "Giấy ĐKKD số 12")
    assert client.post(reverse("officer_live_host", args=[999]), {"papers": "x"}).status_code == 404


def test_its_page_tells_combos_that_are_pinned_what_is_hidden_and_the_voucher(client: Client) -> None:
    client.force_login(make_officer())
    user, host = make_host()
    session = announced(user)
    offer = make_offer(make_product(producer=host.producer))
    combo = make_combo((offer, 1), title="Quà sáng")
    services.pin(user, session.code, 1, f"combo-{combo.code}")
    services.pin(user, session.code, 2, offer.product.code)
    set_voucher(user, session.code, 3, percent=15, most=3, grace=0)
    services.arrange(user, session.code, 4, [(f"combo-{combo.code}", 5)])
    address = reverse("officer_livestream", args=[session.code])

    text = client.get(address).content.decode()

    assert f'<a href="{reverse("officer_combo", args=[combo.code])}">Quà sáng</a>' in text
    for said in ("Combo ghim", combo.code, "Giảm (%)", "15", "Phút sau phiên"):
        assert said in text
    assert "Không hiện lúc này" not in text
    combo.agreements.all().delete()
    assert "Không hiện lúc này" in client.get(address).content.decode()


def test_a_session_is_stopped_with_a_reason_and_the_log_tells_it(client: Client) -> None:
    client.force_login(make_officer())
    user, _ = make_host()
    session = on_air(user)
    address = reverse("officer_livestream_stop", args=[session.code])
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Quảng cáo sai"}).status_code == 302
    session.refresh_from_db()
    assert state(session, clock.now()) is State.STOPPED
    text = client.get(reverse("officer_livestream", args=[session.code])).content.decode()
    for said in ("Quảng cáo sai", "Cán bộ dừng phiên", "Bắt đầu phát", "2026-11-28"):
        assert said in text
    assert "Dừng phiên ngay" not in text


def test_the_list_by_state_and_province_with_drafts_on_request(client: Client) -> None:
    client.force_login(make_officer())
    user, host = make_host()
    announced(user, title="Sắp tới")
    services.draft(user, host.owner, new_code(), plan(title="Bản nháp kín"))

    def listed(**asked: str) -> str:
        return client.get(reverse("officer_livestreams"), asked).content.decode()

    assert "Sắp tới" in listed()
    assert "Bản nháp kín" not in listed()
    assert "Bản nháp kín" in listed(**{"trang-thai": "draft"})
    assert "Bản nháp kín" in listed(**{"trang-thai": "tat-ca"})
    assert "Sắp tới" not in listed(tinh="01")
    assert "Sắp tới" in listed(tinh="zz")
    assert client.get(reverse("officer_livestream", args=["0000000"])).status_code == 404


def test_an_approval_is_withdrawn_with_a_reason_and_given_again(client: Client) -> None:
    officer = make_officer()
    client.force_login(officer)
    user, host = make_host()
    live, coming, replay = on_air(user), announced(user), moved(on_air(user), -4 * HOUR)
    draft = services.draft(user, host.owner, new_code(), plan())
    address, away = (reverse(name, args=[host.pk]) for name in ("officer_live_host", "officer_live_host_withdraw"))
    assert "2 phiên đang và sắp phát" in client.get(address).content.decode()
    assert client.post(away, {"version": 1, "reason": " "}).status_code == 422
    assert client.post(away, {"version": "x", "reason": "Sai"}).status_code == 409
    for _ in range(2):
        assert client.post(away, {"version": 1, "reason": "Giấy tờ của người khác"}).status_code == 302

    states = [state(Livestream.objects.get(pk=one.pk), clock.now()) for one in (live, coming, replay, draft)]
    assert states == [State.STOPPED, State.STOPPED, State.ENDED, State.DRAFT]
    text = client.get(address).content.decode()
    assert text.count("Giấy tờ của người khác") == 2
    assert live.code in text
    assert "Giấy tờ của người khác" in client.get(reverse("officer_livestreams")).content.decode()

    own = Client()
    own.force_login(user)
    for page in (reverse("live_host"), reverse("live_host_session", args=[draft.code])):
        assert "Giấy tờ của người khác" in own.get(page).content.decode()
    assert "Giấy tờ của người khác" in Client().get(live.get_absolute_url()).content.decode()
    with pytest.raises(NotApproved):
        services.change(user, draft.code, 0, plan(), confirmed=True)

    assert client.post(address, {"version": 1, "papers": "Trang cũ"}).status_code == 409
    assert client.post(address, {"version": 2, "papers": "Giấy tờ mới"}).status_code == 302
    assert client.post(away, {"version": 1, "reason": "Trang cũ"}).status_code == 409
    services.change(user, draft.code, 0, plan(), confirmed=True)
    assert "Giấy tờ của người khác" not in own.get(reverse("live_host")).content.decode()
    assert list(host.events.values_list("version", "action", "by__is_officer", "reason")) == [
        (1, "approved", True, "Đối chiếu giấy chứng nhận hợp tác xã"),
        (2, "withdrawn", True, "Giấy tờ của người khác"),
        (3, "approved", True, "Giấy tờ mới"),
    ]
    assert sorted(host.events.get(version=2).stopped) == sorted([live.code, coming.code])
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE catalog_livehostevent SET reason = 'x'")

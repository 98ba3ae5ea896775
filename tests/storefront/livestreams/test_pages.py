"""What visitors see of sessions, in both languages, and what they are not shown."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from catalog import clock
from catalog.certificates.models import SourceRecord, Status
from catalog.certificates.services import refresh_gate
from catalog.livestreams import overseeing, services, signals
from catalog.livestreams.models import Livestream
from catalog.people.models import User
from catalog.products.codes import new_code
from catalog.products.models import Product
from catalog.reports.models import Report
from tests.catalog.livestreams.making import HOUR, MINUTE, announced, make_host, moved, on_air, plan
from tests.factories import make_offer, make_producer, make_product

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was told a second ago is asked anew."""
    monkeypatch.setattr(signals, "FRESH", 0.0)


def page(client: Client, session: Livestream) -> str:
    answer = client.get(session.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


def with_pin(session: Livestream, user: User) -> Product:
    product = make_product(producer=session.host.producer)
    make_offer(product, price=95_000)
    services.pin(user, session.code, session.version, product.code)
    session.refresh_from_db()
    return product


def revoke(product: Product) -> None:
    SourceRecord.objects.filter(product=product).update(status=Status.REVOKED)
    refresh_gate([product.pk])


def told(client: Client, session: Livestream, known: str = "") -> dict:
    answer = client.get(reverse("livestream_events", args=[session.code]), headers={"Last-Event-ID": known})
    assert answer["Content-Type"] == "text/event-stream"
    data = [line[6:] for line in answer.content.decode().split("\n") if line.startswith("data: ")]
    return json.loads(data[0]) if data else {}


def test_a_draft_is_nowhere(client: Client) -> None:
    user, host = make_host()
    draft = services.draft(user, host.owner, new_code(), plan(title="Nháp kín"))
    for address in (
        draft.get_absolute_url(),
        reverse("livestream_events", args=[draft.code]),
        reverse("livestream_calendar", args=[draft.code]),
    ):
        assert client.get(address).status_code == 404
    for name in ("livestreams", "livestreams_calendar", "livestreams_json", "home"):
        assert "Nháp kín" not in client.get(reverse(name)).content.decode()


def test_from_announced_to_replay_the_page_says_how_it_stands(client: Client) -> None:
    user, _ = make_host()
    session = announced(user, note="Rang tại vườn")
    product = with_pin(session, user)
    text = page(client, session)
    assert "Sắp phát" in text
    assert "Rang tại vườn" in text
    assert product.name in text
    assert "95.000" in text
    assert "1 sản phẩm đang còn hiệu lực" in text
    assert "<iframe" not in text
    assert "data-embed" not in text
    assert f'<a href="{session.get_absolute_url()}">Tải lại</a>' in text

    moved(session, -HOUR - 6 * MINUTE)
    assert "Chưa bắt đầu" in page(client, session)
    services.start(user, session.code, session.version)
    text = page(client, session)
    assert "Đang phát" in text
    assert 'data-embed="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1"' in text
    assert 'href="https://www.youtube.com/watch?v=dQw4w9WgXcQ"' in text

    session.refresh_from_db()
    services.end(user, session.code, session.version)
    assert "chưa có bản xem lại" in page(client, session)
    services.set_replay(user, session.code, session.version + 1, session.url)
    services.arrange(user, session.code, session.version + 2, [(product.code, 90)])
    text = page(client, session)
    assert "Có bản xem lại" in text
    assert "&amp;t=90s" in text
    assert "1:30" in text


def test_frames_are_allowed_for_the_sessions_platform_alone(client: Client) -> None:
    user, _ = make_host()
    for link, frame in (
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "frame-src https://www.youtube-nocookie.com;"),
        ("https://www.facebook.com/watch/?v=1234567890123", "frame-src https://www.facebook.com;"),
        ("https://www.tiktok.com/@htx.caudat/live", "frame-src 'none';"),
        ("https://zalo.me/htxcaudat", "frame-src 'none';"),
    ):
        session = announced(user, link=link)
        assert "frame-src 'none';" in client.get(session.get_absolute_url())["Content-Security-Policy"]
        session = on_air(user, link=link)
        answer = client.get(session.get_absolute_url())
        assert frame in answer["Content-Security-Policy"]
        assert "script-src 'self';" in answer["Content-Security-Policy"]
        assert link in answer.content.decode()


def test_the_old_name_in_an_address_leads_to_the_new_one_and_unknown_is_404(client: Client) -> None:
    user, _ = make_host()
    session = announced(user)
    answer = client.get(f"/truc-tiep/ten-cu-{session.code.lower()}/")
    assert (answer.status_code, answer["Location"]) == (301, session.get_absolute_url())
    for path in ("/truc-tiep/ten-cu-0000000/", "/truc-tiep/0000000/su-kien/", "/truc-tiep/0000000/lich.ics"):
        assert client.get(path).status_code == 404


def test_a_pin_that_is_revoked_is_gone_from_page_and_events(client: Client) -> None:
    user, _ = make_host()
    session = on_air(user)
    gone, stays = with_pin(session, user), with_pin(session, user)
    first = told(client, session)
    assert (first["state"], first["pins"]) == ("live", [gone.code, stays.code])
    assert told(client, session, first["mark"]) == {}
    assert first["mark"] in page(client, session)

    revoke(gone)
    second = told(client, session, first["mark"])
    assert second["pins"] == [stays.code]
    assert gone.name not in page(client, session)
    stays.offers.update(is_active=False)
    assert told(client, session, second["mark"])["pins"] == []
    assert "data-pins=" not in page(client, session)


def test_a_process_asks_the_database_once_a_second_however_many_ask(
    client: Client, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries
) -> None:
    user, _ = make_host()
    session = on_air(user)
    monkeypatch.setattr(signals, "FRESH", 3600.0)
    signals._known.clear()
    with django_assert_num_queries(2):
        marks = {told(client, session)["mark"] for _ in range(20)}
    assert len(marks) == 1
    signals._known.clear()


def test_when_nothing_can_happen_any_more_events_say_stop(client: Client) -> None:
    user, _ = make_host()
    session = announced(user)
    services.cancel(user, session.code, 1, "Mưa")
    mark = told(client, session)["mark"]
    answer = client.get(reverse("livestream_events", args=[session.code]), {"da-biet": mark})
    assert answer.status_code == 204


def test_a_stopped_session_shows_the_reason_and_nothing_to_see_or_buy(client: Client) -> None:
    user, _ = make_host()
    session = on_air(user, note="Lời mời")
    product = with_pin(session, user)
    officer = User.objects.create(username="can-bo", is_officer=True)
    overseeing.stop(session.code, officer, "Quảng cáo sai sự thật")
    text = page(client, session)
    assert "Quảng cáo sai sự thật" in text
    for hidden in (product.name, "Lời mời", "youtube.com", "data-embed"):
        assert hidden not in text
    assert told(client, session)["pins"] == []
    feed = client.get(reverse("livestreams_json")).json()["livestreams"][0]
    assert (feed["state"], feed["url"], feed["reason"]) == ("stopped", None, "Quảng cáo sai sự thật")
    assert "STATUS:CANCELLED" in client.get(reverse("livestreams_calendar")).content.decode()


def test_the_schedule_by_day_by_province_and_by_producer(client: Client) -> None:
    here, _ = make_host(make_producer(province_code="68"))
    there, other = make_host(make_producer(province_code="01"))
    midnight = clock.start_of(clock.today() + timedelta(days=2))
    announced(here, title="Trước nửa đêm", starts_at=midnight - MINUTE, ends_at=midnight + HOUR)
    announced(here, title="Sau nửa đêm", starts_at=midnight, ends_at=midnight + HOUR)
    on_air(there, title="Phiên Hà Nội")
    text = client.get(reverse("livestreams")).content.decode()
    order = ["Phiên Hà Nội", "Ngày mai", "Trước nửa đêm", f"{midnight:%d/%m/%Y}", "Sau nửa đêm"]
    assert sorted(order, key=text.index) == order

    only = client.get(reverse("livestreams"), {"tinh": "01"}).content.decode()
    assert "Phiên Hà Nội" in only
    assert "nửa đêm" not in only
    only = client.get(reverse("livestreams"), {"chu-the": other.producer_id}).content.decode()
    assert "nửa đêm" not in only
    assert other.owner.name in only
    for odd in ({"tinh": "zz"}, {"chu-the": "x"}, {"chu-the": "9" * 30}, {"chu-the": "²"}):
        assert "Sau nửa đêm" in client.get(reverse("livestreams"), odd).content.decode()
    feed = client.get(reverse("livestreams_json"), {"tinh": "68"}).json()["livestreams"]
    assert [one["title"] for one in feed] == ["Trước nửa đêm", "Sau nửa đêm"]
    assert feed[1]["starts_at"] == f"{midnight:%Y-%m-%d}T00:00:00+07:00"
    calendar = client.get(reverse("livestreams_calendar"), {"chu-the": other.producer_id})
    assert calendar["Content-Type"] == "text/calendar; charset=utf-8"
    assert calendar.content.count(b"BEGIN:VEVENT") == 1


def test_what_is_on_is_told_on_home_product_producer_and_province(client: Client) -> None:
    user, host = make_host()
    session = on_air(user, title="Rang cà phê")
    product = with_pin(session, user)
    addresses = ["/", product.get_absolute_url(), reverse("province", args=["lam-dong"]),
                 reverse("producer", args=[host.owner.slug, host.owner.pk])]  # fmt: skip
    for address in addresses:
        text = client.get(address).content.decode()
        assert "Rang cà phê" in text, address
        assert "Đang phát" in text, address
    session.refresh_from_db()
    services.end(user, session.code, session.version)
    for address in addresses:
        assert "Rang cà phê" not in client.get(address).content.decode()


def test_everything_is_there_in_english(client: Client) -> None:
    user, _ = make_host()
    session = on_air(user)
    with_pin(session, user)
    text = client.get(f"/en/truc-tiep/{session.slug}-{session.code}/").content.decode()
    for said in ("On air", "Watch on YouTube", "Add to calendar", "Report this session"):
        assert said in text
    assert "Livestreams from OCOP" in client.get("/en/truc-tiep/").content.decode()
    assert client.get(f"/en/truc-tiep/{session.code}/su-kien/").status_code == 200


def test_a_session_is_reported_with_the_reports_form(client: Client) -> None:
    user, host = make_host()
    session = on_air(user)
    form = client.get(reverse("report"), {"phien": session.code}).content.decode()
    assert session.title in form
    draft = services.draft(user, host.owner, new_code(), plan(title="Nháp kín"))
    assert "Nháp kín" not in client.get(reverse("report"), {"phien": draft.code}).content.decode()

    typed = {"kind": "livestream", "token": "a" * 22, "livestream": session.code}
    assert client.post(reverse("report"), typed).status_code == 302
    assert Report.objects.get().livestream == session
    for code in (draft.code, "", "0000000"):
        again = {**typed, "token": "b" * 22, "livestream": code}
        assert client.post(reverse("report"), again).status_code == 422  # a place is missing
    assert Report.objects.count() == 1

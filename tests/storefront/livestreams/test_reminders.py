"""A viewer without JavaScript asks, confirms by the link in the mail, is reminded, and takes it back."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from catalog import clock
from catalog.livestreams import services as livestreams
from catalog.livestreams.models import Livestream
from catalog.products.codes import new_code
from catalog.reminders import quota
from catalog.reminders.models import Reminder
from catalog.reminders.sending import work
from catalog.reminders.services import confirm_token, stop_token
from tests.catalog.livestreams.making import announced, make_host, on_air, plan
from tests.catalog.reminders.making import confirmed, link

pytestmark = pytest.mark.django_db


@pytest.fixture
def show() -> Livestream:
    return announced(make_host()[0], title="Rang cà phê")


def ask(client: Client, show: Livestream, address: str) -> str:
    answer = client.post(reverse("reminder", args=[show.code]), {"email": address}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_whole_way(client: Client, show: Livestream, monkeypatch: pytest.MonkeyPatch) -> None:
    assert reverse("reminder", args=[show.code]) in client.get(show.get_absolute_url()).content.decode()
    assert reverse("reminder", args=[show.code]) in client.get(reverse("livestreams")).content.decode()
    assert "Xin xem hộp thư" in ask(client, show, "an@example.test")
    work()
    way = link(mail.outbox[0].body, "nhac")

    assert "Đúng, nhắc tôi" in client.get(way).content.decode()
    assert Reminder.objects.get().confirmed_at is None  # a scanner that opens it confirms nothing
    assert "Đã đặt nhắc" in client.post(way).content.decode()
    assert "Đã đặt nhắc" in client.post(way).content.decode()

    monkeypatch.setattr(clock, "now", lambda: show.starts_at - timedelta(minutes=20))
    work()
    assert mail.outbox[1].subject.startswith("Sắp phát")
    away = link(mail.outbox[1].body, "bo-nhac")
    assert mail.outbox[1].extra_headers["List-Unsubscribe"].endswith(f"{away}>")
    assert "Bỏ nhắc" in client.get(away).content.decode()
    assert Reminder.objects.count() == 1
    strict = Client(enforce_csrf_checks=True)  # the mail provider's: no cookie, no token
    for _ in range(2):
        answer = strict.post(away, {"List-Unsubscribe": "One-Click"})
        assert (answer.status_code, Reminder.objects.count()) == (200, 0)
    assert "đã bị xóa" in client.get(away).content.decode()
    assert client.get(way).status_code == 410


def test_in_english(client: Client, show: Livestream) -> None:
    client.post(f"/en/truc-tiep/{show.code}/nhac/", {"email": "an@example.test"})
    work()
    assert mail.outbox[0].subject == "Confirm your reminder: Rang cà phê"
    way = link(mail.outbox[0].body, "nhac")
    assert way.startswith("/en/")
    assert "Yes, remind me" in client.get(way).content.decode()


def test_the_answer_does_not_tell_who_is_on_the_list(client: Client, show: Livestream) -> None:
    confirmed(show, "co@example.test")
    new, again, known = (ask(client, show, f"{name}@example.test") for name in ("moi", "moi", "co"))
    assert new == again == known
    assert "moi@" not in new


def test_what_is_wrong_is_told_with_what_was_typed(client: Client, show: Livestream) -> None:
    answer = client.post(reverse("reminder", args=[show.code]), {"email": "an@"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "chưa phải một địa chỉ email" in text
    assert 'value="an@"' in text


def test_who_asks_too_often_is_told_when_to_come_back(client: Client, show: Livestream) -> None:
    for number in range(quota.PER_ADDRESS):
        ask(client, show, f"u{number}@example.test")
    answer = client.post(reverse("reminder", args=[show.code]), {"email": "x@example.test"})
    assert answer.status_code == 429
    assert "phút" in answer.content.decode()


def test_nothing_to_be_reminded_of(client: Client) -> None:
    user, host = make_host()
    draft = livestreams.draft(user, host.owner, new_code(), plan())
    live = on_air(user)
    for method in (client.get, client.post):
        assert method(reverse("reminder", args=[draft.code])).status_code == 404
        assert method(reverse("reminder", args=["0000000"])).status_code == 404
    assert client.get(reverse("reminder_asked", args=[draft.code])).status_code == 404
    assert 'name="email"' not in client.get(live.get_absolute_url()).content.decode()
    assert 'name="email"' not in client.get(reverse("reminder", args=[live.code])).content.decode()
    assert client.post(reverse("reminder", args=[live.code]), {"email": "an@example.test"}).status_code == 409
    assert Reminder.objects.count() == 0


def test_a_forged_link_does_nothing(client: Client, show: Livestream) -> None:
    reminder = confirmed(show)
    for name, token in (("reminder_stop", confirm_token(reminder)), ("reminder_confirm", stop_token(reminder))):
        assert client.post(reverse(name, args=[token])).status_code == 410
    assert Reminder.objects.filter(confirmed_at__isnull=False).count() == 1


def test_a_form_of_another_site_is_refused(show: Livestream) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(reverse("reminder", args=[show.code]), {"email": "an@example.test"}).status_code == 403

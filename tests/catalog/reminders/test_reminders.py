"""Two steps to be on the list, one letter of each kind at its time (over a real SMTP server), then forgotten."""

import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from catalog import clock
from catalog.errors import ShopError
from catalog.livestreams import overseeing
from catalog.livestreams import services as livestreams
from catalog.livestreams.models import LiveHost, Livestream
from catalog.mail.models import LetterState
from catalog.people.models import User
from catalog.reminders import consent, quota, services
from catalog.reminders.letters import compose
from catalog.reminders.models import Reminder, ReminderLetter
from catalog.reminders.sending import untried_since, work
from catalog.reminders.telling import tell
from tests.catalog.livestreams.making import HOUR, MINUTE, announced, make_host, plan
from tests.catalog.mail.server import MailServer, free_port
from tests.catalog.reminders.making import Hours, ask, confirmed, link
from tests.ocop_sync.held.making import make_officer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def hours(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hours]:
    told = Hours()
    monkeypatch.setattr(clock, "now", lambda: told.now)
    return told


@pytest.fixture
def host() -> User:
    return make_host()[0]


@pytest.fixture
def show(host: User, hours: Hours) -> Livestream:
    """A session in three hours."""
    return announced(host, starts_at=hours.now + 3 * HOUR, title="Rang cà phê")


def refused(code: str, act: object, *arguments: object) -> None:
    with pytest.raises(ShopError) as told:
        act(*arguments)  # type: ignore[operator]
    assert told.value.code == code


def move(host: User, show: Livestream, by: timedelta) -> None:
    show.refresh_from_db()
    planned = plan(show.starts_at + by, title=show.title)
    livestreams.change(host, show.code, show.version, planned, confirmed=True)
    show.refresh_from_db()


def test_from_the_wish_to_the_reminder(server: MailServer, show: Livestream, hours: Hours) -> None:
    ask(show, " An@Example.test ")
    assert (work(), work(), server.to) == (1, 0, ["an@example.test"])
    first, text = server.taken[0][1], server.text()
    assert server.subject() == "Xác nhận nhận thư nhắc: Rang cà phê"
    assert (first["Auto-Submitted"], first["List-Unsubscribe"]) == ("auto-generated", None)
    reminder = Reminder.objects.get()
    assert (reminder.confirmed_at, reminder.consent_version) == (None, consent.VERSION)

    services.confirm(link(text, "nhac").split("/")[-2])
    hours.to(show.starts_at - 31 * MINUTE)
    assert (work(), len(server.taken)) == (0, 1)
    hours.to(show.starts_at - 30 * MINUTE)
    assert (work(), work()) == (1, 0)

    mail, text = server.taken[1][1], server.text(1)
    assert server.subject(1).startswith("Sắp phát lúc ")
    assert "Rang cà phê" in text
    assert "Giờ trước đây" not in text
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"].strip("<>").endswith(link(text, "bo-nhac"))
    html = mail.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert "Bỏ nhắc phiên này" in html
    hours.to(show.ends_at)
    work()
    assert (Reminder.objects.count(), ReminderLetter.objects.count()) == (0, 0)


def test_the_mails_are_in_the_language_of_the_page(server: MailServer, show: Livestream, hours: Hours) -> None:
    confirmed(show, language="en")
    hours.to(show.starts_at - 10 * MINUTE)
    work()
    assert server.subject().startswith("Starting at ")
    assert "/en/truc-tiep/bo-nhac/" in server.text()
    assert "Giờ" not in server.text()


def test_an_address_that_is_not_confirmed_gets_one_letter(server: MailServer, show: Livestream, hours: Hours) -> None:
    for _ in range(3):
        ask(show)
        work()
    hours.to(show.starts_at - 20 * MINUTE)
    work()
    assert len(server.taken) == 1


def test_a_stranger_s_mailbox_is_not_flooded(server: MailServer, host: User, hours: Hours) -> None:
    shows = [announced(host, starts_at=hours.now + 40 * HOUR) for _ in range(6)]
    for number, show in enumerate(shows):
        ask(show, network=f"192.0.2.{number}")
    work()
    assert len(server.taken) == services.UNCONFIRMED
    hours.now += 2 * HOUR
    for show in shows:
        ask(show)
    work()
    assert len(server.taken) == services.UNCONFIRMED
    ask(shows[0], "binh@example.test")
    assert work() == 1


def test_a_network_asks_so_often_an_hour(show: Livestream) -> None:
    for number in range(quota.PER_ADDRESS):
        ask(show, f"u{number}@example.test")
    refused("too_many_reminders", ask, show, "x@example.test")
    assert not Reminder.objects.filter(address="x@example.test").exists()
    ask(show, "x@example.test", network="198.51.100.7")


@pytest.mark.parametrize("text", ["", "an", "an@", "a b@example.test", "an@example.test\nBcc: b@example.test",
                                  "a@example.test,b@example.test", f"{'a' * 260}@example.test"])  # fmt: skip
def test_what_is_no_address_is_refused(show: Livestream, text: str) -> None:
    refused("reminder_bad_address", ask, show, text)
    assert Reminder.objects.count() == 0


def test_only_what_is_to_come_is_reminded_of(host: User, show: Livestream, hours: Hours) -> None:
    ask(show)
    token = services.confirm_token(Reminder.objects.get())
    hours.to(show.starts_at)
    refused("nothing_to_remind_of", ask, show, "b@example.test")
    refused("nothing_to_remind_of", services.confirm, token)
    livestreams.cancel(host, show.code, show.version, "Mưa bão")
    show.refresh_from_db()
    refused("nothing_to_remind_of", ask, show, "b@example.test")


def test_links_are_signed_for_one_purpose_and_expire(server: MailServer, host: User, hours: Hours) -> None:
    show = announced(host, starts_at=hours.now + 100 * HOUR)
    ask(show)
    reminder = Reminder.objects.get()
    good, other = services.confirm_token(reminder), services.stop_token(reminder)
    for bad in (other, good[:-1], f"{reminder.pk + 1}.{good.split('.')[1]}", "1", "1.x"):
        refused("reminder_link_over", services.confirm, bad)
    refused("reminder_link_over", services.stop, good)
    hours.now += services.VALID
    refused("reminder_link_over", services.confirm, good)
    assert (work(), Reminder.objects.count(), server.taken) == (0, 0, [])  # too late to be of use, and forgotten
    ask(show)
    assert work() == 1


def test_unsubscribing_deletes_and_bears_a_repeat(server: MailServer, show: Livestream, hours: Hours) -> None:
    reminder = confirmed(show)
    other = confirmed(show, "binh@example.test")
    token = services.stop_token(reminder)
    services.stop(token)
    services.stop(token)
    assert services.to_stop(token) is None
    assert list(Reminder.objects.values_list("pk", flat=True)) == [other.pk]
    hours.to(show.starts_at - MINUTE)
    work()
    assert server.to == ["binh@example.test"]


def test_a_moved_session_is_told_once_and_reminded_of_anew(
    server: MailServer, host: User, show: Livestream, hours: Hours
) -> None:
    confirmed(show)
    move(host, show, 5 * HOUR)
    move(host, show, HOUR)
    assert (work(), work()) == (1, 0)
    assert server.subject().startswith("Đổi giờ phát sang ")
    assert "Giờ trước đây" in server.text()
    hours.to(show.starts_at - 29 * MINUTE)
    assert (work(), server.subject(1)[:8]) == (1, "Sắp phát")
    move(host, show, 2 * HOUR)
    move(host, show, -2 * HOUR)
    assert work() == 0  # as it was
    move(host, show, 2 * HOUR)
    assert (work(), server.subject(2)[:7]) == (1, "Đổi giờ")
    move(host, show, -2 * HOUR)
    move(host, show, 3 * HOUR)
    assert (work(), server.subject(3)[:7]) == (1, "Đổi giờ")
    hours.to(show.starts_at - 29 * MINUTE)
    assert (work(), len(server.taken)) == (1, 5)


def test_moved_to_soon_is_one_letter_that_tells_both(
    server: MailServer, host: User, show: Livestream, hours: Hours
) -> None:
    confirmed(show)
    move(host, show, -160 * MINUTE)
    assert (work(), work()) == (1, 0)
    assert server.subject().startswith("Sắp phát")
    assert "Giờ trước đây" in server.text()


def test_a_letter_that_was_overtaken_is_not_sent(
    server: MailServer, host: User, show: Livestream, hours: Hours, settings: Settings
) -> None:
    confirmed(show)
    settings.EMAIL_PORT = free_port()
    move(host, show, HOUR)
    work()
    settings.EMAIL_PORT = server.port
    move(host, show, HOUR)
    hours.now += 2 * MINUTE
    assert work() == 1
    assert sorted(ReminderLetter.objects.values_list("purpose", "state")) == [
        ("confirm", "moot"), ("moved", "moot"), ("moved", "sent"),
    ]  # fmt: skip


def test_a_cancelled_session_is_told_once_and_the_address_goes(
    server: MailServer, host: User, show: Livestream
) -> None:
    confirmed(show)
    ask(show, "chua-xac-nhan@example.test")
    livestreams.cancel(host, show.code, show.version, "Mưa bão ở Lạc Dương")
    assert (work(), work()) == (1, 0)
    assert server.to == ["an@example.test"]
    assert server.subject() == "Phiên không diễn ra: Rang cà phê"
    assert "Người phát đã hủy" in server.text()
    assert "Mưa bão ở Lạc Dương" in server.text()
    assert list(Reminder.objects.values_list("address", flat=True)) == ["chua-xac-nhan@example.test"]


def test_a_withdrawn_host_s_sessions_are_told_to_be_stopped(server: MailServer, show: Livestream) -> None:
    confirmed(show)
    host = LiveHost.objects.get()
    overseeing.withdraw(host.pk, make_officer(), host.version, "Giấy tờ của người khác")
    assert (work(), work()) == (1, 0)
    assert "Cán bộ chương trình OCOP đã dừng" in server.text()
    assert "Giấy tờ của người khác" in server.text()


def test_a_session_stopped_on_air_is_not_written_about(
    server: MailServer, host: User, show: Livestream, hours: Hours
) -> None:
    confirmed(show)
    hours.to(show.starts_at - 10 * MINUTE)
    work()
    livestreams.start(host, show.code, show.version)
    overseeing.stop(show.code, make_officer(), "Sai")
    assert (work(), len(server.taken)) == (0, 1)


@pytest.mark.parametrize(("late", "sent"), [(0, 1), (4, 1), (5, 0), (50, 0), (600, 0)])
def test_a_tick_that_comes_late(server: MailServer, show: Livestream, hours: Hours, late: int, sent: int) -> None:
    confirmed(show)
    hours.to(show.starts_at + late * MINUTE)
    assert work() == sent


def test_a_mail_server_that_comes_back_too_late(
    server: MailServer, show: Livestream, hours: Hours, settings: Settings
) -> None:
    confirmed(show)
    settings.EMAIL_PORT = free_port()
    hours.to(show.starts_at - 20 * MINUTE)
    assert work() == 0
    assert untried_since(hours.now + 16 * MINUTE)
    settings.EMAIL_PORT = server.port
    hours.to(show.starts_at + 6 * MINUTE)
    assert (work(), server.taken) == (0, [])
    assert set(ReminderLetter.objects.values_list("state", flat=True)) == {LetterState.MOOT}


def test_begun_early_the_reminder_says_so(server: MailServer, host: User, show: Livestream, hours: Hours) -> None:
    confirmed(show)
    hours.to(show.starts_at - 14 * MINUTE)
    livestreams.start(host, show.code, show.version)
    assert (work(), server.subject()) == (1, "Đang phát: Rang cà phê")


def test_the_address_is_in_no_log(
    server: MailServer, show: Livestream, hours: Hours, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.clear()
    reminder = confirmed(show)
    server.to_recipient["an@example.test"] = "550 5.1.1 <an@example.test> No such user"
    hours.to(show.starts_at - MINUTE)
    work()
    assert ReminderLetter.objects.get(purpose="remind").state == LetterState.REFUSED
    own = [one.getMessage() for one in caplog.records if not one.name.startswith(("django.db", "mail", "asyncio"))]
    assert own
    assert not [text for text in own if "an@example" in text]
    assert "an@example" not in f"{reminder} {reminder!r}"


def test_composing_has_a_fixed_number_of_queries(server: MailServer, show: Livestream, hours: Hours) -> None:
    def queries() -> int:
        letters = list(ReminderLetter.objects.filter(purpose="remind"))
        with CaptureQueriesContext(connection) as asked:
            assert len(compose(letters)) == len(letters)
        return len(asked)

    hours.to(show.starts_at - 20 * MINUTE)
    confirmed(show)
    assert (tell(), queries()) == (1, 1)
    for number in range(5):
        confirmed(show, f"u{number}@example.test")
    assert (tell(), tell(), queries()) == (5, 0, 1)

"""Letters go out once, over a real SMTP server that takes, delays, refuses, hangs up or is away."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from pytest_django import Settings

from catalog import clock
from catalog.mail import sending
from catalog.mail.models import LetterState
from catalog.people.models import ProducerMember, User
from catalog.warnings.letters import compose
from catalog.warnings.models import Letter
from catalog.warnings.sending import send_due, untried_since
from catalog.warnings.services import warn
from tests.catalog.mail.server import MailServer, free_port
from tests.catalog.warnings.making import TODAY, ending_in, member, on, set_last_day, tell
from tests.factories import make_producer

pytestmark = pytest.mark.django_db


class Hours:
    """The clock of a test: `today()` is TODAY, `now()` moves when told to."""

    def __init__(self) -> None:
        self.now = datetime.now(clock.TIME_ZONE)

    def later(self, **passed: float) -> None:
        self.now += timedelta(**passed)


@pytest.fixture(autouse=True)
def hours(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hours]:
    told = Hours()
    monkeypatch.setattr(clock, "now", lambda: told.now)
    with clock.as_of(TODAY):
        yield told


def letter(name: str = "an") -> Letter:
    return Letter.objects.get(user__username=name)


def warned(*names: str, days: int = 25) -> None:
    """A producer with these members was warned of one product."""
    product = ending_in(days, name="Cà phê Cầu Đất", producer=make_producer("Hợp tác xã <Cầu & Đất>"))
    for name in names or ("an",):
        member(product.producer, name)
    warn(TODAY)


def test_a_letter_says_what_ends_when_and_what_to_do(server: MailServer) -> None:
    warned()

    assert (send_due(), send_due()) == (1, 0)

    (address, mail), text = server.taken[0], server.text()
    html = mail.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert (address, mail["To"], mail["From"]) == (
        "an@example.test",
        "an@example.test",
        "Chợ Sao <no-reply@chosao.example>",
    )
    assert server.subject() == "Còn 25 ngày: chứng nhận OCOP của Cà phê Cầu Đất"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "Kính gửi Hợp tác xã <Cầu & Đất>," in text
    assert "Kính gửi Hợp tác xã &lt;Cầu &amp; Đất&gt;," in html
    for body in (text, html):
        assert "Còn 25 ngày (ngày cuối: 19/12/2026)" in body
        assert "Nộp hồ sơ đánh giá lại ngay, chậm nhất ngày 19/12/2026" in body
        assert "Ủy ban nhân dân xã" in body
        assert "/hop-tac-xa/san-pham/" in body
    assert (letter().state, letter().settled_at is not None) == (LetterState.SENT, True)


def test_all_products_of_a_producer_in_one_letter(server: MailServer) -> None:
    coop = make_producer()
    names = ["Chè", "Gạo", "Mật ong", "Nấm"]
    for name, days in zip(names, (179, 179, 100, 3), strict=True):
        ending_in(days, name=name, producer=coop)
    member(coop)
    warn(TODAY)

    send_due()

    assert server.to == ["an@example.test"]
    assert server.subject() == "4 chứng nhận OCOP sắp hết hạn, sớm nhất ngày 27/11/2026"
    text = server.text()
    assert [text.index(f"- {name} (mã") for name in ("Nấm", "Mật ong", "Chè", "Gạo")] == sorted(
        text.index(f"- {name} (mã") for name in names
    )
    assert text.count("Việc cần làm") == 3


def test_the_text_is_vietnamese_in_a_process_that_reads_english(server: MailServer) -> None:
    warned()
    with translation.override("en"):
        send_due()

    assert server.subject().startswith("Còn 25 ngày")
    assert "/en/" not in server.text()


def test_a_server_that_asks_to_come_back_gets_the_letter_later(server: MailServer, hours: Hours) -> None:
    warned("an", "binh")
    server.to_recipient["an@example.test"] = "451 4.7.1 Greylisted"

    assert send_due() == 1
    assert (letter().state, letter().last_error) == (LetterState.WAITING, "451 4.7.1 Greylisted")
    assert (server.to, send_due()) == (["binh@example.test"], 0)
    server.to_recipient.clear()
    hours.later(seconds=61)

    assert send_due() == 1
    assert server.to == ["binh@example.test", "an@example.test"]
    assert (letter().state, letter().last_error) == (LetterState.SENT, "")


def test_pauses_grow_to_four_hours_and_end_after_five_days(server: MailServer, hours: Hours) -> None:
    warned()
    server.to_recipient["an@example.test"] = "452 4.2.2 Mailbox full"
    pauses = []
    start = hours.now
    while letter().state == LetterState.WAITING:
        send_due()
        pauses.append(letter().available_at - hours.now)
        hours.now = max(letter().available_at, hours.now)

    assert pauses[:9] == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 8, 16, 32, 64, 128, 240)]
    assert timedelta(days=4) < hours.now - start < timedelta(days=6)
    assert (letter().state, letter().last_error) == (LetterState.REFUSED, "452 4.2.2 Mailbox full")


@pytest.mark.parametrize("reply", ["550 5.1.1 No such user", "550 No such user", "553 5.1.3 Bad address"])
def test_an_address_that_is_refused_for_good_is_noted_and_left_alone(
    server: MailServer, hours: Hours, reply: str
) -> None:
    warned("an", "binh")
    server.to_recipient["an@example.test"] = reply

    assert send_due() == 1
    hours.later(days=1)
    assert send_due() == 0

    assert (letter().state, letter().last_error) == (LetterState.REFUSED, reply)
    assert (letter("binh").state, server.tries) == (LetterState.SENT, 2)


def test_a_text_that_is_refused_for_good(server: MailServer) -> None:
    warned()
    server.to_data = "554 5.6.0 Content not accepted"

    assert send_due() == 0
    assert (letter().state, letter().last_error) == (LetterState.REFUSED, "554 5.6.0 Content not accepted")


def test_a_server_that_does_not_let_us_in_has_not_refused_the_address(server: MailServer, hours: Hours) -> None:
    warned()
    server.to_recipient["an@example.test"] = "554 5.7.1 Relay access denied"

    send_due()
    assert (letter().state, letter().last_error) == (LetterState.WAITING, "554 5.7.1 Relay access denied")

    server.to_recipient.clear()
    hours.later(minutes=1)
    assert send_due() == 1


@pytest.mark.parametrize("reply", ["451 4.3.0 Try later", "530 5.7.0 Authenticate first", "550 5.7.1 Unknown sender"])
def test_a_server_that_takes_nothing_from_us_costs_no_letter_an_attempt(
    server: MailServer, hours: Hours, reply: str
) -> None:
    warned("an", "binh")
    server.to_sender = reply

    for _ in range(50):
        assert send_due() == 0
        hours.later(minutes=1)
    assert [(one.attempts, one.last_error) for one in Letter.objects.all()] == [(0, reply)] * 2
    assert server.tries == 50

    server.to_sender = ""
    assert send_due() == 2
    assert server.to == ["an@example.test", "binh@example.test"]


def test_a_server_that_is_away(server: MailServer, settings: Settings, hours: Hours) -> None:
    warned("an", "binh")
    settings.EMAIL_PORT = free_port()

    assert send_due() == 0
    assert [one.attempts for one in Letter.objects.all()] == [0, 0]
    assert "Connection refused" in letter().last_error

    settings.EMAIL_PORT = server.port
    hours.later(minutes=1)
    assert (send_due(), server.to) == (2, ["an@example.test", "binh@example.test"])


def test_health_tells_of_letters_that_no_server_took(server: MailServer, settings: Settings, hours: Hours) -> None:
    warned("an", "binh")
    settings.EMAIL_PORT = free_port()
    send_due()
    late = untried_since(hours.now + timedelta(minutes=16))

    settings.EMAIL_PORT = server.port
    server.to_recipient["an@example.test"] = "452 4.2.2 Mailbox full"  # nothing for an officer to mend
    hours.later(minutes=20)
    send_due()

    assert (late, untried_since(hours.now + timedelta(minutes=16))) == (True, False)


def test_a_line_that_is_cut_before_the_answer_repeats_under_the_same_id(server: MailServer, hours: Hours) -> None:
    warned("an", "binh")
    server.drop_after_data = 1

    assert send_due() == 1
    assert (letter().state, letter("binh").state) == (LetterState.WAITING, LetterState.SENT)
    hours.later(minutes=1)
    assert send_due() == 1

    assert server.to == ["an@example.test", "binh@example.test", "an@example.test"]
    first, other, again = (mail["Message-ID"] for _to, mail in server.taken)
    assert first == again != other


def test_a_worker_that_was_killed_loses_no_letter(
    server: MailServer, hours: Hours, monkeypatch: pytest.MonkeyPatch
) -> None:
    warned("an", "binh")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(sending, "_hand_over", killed)
        patch.setattr(sending, "_give_back", lambda *_: None)
        with pytest.raises(KeyboardInterrupt):
            send_due()
    hours.later(seconds=61)
    assert (send_due(), server.to) == (1, ["binh@example.test"])  # an's worker may still be talking to the server
    hours.later(minutes=11)

    assert (send_due(), server.to) == (1, ["binh@example.test", "an@example.test"])


def test_a_worker_that_is_stopped_gives_its_letters_back(
    server: MailServer, hours: Hours, monkeypatch: pytest.MonkeyPatch
) -> None:
    warned("an", "binh")

    def stopped(*_: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(sending, "_hand_over", stopped)
        with pytest.raises(SystemExit):
            send_due()
    hours.later(minutes=1)

    assert (send_due(), [one.attempts for one in Letter.objects.all()]) == (2, [1, 1])


def test_a_letter_that_another_worker_took_over_is_not_sent(
    server: MailServer, hours: Hours, monkeypatch: pytest.MonkeyPatch
) -> None:
    warned("an", "binh")
    real, talks, other = sending._hand_over, [], []

    def slow(*arguments: object) -> object:
        talks.append(arguments)
        if len(talks) == 1:
            hours.later(seconds=61)
            other.append(send_due())
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(sending, "_hand_over", slow)

    assert (send_due(), other) == (1, [1])
    assert sorted(server.to) == ["an@example.test", "binh@example.test"]


def test_when_the_time_is_over_the_rest_waits(server: MailServer) -> None:
    warned("an", "binh")

    assert send_due(0) == 0
    assert (send_due(), len(server.taken)) == (2, 2)


def _new_decision(user: User) -> None:
    for warning in letter().notice.warnings.all():
        set_last_day(warning.product, on(1000))


def _suspended(user: User) -> None:
    for warning in letter().notice.warnings.all():
        tell(warning.product, status="suspended")


def _left(user: User) -> None:
    ProducerMember.objects.filter(user=user).delete()


def _closed(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def _no_address(user: User) -> None:
    User.objects.filter(pk=user.pk).update(email="")


def _deleted(user: User) -> None:
    Letter.objects.update(user=None)


@pytest.mark.parametrize("happened", [_new_decision, _suspended, _left, _closed, _no_address, _deleted])
def test_what_nobody_needs_any_more_is_not_sent(server: MailServer, happened: object) -> None:
    warned()
    happened(letter().user)  # type: ignore[operator]

    assert (send_due(), server.taken, server.tries) == (0, [], 0)
    assert Letter.objects.get().state == LetterState.MOOT


def test_after_a_long_outage_one_letter_tells_where_things_stand(server: MailServer, hours: Hours) -> None:
    warned(days=125)
    with clock.as_of(on(100)):
        warn(on(100))
        assert send_due() == 1

    assert server.subject().startswith("Còn 25 ngày")
    assert sorted(Letter.objects.values_list("state", flat=True)) == [LetterState.MOOT, LetterState.SENT]


def test_composing_has_a_fixed_number_of_queries_for_a_batch(server: MailServer) -> None:
    def taken() -> int:
        letters = list(Letter.objects.all())
        with CaptureQueriesContext(connection) as queries:
            assert len(compose(letters, TODAY)) == len(letters)
        return len(queries)

    warned("an")
    few = taken()
    for number in range(10):
        product = ending_in(50 + number)
        member(product.producer, f"u{number}")
    warn(TODAY)

    assert taken() == few == 3

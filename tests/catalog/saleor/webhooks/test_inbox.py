"""The inbox: each object once, what fails comes back or is given up, an outage costs nothing."""

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.db.models import F

from catalog import clock
from catalog.saleor.app.errors import TokenUnreadable
from catalog.saleor.errors import PermissionDenied, SaleorFault, SaleorUnavailable
from catalog.saleor.models import InboxMessage
from catalog.saleor.tasks import work_inbox_task
from catalog.saleor.webhooks import inbox
from catalog.saleor.webhooks.inbox import MOST_ATTEMPTS, OBJECTS, process_inbox, purge_inbox, replay
from catalog.saleor.webhooks.registry import HANDLERS, Later, register

pytestmark = pytest.mark.django_db
Asked = list[list[str]]


def put(*keys: str, event: str = "Tested", times: int = 1, **facts: object) -> None:
    """Messages in the inbox, as if they had been received."""
    start = InboxMessage.objects.count()
    rows = [(key, n) for n in range(times) for key in keys]
    InboxMessage.objects.bulk_create(
        InboxMessage(
            digest=f"{start + number}", event=event, key=key, issued_at=clock.now(), available_at=clock.now(), **facts
        )
        for number, (key, _) in enumerate(rows)
    )


def waiting() -> list[str]:
    """Keys of what is not worked off."""
    return sorted(InboxMessage.objects.waiting().values_list("key", flat=True))


def due() -> None:
    """Let all waits be over."""
    InboxMessage.objects.update(available_at=clock.now())


@pytest.fixture
def asked(monkeypatch) -> Asked:
    """What the handler of `Tested` was called with."""
    calls: Asked = []
    monkeypatch.setitem(HANDLERS, "Tested", lambda keys: calls.append(list(keys)))
    monkeypatch.setitem(HANDLERS, "Tried", HANDLERS["Tested"])
    return calls


@pytest.fixture
def failing(monkeypatch) -> Callable[[Exception, str], Asked]:
    """Let the handler of `Tested` raise for one key."""

    def set_up(error: Exception, culprit: str) -> Asked:
        calls: Asked = []

        def handler(keys: Sequence[str]) -> None:
            calls.append(list(keys))
            if culprit in keys:
                raise error

        monkeypatch.setitem(HANDLERS, "Tested", handler)
        return calls

    return set_up


def test_an_object_is_asked_for_once_however_many_messages_name_it(asked: Asked) -> None:
    put("a", "b", times=50)
    put("a", event="Tried")

    assert process_inbox() == 2

    assert asked == [["a", "b"]]
    assert waiting() == []
    assert process_inbox() == 0


def test_ten_thousand_messages_after_an_outage(asked: Asked) -> None:
    """Each object is in one question, each question holds a hundred objects."""
    keys = [f"k{n:04}" for n in range(2000)]
    put(*keys, times=5)

    work_inbox_task()

    assert len(asked) == 2000 / OBJECTS
    assert sorted(key for call in asked for key in call) == keys
    assert waiting() == []


def test_the_oldest_come_first(asked: Asked, monkeypatch) -> None:
    monkeypatch.setattr(inbox, "OBJECTS", 2)
    put("c", "b", "a", "c")

    process_inbox()

    assert asked == [["b", "c"]]


def test_an_object_in_somebodys_hands_is_left_alone_until_it_is_free(asked: Asked) -> None:
    put("a", "b")
    other = InboxMessage.objects.filter(key="a")
    other.update(leased_until=clock.now() + timedelta(minutes=1), lease_owner="another")
    put("a", times=3)

    assert process_inbox() == 1
    assert (asked, waiting()) == ([["b"]], ["a"] * 4)

    InboxMessage.objects.filter(lease_owner="another").update(leased_until=clock.now())  # it was killed
    assert process_inbox() == 1
    assert (asked, waiting()) == ([["b"], ["a"]], [])


def test_a_worker_that_was_too_slow_does_not_end_what_another_holds_now(monkeypatch) -> None:
    def slow(_keys: Sequence[str]) -> None:
        InboxMessage.objects.update(lease_owner="another")

    monkeypatch.setitem(HANDLERS, "Tested", slow)
    put("a")

    process_inbox()

    assert waiting() == ["a"]


def test_an_event_that_nobody_cares_for_any_more_is_done_without_harm_to_others(failing) -> None:
    failing(ValueError("no"), "a")
    put("a", event="Forgotten")
    put("a")

    process_inbox()

    assert list(InboxMessage.objects.waiting().values_list("event", flat=True)) == ["Tested"]


def test_one_that_fails_does_not_hold_up_the_others(failing) -> None:
    asked = failing(ValueError("broken"), "c")
    put("a", "b", "c", "d", "e")

    assert process_inbox() == 4

    assert waiting() == ["c"]
    assert asked[0] == ["a", "b", "c", "d", "e"]
    assert ["c"] in asked
    message = InboxMessage.objects.waiting().get()
    assert (message.attempts, message.last_error) == (1, "ValueError: broken")
    assert 1 < (message.available_at - clock.now()).total_seconds() < 2
    assert process_inbox() == 0, "not due yet"


def test_waits_grow_and_end_with_giving_up(failing, caplog) -> None:
    failing(SaleorFault(reason="odd"), "a")
    put("a", times=2)
    waits = []

    for _ in range(MOST_ATTEMPTS - 1):
        due()
        assert process_inbox() == 0
        waits.append(round((InboxMessage.objects.first().available_at - clock.now()).total_seconds()))
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 512, *[600] * 10]
    assert waiting() == ["a", "a"]

    due()
    with caplog.at_level(logging.ERROR):
        process_inbox()

    assert waiting() == []
    assert InboxMessage.objects.given_up().count() == 2
    assert InboxMessage.objects.filter(done_at=None, given_up_at__isnull=False, attempts=MOST_ATTEMPTS).count() == 2
    assert "given up after 20 attempts: 2 messages: SaleorFault" in caplog.text
    due()
    assert process_inbox() == 0, "nobody takes it up by himself"


@pytest.mark.parametrize(
    "outage",
    [
        SaleorUnavailable(operation="Variants", reason="no answer"),
        PermissionDenied(reason="the token"),
        TokenUnreadable(api_url="https://saleor.example/graphql/"),
        OperationalError("database is locked"),
    ],
)
def test_an_outage_ends_the_run_and_costs_no_attempt(failing, outage: Exception) -> None:
    asked = failing(outage, "a")
    put("a", "b", "c")

    for _ in range(3):
        due()
        with pytest.raises(type(outage)):
            process_inbox()

    assert len(asked) == 3, "one question a run"
    assert waiting() == ["a", "b", "c"]
    assert set(InboxMessage.objects.values_list("attempts", "leased_until", "lease_owner")) == {(0, None, "")}
    assert InboxMessage.objects.first().available_at <= clock.now() + timedelta(seconds=5)


def test_a_long_outage_gives_nothing_up(failing, asked: Asked) -> None:
    put(*(f"k{n}" for n in range(300)))
    failing(SaleorUnavailable(operation="Variants", reason="no answer"), "k0")
    for _ in range(MOST_ATTEMPTS + 5):
        due()
        work_inbox_task()
    assert InboxMessage.objects.waiting().count() == 300

    failing(ValueError("never"), "nobody")
    due()
    work_inbox_task()

    assert waiting() == []


def test_who_cannot_work_now_is_asked_again_soon_and_does_not_hold_up_others(failing, monkeypatch) -> None:
    failing(Later("the publisher is at work"), "a")
    done: list[str] = []
    monkeypatch.setitem(HANDLERS, "Tried", done.extend)
    put("a")
    put("b", event="Tried")

    assert process_inbox() == 1

    assert (waiting(), done) == (["a"], ["b"])
    message = InboxMessage.objects.waiting().get()
    assert (message.attempts, message.last_error) == (0, "the publisher is at work")


def test_a_worker_that_dies_loses_nothing(monkeypatch, asked: Asked) -> None:
    put("a")
    monkeypatch.setitem(HANDLERS, "Tested", lambda keys: (_ for _ in ()).throw(SystemExit))
    with pytest.raises(SystemExit):
        process_inbox()
    assert process_inbox() == 0, "its lease holds for a minute"

    InboxMessage.objects.update(leased_until=clock.now() - timedelta(seconds=1))
    monkeypatch.setitem(HANDLERS, "Tested", lambda keys: asked.append(list(keys)))

    assert process_inbox() == 1
    assert asked == [["a"]]


def test_what_was_given_up_can_be_replayed(asked: Asked) -> None:
    put("dead", given_up_at=clock.now(), attempts=MOST_ATTEMPTS)
    put("done", done_at=clock.now())
    put("waiting", attempts=3)

    assert replay(given_up=True) == 1

    assert waiting() == ["dead", "waiting"]
    assert set(InboxMessage.objects.waiting().values_list("key", "attempts")) == {("dead", 0), ("waiting", 3)}
    work_inbox_task()
    assert asked == [["dead", "waiting"]]


def test_replay_since_a_moment_and_of_one_event(asked: Asked) -> None:
    put("old", "new", done_at=clock.now())
    put("new", event="Tried", done_at=clock.now())
    InboxMessage.objects.filter(key="old").update(received_at=clock.now() - timedelta(days=2))
    day_ago = clock.now() - timedelta(days=1)

    assert replay(since=day_ago, event="Tested") == 1
    assert waiting() == ["new"]
    assert replay(since=day_ago) == 1, "what waits already is not counted"
    assert replay(event="Tested") == 1
    assert replay(event="Unheard") == 0


def test_the_inbox_forgets_what_is_done_after_a_week_and_what_was_given_up_after_three_months() -> None:
    now = clock.now()
    for days in (6, 8, 89, 91):
        put(f"done{days}", done_at=now - timedelta(days=days))
        put(f"dead{days}", given_up_at=now - timedelta(days=days))
        put(f"waiting{days}")
    InboxMessage.objects.update(received_at=F("received_at") - timedelta(days=200))

    assert purge_inbox() == 4

    left = sorted(InboxMessage.objects.values_list("key", flat=True))
    assert left == ["dead6", "dead8", "dead89", "done6", "waiting6", "waiting8", "waiting89", "waiting91"]


def test_an_event_has_one_handler() -> None:
    with pytest.raises(ValueError, match="OrderUpdated already has a handler"):
        register("OrderUpdated")(print)

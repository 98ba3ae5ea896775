"""iCalendar as RFC 5545 has it: lines, folding, escaping, what stays and what grows."""

from datetime import datetime

import pytest

from catalog import clock
from catalog.clock import TIME_ZONE
from catalog.livestreams import services
from catalog.livestreams.calendars import calendar, fold
from catalog.livestreams.lists import Listed
from catalog.livestreams.models import Livestream
from tests.catalog.livestreams.making import HOUR, announced, make_host, plan

pytestmark = pytest.mark.django_db


def lines(session: Livestream) -> list[str]:
    session.refresh_from_db()
    listed = Listed(session, clock.now())
    text = calendar("Lịch, trực tiếp", [(listed, "https://cho.example/x", "Một\nhai; ba, \\")], "cho.example")
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return text.replace("\r\n ", "").split("\r\n")


def test_an_event_is_in_utc_with_its_texts_escaped() -> None:
    user, _ = make_host()
    start = datetime(2027, 1, 1, 0, 30, tzinfo=TIME_ZONE)
    session = announced(user, starts_at=start, ends_at=start + HOUR, title="Cà phê; mắc ca, " + "chè " * 20)
    told = lines(session)
    assert told[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert "DTSTART:20261231T173000Z" in told
    assert "DTEND:20261231T183000Z" in told
    assert f"SUMMARY:Cà phê\\; mắc ca\\, {('chè ' * 20).strip()}" in told
    assert "DESCRIPTION:Một\\nhai\\; ba\\, \\\\" in told
    assert "X-WR-CALNAME:Lịch\\, trực tiếp" in told
    assert f"UID:truc-tiep-{session.code}@cho.example" in told
    assert "STATUS:CONFIRMED" in told
    assert told[-2:] == ["END:VCALENDAR", ""]


def test_a_change_raises_the_sequence_and_a_cancellation_says_so_under_the_same_uid() -> None:
    user, _ = make_host()
    session = announced(user)
    first = lines(session)
    services.change(user, session.code, 1, plan(clock.now() + 3 * HOUR), confirmed=True)
    second = lines(session)
    services.cancel(user, session.code, 2, "Mưa bão")
    third = lines(session)

    def of(told: list[str], name: str) -> str:
        return next(line for line in told if line.startswith(f"{name}:"))

    assert len({of(told, "UID") for told in (first, second, third)}) == 1
    assert [of(told, "SEQUENCE") for told in (first, second, third)] == ["SEQUENCE:1", "SEQUENCE:2", "SEQUENCE:3"]
    assert of(first, "DTSTART") != of(second, "DTSTART")
    assert of(third, "STATUS") == "STATUS:CANCELLED"


@pytest.mark.parametrize("line", ["", "x" * 75, "x" * 76, "đ" * 200, "x" * 74 + "ộ" + "y" * 80])
def test_folding_parts_no_character_and_loses_nothing(line: str) -> None:
    folded = fold(line)
    assert folded.replace("\r\n ", "") == line
    assert all(len(part.encode()) <= 75 for part in folded.split("\r\n"))

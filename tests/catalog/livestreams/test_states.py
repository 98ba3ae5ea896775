"""The state of a session: by a table, on the edges, and the same in SQL for whatever can be stored."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from catalog.clock import TIME_ZONE
from catalog.livestreams.models import Livestream
from catalog.livestreams.states import COMING, CURRENT, GRACE, LATE, State, in_state, in_states, state
from tests.catalog.livestreams.making import HOUR, MINUTE, make_host

# From before midnight in Vietnam to after it: 23:30 until 00:30.
START = datetime(2026, 11, 28, 23, 30, tzinfo=TIME_ZONE)
END = START + HOUR
SECOND = timedelta(seconds=1)


@dataclass
class Session:
    """Nothing but its moments."""

    starts_at: datetime = START
    ends_at: datetime = END
    started_at: datetime | None = None
    over_at: datetime = END + GRACE
    confirmed_at: datetime | None = START - 24 * HOUR
    cancelled_at: datetime | None = None
    stopped_at: datetime | None = None
    replay_url: str = ""


BEGUN = {"started_at": START + MINUTE}
TABLE = [
    ({"confirmed_at": None}, START - HOUR, "draft"),
    ({"confirmed_at": None}, END + HOUR, "draft"),
    ({}, START - 24 * HOUR, "announced"),
    ({}, START, "announced"),
    ({}, START + LATE - SECOND, "announced"),
    ({}, START + LATE, "late"),
    ({}, END - SECOND, "late"),
    ({}, END, "missed"),
    ({}, END + 1000 * HOUR, "missed"),
    ({"started_at": START - 10 * MINUTE}, START - 5 * MINUTE, "live"),
    (BEGUN, START + MINUTE, "live"),
    (BEGUN, datetime(2026, 11, 29, 0, 0, tzinfo=TIME_ZONE), "live"),
    (BEGUN, END, "live"),
    (BEGUN, END + GRACE - SECOND, "live"),
    (BEGUN, END + GRACE, "ended"),
    ({**BEGUN, "over_at": END + HOUR}, END + HOUR - SECOND, "live"),
    ({**BEGUN, "over_at": START + 5 * MINUTE}, START + 5 * MINUTE, "ended"),
    ({**BEGUN, "replay_url": "https://youtu.be/x"}, END, "live"),
    ({**BEGUN, "replay_url": "https://youtu.be/x"}, END + GRACE, "replay"),
    ({"cancelled_at": START - HOUR}, START - HOUR, "cancelled"),
    ({"cancelled_at": START - HOUR}, END + HOUR, "cancelled"),
    ({**BEGUN, "stopped_at": START + HOUR}, START + HOUR, "stopped"),
    ({**BEGUN, "stopped_at": END, "replay_url": "https://youtu.be/x"}, END + 9 * HOUR, "stopped"),
]


@pytest.mark.parametrize(("facts", "now", "expected"), TABLE)
def test_the_state_follows_from_the_clock_and_what_was_said(facts: dict, now: datetime, expected: str) -> None:
    assert state(Session(**facts), now) == expected
    assert state(Session(**facts), now.astimezone(UTC)) == expected


@pytest.mark.django_db
def test_sql_says_the_same_of_whatever_is_stored() -> None:
    _, host = make_host()
    pick = random.Random(29)
    grid = [START + n * 5 * MINUTE for n in range(-6, 40)]
    rows = []
    for number in range(400):
        starts = pick.choice(grid)
        ends = starts + pick.choice([5, 60, 720]) * MINUTE
        begun = pick.choice([None, starts - 10 * MINUTE, starts, ends - MINUTE])
        rows.append(Livestream(
            code=f"{number:07}", host=host, starts_at=starts, ends_at=ends, started_at=begun,
            over_at=pick.choice([ends + GRACE, ends + 2 * HOUR, starts + MINUTE]),
            confirmed_at=pick.choice([starts, starts, starts, None]),
            cancelled_at=pick.choice([None, None, None, starts]), stopped_at=pick.choice([None, None, None, starts]),
            replay_url=pick.choice(["", "https://youtu.be/x"]),
        ))  # fmt: skip
    Livestream.objects.bulk_create(rows)

    seen = set()
    for now in (*pick.sample(grid, 12), START, END, START + LATE, END + GRACE):
        told = {one: set(Livestream.objects.filter(in_state(one, now)).values_list("code", flat=True)) for one in State}
        expected: dict[State, set[str]] = {one: set() for one in State}
        for row in rows:
            expected[state(row, now)].add(row.code)
        assert told == expected
        seen |= {one for one, codes in told.items() if codes}
        some = Livestream.objects.filter(in_states(CURRENT, now)).values_list("code", flat=True)
        assert set(some) == expected[State.LIVE] | {code for one in COMING for code in expected[one]}
    assert seen == set(State)

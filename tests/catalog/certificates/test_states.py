"""How a certificate stands on a day: every edge by its date, and never another answer than the gate's."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.certificates.gate import RecognitionFacts, SellingPolicy, gate
from catalog.certificates.models import Status, Tier
from catalog.certificates.states import IN_FORCE, State, standing
from catalog.certificates.terms import add_months, last_valid_day

PROVINCE, MINISTRY = "UBND tỉnh Lâm Đồng", "Bộ Nông nghiệp và Môi trường"
DAY = timedelta(days=1)


def facts(issued_on: date, **other: object) -> RecognitionFacts:
    defaults = {"star": 4, "authority": PROVINCE, "decision_number": "1/QĐ-UBND", "issued_on": issued_on}
    return RecognitionFacts(**{**defaults, **other})  # type: ignore[arg-type]


def state(day: date, *recognitions: RecognitionFacts, suspended: bool = False) -> State:
    return standing(recognitions, day, SellingPolicy(suspended=suspended)).state


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 8, 4), State.NOT_YET),
        (date(2026, 8, 5), State.VALID),
        (date(2029, 2, 5), State.VALID),
        (date(2029, 2, 6), State.EXPIRING),  # 180 days before the last valid day
        (date(2029, 8, 5), State.EXPIRING),  # the last valid day itself
        (date(2029, 8, 6), State.EXPIRED),
    ],
)
def test_a_term_from_its_first_to_its_last_day(day: date, expected: State) -> None:
    assert state(day, facts(date(2026, 8, 5))) == expected


def test_days_left_and_the_days_to_file_count_from_the_last_valid_day() -> None:
    first = standing([facts(date(2026, 8, 5))], date(2029, 2, 6))
    last = standing([facts(date(2026, 8, 5))], date(2029, 8, 5))
    over = standing([facts(date(2026, 8, 5))], date(2029, 8, 6))

    assert (first.days_left, last.days_left, over.days_left) == (180, 0, None)
    assert first.filing == (date(2029, 2, 6), date(2029, 4, 7))
    assert (first.since, first.term_end, first.until) == (date(2026, 8, 5), date(2029, 8, 5), date(2029, 8, 5))


def test_a_term_that_began_on_29_february_ends_on_the_28th() -> None:
    one = facts(date(2024, 2, 29))

    assert (state(date(2027, 2, 28), one), state(date(2027, 3, 1), one)) == (State.EXPIRING, State.EXPIRED)


def test_an_expiry_published_earlier_than_36_months_counts() -> None:
    one = facts(date(2026, 8, 5), expires_on=date(2029, 7, 31))

    assert (state(date(2029, 7, 31), one), state(date(2029, 8, 1), one)) == (State.EXPIRING, State.EXPIRED)
    assert (state(date(2029, 1, 31), one), state(date(2029, 2, 1), one)) == (State.VALID, State.EXPIRING)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2027, 3, 1), State.EXPIRING),  # the last day of the term itself
        (date(2027, 3, 2), State.EXTENDED),
        (date(2027, 8, 28), State.EXTENDED),  # the 180th day after the last valid one
        (date(2027, 8, 29), State.EXPIRED),
    ],
)
def test_an_extension_lasts_180_days_and_no_more(day: date, expected: State) -> None:
    one = facts(date(2024, 3, 1), status=Status.EXTENDED, filed_on=date(2027, 3, 1))

    assert state(day, one) == expected


def test_what_is_extended_tells_its_filing_its_term_and_its_last_day() -> None:
    one = facts(date(2024, 3, 1), status=Status.EXTENDED, filed_on=date(2027, 2, 10))

    found = standing([one], date(2027, 3, 2))

    assert (found.filed_on, found.term_end, found.until) == (date(2027, 2, 10), date(2027, 3, 1), date(2027, 8, 28))
    assert found.days_left == 179


@pytest.mark.parametrize(
    "one",
    [
        facts(date(2024, 3, 1), status=Status.EXTENDED, filed_on=date(2027, 3, 2)),  # filed after the term
        facts(date(2024, 3, 1), status=Status.EXTENDED),  # no evidence of a filing
        facts(date(2024, 3, 1), status=Status.VALID, filed_on=date(2027, 1, 2)),  # nobody says it was extended
    ],
)
def test_no_extension_without_a_filing_made_in_time(one: RecognitionFacts) -> None:
    assert state(date(2027, 3, 2), one) == State.EXPIRED


def test_a_term_that_ended_before_the_rules_were_in_force_is_not_extended() -> None:
    ended = facts(date(2023, 5, 21), status=Status.EXTENDED, filed_on=date(2026, 3, 1))
    first_day = facts(date(2023, 5, 22), status=Status.EXTENDED, filed_on=date(2026, 3, 1))

    assert state(date(2026, 5, 23), ended) == State.EXPIRED
    assert state(date(2026, 5, 23), first_day) == State.EXTENDED


def test_suspended_while_expiring_and_no_longer_than_the_term() -> None:
    one = facts(date(2026, 8, 5), status=Status.SUSPENDED)
    sound = facts(date(2026, 8, 5))

    assert (state(date(2029, 8, 5), one), state(date(2029, 8, 6), one)) == (State.SUSPENDED, State.EXPIRED)
    assert state(date(2029, 8, 5), sound, suspended=True) == State.SUSPENDED
    assert state(date(2029, 8, 6), sound, suspended=True) == State.EXPIRED


def test_revoked_stays_revoked() -> None:
    older, newer = facts(date(2024, 3, 1)), facts(date(2026, 8, 5), status=Status.REVOKED)

    assert {state(day, older, newer) for day in (date(2026, 8, 6), date(2035, 1, 1))} == {State.REVOKED}


@pytest.mark.parametrize(
    "one",
    [
        facts(date(2026, 8, 5), proved=False),
        facts(date(2026, 8, 5), evidence=Tier.B2),
        facts(date(2026, 8, 5), star=5),
        facts(date(2026, 8, 5), expires_on=date(2031, 8, 5)),
    ],
)
def test_what_does_not_prove_itself_has_no_days(one: RecognitionFacts) -> None:
    found = standing([one], date(2026, 9, 1))

    assert (found.state, found.since, found.term_end, found.until, found.days_left) == (
        State.UNPROVED, None, None, None, None,
    )  # fmt: skip
    assert standing([], date(2026, 9, 1)).state == State.UNPROVED


days = st.dates(date(2020, 1, 1), date(2032, 12, 31))


@st.composite
def recognitions(draw: st.DrawFn) -> RecognitionFacts:
    issued_on = draw(days)
    by_law = add_months(issued_on, 36)
    near = st.integers(-40, 40).map(lambda n: by_law + n * DAY)
    return facts(
        issued_on,
        star=draw(st.sampled_from([2, 3, 4, 5])),
        authority=draw(st.sampled_from([PROVINCE, MINISTRY, "UBND huyện Di Linh"])),
        expires_on=draw(st.none() | near),
        status=draw(st.sampled_from(list(Status))),
        filed_on=draw(st.none() | near),
        evidence=draw(st.sampled_from([Tier.A, Tier.A, Tier.B1, Tier.B2])),
        proved=draw(st.sampled_from([True, True, False])),
    )


@given(st.lists(recognitions(), max_size=4), st.booleans(), st.integers(-200, 200), days)
def test_in_force_is_what_the_gate_allows(
    known: list[RecognitionFacts], suspended: bool, near: int, anywhere: date
) -> None:
    policy = SellingPolicy(suspended=suspended)
    verdict = gate(known, policy)
    edges = [facts_.issued_on for facts_ in known]
    edges += [last_valid_day(one.issued_on, one.expires_on) for one in known]
    edges += [verdict.listable_until] if verdict.listable_until else []
    for day in {anywhere, *(edge + step * DAY for edge in edges for step in (-1, 0, 1, near))}:
        found = standing(known, day, policy)
        assert (found.state in IN_FORCE) == found.in_force == verdict.allows(day)
        assert (found.days_left is not None) == found.in_force
        assert found.days_left is None or found.days_left >= 0
        assert (found.state == State.EXTENDED) <= (found.filed_on is not None)

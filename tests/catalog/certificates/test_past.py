"""Which recognition followed which."""

from datetime import date

import pytest

from catalog.certificates.models import Status
from catalog.certificates.past import Change, history
from tests.catalog.certificates.test_states import facts


def test_a_recognition_after_the_term_or_at_its_end_is_a_re_recognition() -> None:
    first = facts(date(2020, 5, 5), star=3)
    at_the_end = facts(date(2022, 11, 6), star=4)  # 180 days before 05/05/2023
    long_after = facts(date(2027, 1, 1), star=3)

    steps = history([long_after, first, at_the_end])

    assert [(s.index, s.number, s.change, s.re_recognised) for s in steps] == [
        (1, 1, Change.FIRST, False),
        (2, 2, Change.UP, True),
        (0, 3, Change.DOWN, True),
    ]
    assert steps[0].term_end == date(2023, 5, 5)


@pytest.mark.parametrize(
    ("first", "issued_on"),
    [
        (facts(date(2020, 5, 5)), date(2022, 11, 5)),  # in mid-term
        (facts(date(2020, 5, 5), status=Status.REVOKED), date(2023, 5, 6)),
    ],
)
def test_neither_a_rise_in_mid_term_nor_a_return_after_revocation_is_one(first: object, issued_on: date) -> None:
    _, step = history([first, facts(issued_on)])  # type: ignore[list-item]

    assert (step.change, step.re_recognised) == (Change.SAME, False)


def test_two_of_one_day_do_not_follow_each_other() -> None:
    steps = history([facts(date(2024, 1, 1), star=3), facts(date(2024, 1, 1), star=4)])

    assert [step.change for step in steps] == [Change.FIRST, Change.FIRST]
    assert history([]) == []

"""What a producer is told to do, by how near the end is and what was filed."""

from datetime import timedelta

import pytest
from django.utils import translation

from catalog.certificates.models import Status
from catalog.warnings.advice import Step, ending_of, together, where_to_file
from tests.catalog.warnings.making import TODAY, ending_in, on, tell
from tests.factories import make_producer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("days", "step", "countdown", "urgent"),
    [
        (180, Step.FILE, "Còn 180 ngày", False),
        (120, Step.FILE, "Còn 120 ngày", False),
        (119, Step.LATE, "Còn 119 ngày", False),
        (31, Step.LATE, "Còn 31 ngày", False),
        (30, Step.LATE, "Còn 30 ngày", True),
        (0, Step.LATE, "Hết hạn sau hôm nay", True),
    ],
)
def test_filing_is_open_until_120_days_before_the_end(days: int, step: Step, countdown: str, urgent: bool) -> None:
    found = ending_of(ending_in(days), TODAY)

    assert found
    assert (found.step, found.countdown, found.urgent, found.last_day) == (step, countdown, urgent, on(days))


@pytest.mark.parametrize("days", [181, -1])
def test_nothing_is_said_of_what_is_far_from_its_end_or_past_it(days: int) -> None:
    assert ending_of(ending_in(days), TODAY) is None


def test_the_days_for_filing() -> None:
    found = ending_of(ending_in(150), TODAY)

    assert found
    assert found.advice == "Nộp hồ sơ đánh giá lại từ ngày 25/10/2026 đến hết ngày 24/12/2026."


def test_after_them_it_is_said_that_a_filing_still_counts_until_the_last_day() -> None:
    found = ending_of(ending_in(25), TODAY)

    assert found
    assert "chậm nhất ngày 19/12/2026" in found.advice
    assert "Điều 12.3" in found.advice


def test_kept_by_a_filing_the_result_is_waited_for() -> None:
    product = ending_in(10)
    tell(product, status=Status.EXTENDED, filed_on=on(-20))

    assert ending_of(product, TODAY) is None  # 190 days
    found = ending_of(product, on(11))
    assert found
    assert (found.step, found.days_left, found.filed_on) == (Step.WAIT, 179, on(-20))
    assert "chậm nhất hết ngày 02/06/2027" in found.advice


def test_a_filing_that_the_registry_does_not_call_an_extension_keeps_nothing() -> None:
    product = ending_in(10)
    tell(product, filed_on=on(-20))

    found = ending_of(product, TODAY)
    assert found
    assert (found.step, found.last_day) == (Step.FILED, on(10))
    assert "04/11/2026" in found.advice


def test_the_filing_that_led_to_this_certificate_is_none_for_the_next() -> None:
    product = ending_in(10)
    assert product.current
    tell(product, filed_on=product.current.issued_on - timedelta(days=1))

    found = ending_of(product, TODAY)
    assert found
    assert (found.step, found.filed_on) == (Step.LATE, None)


def test_what_is_done_together_stands_together() -> None:
    coop = make_producer()
    made = [ending_in(days, name=name, producer=coop) for days, name in ((20, "B"), (90, "C"), (20, "A"))]
    filed = ending_in(20, name="D", producer=coop)
    tell(filed, filed_on=TODAY)

    groups = together(found for product in [*made, filed] if (found := ending_of(product, TODAY)))

    assert [[one.product.name for one in group] for group in groups] == [["D"], ["A", "B"], ["C"]]


def test_in_english() -> None:
    found = ending_of(ending_in(150), TODAY)
    assert found
    with translation.override("en"):
        assert (found.countdown, found.advice, where_to_file()[:4]) == (
            "150 days left", "File for re-evaluation from 25/10/2026 to the end of 24/12/2026.", "File",
        )  # fmt: skip

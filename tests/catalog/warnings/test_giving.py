"""Who is warned: on the shelf, near the end, once for a last day and threshold; one notice for a producer and sweep."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.certificates.models import Status
from catalog.warnings import services
from catalog.warnings.models import ExpiryWarning, Letter, Notice
from catalog.warnings.services import warn
from tests.catalog.warnings.making import TODAY, ending_in, given, member, on, set_last_day, tell
from tests.factories import add_recognition, make_producer, make_product

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("days", "threshold"),
    [(181, None), (180, 180), (179, 180), (121, 180), (120, 120), (119, 120), (31, 120), (30, 30), (1, 30), (0, 30)],
)
def test_the_threshold_that_has_come(days: int, threshold: int | None) -> None:
    product = ending_in(days)

    warn(TODAY)

    assert given() == ([(product.code, threshold)] if threshold else [])


def test_what_has_ended_is_not_warned() -> None:
    product = ending_in(0)

    assert (warn(on(1)), given()) == (0, [])
    assert product.listable_until == TODAY


def test_each_threshold_once_as_the_days_go_by() -> None:
    product = ending_in(181)

    new = [warn(on(day)) for day in range(183)]

    assert [day for day, count in enumerate(new) if count] == [1, 61, 151]
    assert given() == [(product.code, 180), (product.code, 120), (product.code, 30)]


def test_first_seen_late_only_the_most_urgent() -> None:
    product = ending_in(25)

    assert [warn(TODAY), warn(TODAY), warn(on(1))] == [1, 0, 0]
    assert given() == [(product.code, 30)]


def test_a_sweep_of_an_earlier_day_gives_nothing_after_a_more_urgent_one() -> None:
    product = ending_in(25)

    assert [warn(TODAY), warn(TODAY - timedelta(days=10))] == [1, 0]
    assert given() == [(product.code, 30)]


def test_recognised_anew_the_old_ones_are_over_and_new_ones_come_in_their_time() -> None:
    product = ending_in(25)
    warn(TODAY)
    add_recognition(product, issued_on=on(5))
    product.refresh_from_db()
    assert product.listable_until == on(5).replace(year=2029)

    assert [warn(on(day)) for day in (5, 6, 25, 26)] == [0] * 4
    last = product.listable_until
    assert [warn(last - timedelta(days=days)) for days in (181, 180, 120, 30)] == [0, 1, 1, 1]
    assert list(ExpiryWarning.objects.filter(last_day=last).order_by("pk").values_list("threshold", flat=True)) == [
        180,
        120,
        30,
    ]


def test_kept_by_a_filing_it_is_warned_again_before_that_ends() -> None:
    product = ending_in(10)
    warn(TODAY)
    tell(product, status=Status.EXTENDED, filed_on=TODAY)

    assert product.listable_until == on(190)
    assert [warn(on(day)) for day in (0, 9, 10, 70, 160, 190, 191)] == [0, 0, 1, 1, 1, 0, 0]


def test_a_last_day_that_comes_back_is_not_warned_of_twice() -> None:
    product = ending_in(20)
    warn(TODAY)
    set_last_day(product, on(200))
    warn(TODAY)
    set_last_day(product, on(20))

    assert warn(TODAY) == 0
    assert given() == [(product.code, 30)]


def test_a_last_day_that_changes_between_finding_and_locking_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    moved, same = ending_in(20), ending_in(20)
    give = services._give

    def late(products: list[int], today: date) -> int:
        set_last_day(moved, on(500))
        return give(products, today)

    monkeypatch.setattr(services, "_give", late)

    assert (warn(TODAY), given()) == (1, [(same.code, 30)])


@pytest.mark.parametrize("status", [Status.SUSPENDED, Status.REVOKED])
def test_what_is_off_the_shelf_is_not_warned_of(status: Status) -> None:
    product = ending_in(100)
    tell(product, status=status)

    assert warn(TODAY) == 0

    tell(product, status=Status.VALID)
    assert (warn(on(1)), given()) == (1, [(product.code, 120)])


def test_neither_is_what_the_platform_stopped_or_nobody_proves() -> None:
    stopped, unproved = ending_in(100), ending_in(100)
    stopped.suspended_reason = "Khiếu nại"
    stopped.save()
    tell(stopped)
    tell(unproved, present=False)

    assert (stopped.blocked, unproved.blocked) == ("policy", "unproved")
    assert warn(TODAY) == 0


def test_one_notice_and_one_letter_a_member_for_all_of_a_producers_products() -> None:
    coop, other = make_producer(), make_producer()
    three = [ending_in(days, producer=coop) for days in (170, 100, 5)]
    ending_in(50, producer=other)
    an, binh = member(coop, "an"), member(coop, "binh")

    assert warn(TODAY) == 4

    notice = Notice.objects.get(producer=coop)
    assert list(notice.warnings.order_by("threshold").values_list("product", "threshold")) == [
        (three[2].pk, 30), (three[1].pk, 120), (three[0].pk, 180),
    ]  # fmt: skip
    assert [letter.user for letter in notice.letters.order_by("pk")] == [an, binh]
    assert (Notice.objects.count(), Letter.objects.count()) == (2, 2)


def test_no_letter_without_an_address_or_for_an_account_that_is_closed() -> None:
    product = ending_in(50)
    member(product.producer, "khong-thu", email="")
    member(product.producer, "da-khoa", is_active=False)

    assert (warn(TODAY), Letter.objects.count(), Notice.objects.count()) == (1, 0, 1)


def test_nothing_due_is_one_query() -> None:
    make_product()
    ending_in(50)
    warn(TODAY)

    with CaptureQueriesContext(connection) as queries:
        warn(TODAY)

    assert len(queries) == 1


def test_as_many_queries_for_many_products_as_for_few() -> None:
    def queries(products: int) -> int:
        coop = make_producer()
        member(coop, f"u{products}")
        for _ in range(products):
            ending_in(50, producer=coop)
        with CaptureQueriesContext(connection) as taken:
            assert warn(TODAY) == products
        return len(taken)

    assert queries(3) == queries(20)


def test_chunks_part_no_producers_products(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catalog.warnings.services.CHUNK", 2)
    coops = [make_producer() for _ in range(3)]
    for coop in coops * 3:
        ending_in(50, producer=coop)

    assert warn(TODAY) == 9
    assert sorted(Notice.objects.values_list("producer", flat=True)) == [coop.pk for coop in coops]

"""Officers decide one at a time, with a reason, and the log only grows."""

import pytest
from django.db import DatabaseError, connection, transaction

from catalog.append_only import Sealed
from catalog.certificates.services import is_listed
from catalog.outbox.models import OutboxRow
from catalog.people.models import User
from catalog.reports import deciding
from catalog.reports.errors import Changed, NoProduct, NoSuchOriginal, NothingDone, NotInHand, ReasonMissing
from catalog.reports.models import Action, Done, Report, ReportEvent, State
from catalog.reports.services import open_count, progress
from tests.catalog.reports.making import make_officer, make_report
from tests.factories import make_product

pytestmark = pytest.mark.django_db
SAID = {"answer": "Đã báo tỉnh kiểm tra.", "reason": "Ảnh rõ."}


def taken(officer: User, **seen: object) -> Report:
    report = make_report(**seen)
    deciding.take_up(report.pk, officer, 0)
    report.refresh_from_db()
    return report


def facts(report: Report) -> tuple[str, int, int]:
    report.refresh_from_db()
    return report.state, report.version, report.events.count()


def test_from_taking_up_to_the_answer() -> None:
    officer = make_officer()
    report = taken(officer)
    assert (report.state, report.officer) == (State.TAKEN, officer)

    deciding.confirm(report.pk, officer, 1, done=[Done.TOLD_PROVINCE, Done.ASKED_TAKEDOWN], **SAID)

    assert facts(report) == (State.CONFIRMED, 2, 3)
    last = report.events.last()
    assert last is not None
    assert (last.officer, last.action, last.reason, last.answer) == (
        officer,
        Action.CONFIRMED,
        *reversed(SAID.values()),
    )
    assert last.done == ["told_province", "asked_takedown"]
    shown = progress(report.reference)
    assert shown is not None
    assert (shown.state, shown.answer) == ("confirmed", SAID["answer"])
    assert report.closed_at is not None
    assert open_count() == 0


def test_a_second_officer_is_refused_and_told_who_was_first() -> None:
    first, second = make_officer("an"), make_officer("binh")
    report = make_report()
    deciding.take_up(report.pk, first, 0)

    with pytest.raises(Changed) as told:
        deciding.take_up(report.pk, second, 0)
    with pytest.raises(NotInHand):
        deciding.refuse(report.pk, second, 1, **SAID)

    assert "Cán bộ an" in told.value.message()
    assert facts(report) == (State.TAKEN, 1, 2)
    assert report.officer == first


def test_taking_over_needs_a_reason() -> None:
    first, second = make_officer("an"), make_officer("binh")
    report = taken(first)
    with pytest.raises(ReasonMissing):
        deciding.take_up(report.pk, second, 1, reason=" ")
    deciding.take_up(report.pk, second, 1, reason="Đồng nghiệp nghỉ phép.")
    assert facts(report) == (State.TAKEN, 2, 3)
    assert report.officer == second


def test_ones_own_step_twice_is_one_step() -> None:
    officer = make_officer()
    report = taken(officer)
    deciding.take_up(report.pk, officer, 0)
    for _ in range(2):
        deciding.refuse(report.pk, officer, 1, **SAID)
    assert facts(report) == (State.NOT_CONFIRMED, 2, 3)
    with pytest.raises(Changed):
        deciding.confirm(report.pk, officer, 1, done=[Done.TOLD_PROVINCE], **SAID)


@pytest.mark.parametrize("empty", ["answer", "reason"])
def test_a_decision_says_why_and_answers(empty: str) -> None:
    officer = make_officer()
    report = taken(officer)
    with pytest.raises(ReasonMissing):
        deciding.refuse(report.pk, officer, 1, **{**SAID, empty: "  "})
    with pytest.raises(ReasonMissing):
        deciding.confirm(report.pk, officer, 1, done=[Done.TOLD_PROVINCE], **{**SAID, empty: ""})
    with pytest.raises(NothingDone):
        deciding.confirm(report.pk, officer, 1, done=[], **SAID)
    assert facts(report) == (State.TAKEN, 1, 2)


def test_suspending_closes_the_gate_in_the_same_step() -> None:
    officer, product = make_officer(), make_product()
    report = taken(officer, code=product.code)
    OutboxRow.objects.all().delete()

    deciding.confirm(report.pk, officer, 1, done=[Done.SUSPENDED], **SAID)

    product.refresh_from_db()
    assert (product.blocked, product.suspended_reason) == ("policy", f"Phản ánh số {report.pk}: Ảnh rõ.")
    assert not is_listed(product)
    assert set(OutboxRow.objects.filter(key=product.code).values_list("topic", flat=True)) == {"publish", "index"}


def test_confirming_alone_leaves_the_product_on_its_shelf() -> None:
    officer, product = make_officer(), make_product()
    report = taken(officer, code=product.code)
    deciding.confirm(report.pk, officer, 1, done=[Done.TOLD_PROVINCE], **SAID)
    product.refresh_from_db()
    assert is_listed(product)


def test_without_a_product_there_is_nothing_to_suspend() -> None:
    officer = make_officer()
    report = taken(officer)
    with pytest.raises(NoProduct):
        deciding.confirm(report.pk, officer, 1, done=[Done.SUSPENDED], **SAID)
    assert facts(report) == (State.TAKEN, 1, 2)


def test_a_suspension_of_another_reason_stays_its_own() -> None:
    officer, product = make_officer(), make_product(suspended_reason="Kiểm tra từ trước")
    report = taken(officer, code=product.code)
    deciding.confirm(report.pk, officer, 1, done=[Done.SUSPENDED], **SAID)
    deciding.reopen(report.pk, officer, 2, reason="Xem lại.", lift=True)
    product.refresh_from_db()
    assert product.suspended_reason == "Kiểm tra từ trước"


@pytest.mark.parametrize("lift", [True, False])
def test_reopening_lifts_the_suspension_only_where_the_officer_says_so(*, lift: bool) -> None:
    officer, product = make_officer(), make_product()
    report = taken(officer, code=product.code)
    deciding.confirm(report.pk, officer, 1, done=[Done.SUSPENDED], **SAID)

    deciding.reopen(report.pk, officer, 2, reason="Chủ thể đưa giấy tờ.", lift=lift)

    assert facts(report) == (State.RECEIVED, 3, 4)
    assert (report.officer, report.answer, report.closed_at) == (None, "", None)
    product.refresh_from_db()
    assert is_listed(product) is lift


def test_a_duplicate_follows_its_original() -> None:
    officer = make_officer()
    original, report = taken(officer), taken(officer)
    deciding.mark_duplicate(report.pk, officer, 1, original=original.pk, reason="Cùng sạp.")
    assert facts(report) == (State.DUPLICATE, 2, 3)
    shown = progress(report.reference)
    assert shown is not None
    assert shown.state == "taken"

    deciding.refuse(original.pk, officer, 1, **SAID)

    shown = progress(report.reference)
    assert shown is not None
    assert (shown.reference.replace("-", ""), shown.state, shown.answer) == (
        report.reference, "not_confirmed", SAID["answer"],
    )  # fmt: skip


def test_duplicates_make_no_chains_and_no_rings() -> None:
    officer = make_officer()
    one, two, three = taken(officer), taken(officer), taken(officer)
    deciding.mark_duplicate(two.pk, officer, 1, original=one.pk, reason="Trùng.")
    for report, original in ((three, two.pk), (one, three.pk), (three, three.pk), (three, 0)):
        with pytest.raises(NoSuchOriginal):
            deciding.mark_duplicate(report.pk, officer, 1, original=original, reason="Trùng.")
    assert facts(one)[0] == facts(three)[0] == State.TAKEN


def test_telephone_numbers_do_not_get_into_the_log() -> None:
    officer = make_officer()
    report = taken(officer)
    deciding.refuse(report.pk, officer, 1, answer="Gọi 0912 345 678.", reason="Chủ sạp: 0912345678")
    last = report.events.last()
    assert last is not None
    assert (last.answer, last.reason) == ("Gọi ….", "Chủ sạp: …")


def test_the_log_is_only_added_to() -> None:
    event = make_report().events.get()
    event.reason = "khác"
    for change in (
        event.save,
        event.delete,
        ReportEvent.objects.all().delete,
        lambda: ReportEvent.objects.update(reason="khác"),
    ):
        with pytest.raises(Sealed):
            change()
    for statement in ("UPDATE {} SET reason = 'khác'", "DELETE FROM {}"):
        with pytest.raises(DatabaseError, match="only added to"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement.format(ReportEvent._meta.db_table))
    assert ReportEvent.objects.get().reason == ""

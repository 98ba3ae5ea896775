"""What an officer does with a report. Each step names the version that was seen; a step that comes second is refused,
a repeat of one's own last step changes nothing."""

from collections.abc import Collection

from django.db import transaction

from catalog import clock
from catalog.certificates.services import refresh_gate
from catalog.history.services import Cause
from catalog.people.models import User
from catalog.products.models import Product
from catalog.reports.errors import Changed, NoProduct, NoSuchOriginal, NothingDone, NotInHand, ReasonMissing
from catalog.reports.models import Action, Done, Report, ReportEvent, State
from catalog.reports.services import tidy_text


@transaction.atomic
def take_up(pk: int, officer: User, version: int, *, reason: str = "") -> None:
    """Work on it alone. From the hands of another officer only with a reason. Raises Changed, ReasonMissing."""
    report = _seen(pk, officer, version, Action.TAKEN, (State.RECEIVED, State.TAKEN))
    if report is None or report.officer == officer:
        return
    if report.officer and not reason.strip():
        raise ReasonMissing
    report.state, report.officer = State.TAKEN, officer
    _write(report, officer, Action.TAKEN, reason=reason)


@transaction.atomic
def confirm(pk: int, officer: User, version: int, *, done: Collection[Done], answer: str, reason: str) -> None:
    """The label is false, and this was done. `Done.SUSPENDED` closes the product's gate in this shop, at once.

    Raises Changed, NotInHand, ReasonMissing, NothingDone, NoProduct.
    """
    report = _in_hand(pk, officer, version, Action.CONFIRMED)
    if report is None:
        return
    _need(answer, reason)
    if not done:
        raise NothingDone
    if Done.SUSPENDED in done:
        _suspend(report, officer, reason)
    _close(report, State.CONFIRMED, answer)
    _write(report, officer, Action.CONFIRMED, reason=reason, done=[str(d) for d in Done if d in done])


@transaction.atomic
def refuse(pk: int, officer: User, version: int, *, answer: str, reason: str) -> None:
    """Not confirmed. Raises Changed, NotInHand, ReasonMissing."""
    report = _in_hand(pk, officer, version, Action.NOT_CONFIRMED)
    if report is None:
        return
    _need(answer, reason)
    _close(report, State.NOT_CONFIRMED, answer)
    _write(report, officer, Action.NOT_CONFIRMED, reason=reason)


@transaction.atomic
def mark_duplicate(pk: int, officer: User, version: int, *, original: int, reason: str) -> None:
    """The sender sees the original's state from now on. Raises Changed, NotInHand, ReasonMissing, NoSuchOriginal."""
    both = {r.pk: r for r in Report.objects.select_for_update().filter(pk__in=(pk, original)).order_by("pk")}
    report = _in_hand(pk, officer, version, Action.DUPLICATE)
    if report is None:
        return
    _need(reason)
    other = both.get(original)
    if other is None or other.pk == pk or other.duplicate_of_id or report.duplicates.exists():
        raise NoSuchOriginal(number=original)
    report.duplicate_of = other
    _close(report, State.DUPLICATE, "")
    _write(report, officer, Action.DUPLICATE, reason=reason, other=other)


@transaction.atomic
def reopen(pk: int, officer: User, version: int, *, reason: str, lift: bool = False) -> None:
    """Back among the open ones, in nobody's hands. `lift`: the product that this report suspended is for sale again
    as far as its certificate allows. Photos that were deleted stay so. Raises Changed, ReasonMissing."""
    report = _seen(pk, officer, version, Action.REOPENED, (State.CONFIRMED, State.NOT_CONFIRMED, State.DUPLICATE))
    if report is None:
        return
    _need(reason)
    if lift and suspends(report):
        _lift(report, officer, reason)
    report.state, report.officer, report.answer = State.RECEIVED, None, ""
    report.duplicate_of = report.closed_at = None
    _write(report, officer, Action.REOPENED, reason=reason)


def suspends(report: Report) -> bool:
    """Is it this report for which the shop keeps the product from sale?"""
    return bool(report.product and report.product.suspended_reason.startswith(_mark(report)))


def _mark(report: Report) -> str:
    return f"Phản ánh số {report.pk}:"


def _suspend(report: Report, officer: User, reason: str) -> None:
    if report.product_id is None:
        raise NoProduct
    product = Product.objects.select_for_update().get(pk=report.product_id)
    if not product.suspended_reason:
        product.suspended_reason = f"{_mark(report)} {tidy_text(reason, 250)}"
        product.save(update_fields=["suspended_reason"])
    refresh_gate([product.pk], Cause(by=officer, why=product.suspended_reason))


def _lift(report: Report, officer: User, reason: str) -> None:
    product = Product.objects.select_for_update().get(reports=report)
    product.suspended_reason = ""
    product.save(update_fields=["suspended_reason"])
    refresh_gate([product.pk], Cause(by=officer, why=f"{_mark(report)} {tidy_text(reason, 250)}"))


def _seen(pk: int, officer: User, version: int, action: Action, states: Collection[State]) -> Report | None:
    """The locked report; None when this step of this officer stands already. Raises Changed."""
    report = Report.objects.select_for_update().get(pk=pk)
    if report.version == version and report.state in states:
        return report
    last = report.events.select_related("officer").last()
    if last and last.officer == officer and last.action == action and last.version == version + 1 == report.version:
        return None
    raise Changed(who=str(last.officer or "–") if last else "–", action=last.get_action_display() if last else "–")


def _in_hand(pk: int, officer: User, version: int, action: Action) -> Report | None:
    report = _seen(pk, officer, version, action, (State.RECEIVED, State.TAKEN))
    if report and (report.state != State.TAKEN or report.officer != officer):
        raise NotInHand
    return report


def _need(*texts: str) -> None:
    if not all(text.strip() for text in texts):
        raise ReasonMissing


def _close(report: Report, state: State, answer: str) -> None:
    report.state, report.answer, report.closed_at = state, tidy_text(answer, 500), clock.now()


def _write(
    report: Report, officer: User, action: Action, *, reason: str, done: list[str] | None = None,
    other: Report | None = None,
) -> None:  # fmt: skip
    """The report as changed, and its log's next line."""
    report.version += 1
    report.save()
    ReportEvent.objects.create(
        report=report, version=report.version, officer=officer, action=action, reason=tidy_text(reason, 1000),
        answer=report.answer, done=done or [], other=other,
    )  # fmt: skip

"""How near a product's last day is, and what its producer has to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby

from django.db.models import Case, QuerySet, Value, When
from django.utils.translation import gettext as _

from catalog import clock
from catalog.certificates import terms
from catalog.certificates.gate import listable
from catalog.certificates.services import is_listed, standing_of
from catalog.certificates.states import Standing
from catalog.products.models import Product
from catalog.ui.formats import ngay

# Days before the last valid day: filing opens, filing closes (Article 7.6.a), and a last call.
THRESHOLDS = (terms.FILE_FROM.days, terms.FILE_BY.days, 30)


class Step(StrEnum):
    """What to do."""

    FILE = "file"  # the days for filing are open
    LATE = "late"  # they are over; filed within the term, it still counts (Article 12.3)
    FILED = "filed"  # filed, but the registry does not say yet that the certificate is kept
    WAIT = "wait"  # kept until the result (Article 12.3)


@dataclass(frozen=True, slots=True)
class Ending:
    """A product on the shelf whose last day is near. `days_left` count from tomorrow: 0 on the last day itself."""

    product: Product
    last_day: date
    days_left: int
    threshold: int
    step: Step
    filing: tuple[date, date]
    filed_on: date | None

    @property
    def urgent(self) -> bool:
        """Is this the last call?"""
        return self.threshold == THRESHOLDS[-1]

    @property
    def countdown(self) -> str:
        """How long it still holds."""
        return _("Còn {n} ngày").format(n=self.days_left) if self.days_left else _("Hết hạn sau hôm nay")

    @property
    def advice(self) -> str:
        """What to do and by when, in the language of the page."""
        first, last = self.filing
        return _advice(self.step).format(
            first=ngay(first), last=ngay(last), end=ngay(self.last_day), filed=ngay(self.filed_on)
        )


def where_to_file() -> str:
    """Where a filing is handed in."""
    return _(
        "Nộp tại nơi đã nhận hồ sơ OCOP của bạn. Chưa rõ thì hỏi Ủy ban nhân dân xã, phường nơi sản xuất hoặc cơ quan "
        "phụ trách OCOP của tỉnh."
    )


def threshold_of(days_left: int) -> int:
    """The smallest threshold that so many days (at most 180) have come to."""
    return min(days for days in THRESHOLDS if days_left <= days)


def ending(products: QuerySet[Product], today: date) -> QuerySet[Product]:
    """Those on the shelf on this day whose last day is at most 180 days ahead, the most urgent first.

    Annotated with `threshold` (see `threshold_of`).
    """
    steps = [When(listable_until__lte=today + timedelta(days=days), then=Value(days)) for days in sorted(THRESHOLDS)]
    near = products.filter(listable(today), listable_until__lte=today + timedelta(days=max(THRESHOLDS)))
    return near.annotate(threshold=Case(*steps)).order_by("listable_until", "pk")


def ending_of(product: Product, today: date | None = None) -> Ending | None:
    """The same of one product (`product.current` is read); None for what is not on the shelf or far from its end."""
    today = today or clock.today()
    until = product.listable_until
    if until is None or not is_listed(product, today):
        return None
    days_left = (until - today).days
    if days_left > max(THRESHOLDS):
        return None
    standing = standing_of(product, today)
    filed_on = _filed_on(product, standing)
    return Ending(
        product=product,
        last_day=until,
        days_left=days_left,
        threshold=threshold_of(days_left),
        step=_step(standing, filed_on, days_left),
        filing=standing.filing or terms.filing_window(until),
        filed_on=filed_on,
    )


def together(endings: Iterable[Ending]) -> list[list[Ending]]:
    """Those of one last day about which the same is to be done stand together; the most urgent first."""
    ordered = sorted(endings, key=lambda one: (one.last_day, one.step, one.product.name, one.product.pk))
    return [list(same) for _key, same in groupby(ordered, key=lambda one: (one.last_day, one.advice))]


def _filed_on(product: Product, standing: Standing) -> date | None:
    """The day of a filing under this certificate; an older one led to it."""
    counted = product.current
    if standing.filed_on or counted is None:
        return standing.filed_on
    return counted.filed_on if counted.filed_on and counted.filed_on > counted.issued_on else None


def _step(standing: Standing, filed_on: date | None, days_left: int) -> Step:
    if standing.filed_on:
        return Step.WAIT
    if filed_on:
        return Step.FILED
    return Step.FILE if days_left >= terms.FILE_BY.days else Step.LATE


def _advice(step: Step) -> str:
    return {
        Step.FILE: _("Nộp hồ sơ đánh giá lại từ ngày {first} đến hết ngày {last}."),
        Step.LATE: _(
            "Nộp hồ sơ đánh giá lại ngay, chậm nhất ngày {end} (hạn nộp {last} đã qua). Nộp khi chứng nhận còn hiệu "
            "lực thì được giữ chứng nhận đến khi có kết quả, lâu nhất 180 ngày (Điều 12.3 Quyết định 26/2026/QĐ-TTg); "
            "không nộp thì sau ngày {end} sản phẩm rời kệ."
        ),
        Step.FILED: _(
            "Hồ sơ đánh giá lại đã nộp ngày {filed}, chưa có quyết định mới. Hãy hỏi nơi nhận hồ sơ: nếu đến hết ngày "
            "{end} vẫn chưa có kết quả và danh sách của cơ quan nhà nước chưa ghi việc kéo dài (Điều 12.3) thì sản "
            "phẩm rời kệ."
        ),
        Step.WAIT: _(
            "Hồ sơ đánh giá lại đã nộp ngày {filed}. Chứng nhận được giữ đến khi có kết quả, chậm nhất hết ngày {end} "
            "(Điều 12.3); quá ngày đó mà chưa có quyết định mới thì sản phẩm rời kệ. Hãy hỏi nơi nhận hồ sơ về kết quả."
        ),
    }[step]

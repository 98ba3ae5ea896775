"""The programme on a day, counted by the database: a fixed, small number of GROUP BY queries, all of one moment.

What is listed is what the gate lists (`catalog.certificates.gate.listable`); the other states are those of
`catalog.certificates.states`, told by the stored verdict.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from django.db.models import Case, Count, Q, Value, When

from catalog import clock
from catalog.certificates.gate import listable
from catalog.certificates.models import Outcome, SourceRecord, Status
from catalog.certificates.states import State
from catalog.certificates.terms import add_months
from catalog.products.models import Product
from catalog.snapshot import one_moment
from ocop_sync.desk.programme.question import Question
from ocop_sync.desk.programme.sources import SourceHealth, SourceRun, health, last_runs

MONTHS = 12
LATER = "later"


@dataclass(frozen=True, slots=True)
class Listed:
    """Products on the shelf that share province (code), region (slug), group, set and star."""

    province: str
    region: str
    branch: int | None
    set_no: int | None
    star: int
    count: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Products of a province by what `key` says: the month ("2026-11") in which a listed one ends, `LATER`, or the
    state of one that is not listed. `samples` of them belong to the sample registry.
    """

    province: str
    key: str
    count: int
    samples: int


@dataclass(frozen=True, slots=True)
class Kind:
    """Listed products and the producers that they have, of one legal form (`ProducerKind`)."""

    kind: str
    products: int
    producers: int


@dataclass(frozen=True, slots=True)
class Held:
    """Records held for the same reasons (codes)."""

    reasons: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything; `months` are the keys of the twelve months that begin with today's."""

    today: date
    at: datetime
    question: Question
    months: tuple[str, ...]
    listed: tuple[Listed, ...]
    standings: tuple[Standing, ...]
    kinds: tuple[Kind, ...]
    held: tuple[Held, ...]
    sources: tuple[SourceHealth, ...]
    runs: tuple[SourceRun, ...]

    @property
    def total(self) -> int:
        """Products listed today."""
        return sum(one.count for one in self.listed)

    @property
    def samples(self) -> int:
        """How many of the products listed today belong to the sample registry."""
        return sum(one.samples for one in self.standings if one.key in (*self.months, LATER))

    def standing(self, *keys: str) -> int:
        """Products whose standing is one of these."""
        return sum(one.count for one in self.standings if one.key in keys)


def figures(question: Question) -> Figures:
    """The programme today (Asia/Ho_Chi_Minh). Runs and sources answer for the whole country, whatever is asked."""
    today = clock.today()
    months = tuple(f"{first:%Y-%m}" for first, _ in _months(today))
    with one_moment():
        return Figures(
            today=today,
            at=clock.now(),
            question=question,
            months=months,
            listed=_listed(today, question),
            standings=_standings(today, question),
            kinds=_kinds(today, question),
            held=_held(question),
            sources=health(),
            runs=last_runs(),
        )


def _months(today: date) -> list[tuple[date, date]]:
    """First and last day of the twelve months that begin with today's."""
    starts = [add_months(today.replace(day=1), n) for n in range(MONTHS + 1)]
    return [(first, following - timedelta(days=1)) for first, following in pairwise(starts)]


def _listed(today: date, question: Question) -> tuple[Listed, ...]:
    names = ("province_code", "region", "branch", "set_no", "star")
    rows = Product.objects.filter(listable(today), question.products()).order_by().values_list(*names)
    return tuple(Listed(*row) for row in rows.annotate(count=Count("pk")))


def _standings(today: date, question: Question) -> tuple[Standing, ...]:
    rows = Product.objects.filter(question.products()).order_by().annotate(key=_standing(today))
    counted = rows.values_list("province_code", "key").annotate(
        count=Count("pk"), samples=Count("pk", filter=Q(is_sample=True))
    )
    return tuple(Standing(*row) for row in counted)


def _standing(today: date) -> Case:
    """`catalog.certificates.states` in SQL, with the month of the last day for what is listed."""
    known = Q(listable_from__isnull=False, listable_until__isnull=False)
    paused = Q(blocked__in=(Status.SUSPENDED, "policy"))
    endings = [
        When(listable(today) & Q(listable_until__lte=last), then=Value(f"{first:%Y-%m}"))
        for first, last in _months(today)
    ]
    return Case(
        When(known & Q(blocked=Status.REVOKED), then=Value(State.REVOKED.value)),
        When(known & (Q(blocked="") | paused) & Q(listable_until__lt=today), then=Value(State.EXPIRED.value)),
        When(known & paused, then=Value(State.SUSPENDED.value)),
        *endings,
        When(listable(today), then=Value(LATER)),
        When(known & Q(blocked=""), then=Value(State.NOT_YET.value)),
        default=Value(State.UNPROVED.value),
    )


def _kinds(today: date, question: Question) -> tuple[Kind, ...]:
    rows = Product.objects.filter(listable(today), question.products()).order_by().values_list("producer__kind")
    counted = rows.annotate(products=Count("pk"), producers=Count("producer", distinct=True))
    return tuple(Kind(*row) for row in counted)


def _held(question: Question) -> tuple[Held, ...]:
    records = SourceRecord.objects.filter(question.records(), present=True, outcome=Outcome.HELD)
    rows = records.order_by().values_list("reasons").annotate(count=Count("pk"))
    return tuple(Held(tuple(reasons), count) for reasons, count in rows)

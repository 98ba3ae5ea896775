"""The officer's list of certificates that end soon: by province and threshold, and whether the producer was told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from catalog import clock
from catalog.mail.models import LetterState
from catalog.people.models import ProducerMember
from catalog.products.models import Product
from catalog.regions import province, provinces
from catalog.warnings.advice import THRESHOLDS, Ending, ending, ending_of
from catalog.warnings.models import ExpiryWarning, Letter
from ocop_sync.desk.access import for_officers

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Told:
    """What became of the newest warning about a product's last day.

    `state`: sent, waiting, refused or moot, the best of its letters; "call" where there was nobody to write to; ""
    while no sweep has warned yet. `at`: when the letter went or was refused; `why`: the mail server's words.
    """

    state: str = ""
    warned_on: date | None = None
    at: datetime | None = None
    why: str = ""
    has_account: bool = False


@for_officers("GET", "HEAD")
def show(request: HttpRequest) -> HttpResponse:
    """GET /can-bo/bao-han/?tinh=&moc=&bao=&trang=: what ends within 180 days, the most urgent first.

    `bao=goi`: only those whose producer no mail has reached or will reach.
    """
    today = clock.today()
    asked = {name: request.GET.get(name, "") for name in ("tinh", "moc", "bao")}
    every = ending(Product.objects.all(), today)
    found = _filtered(every, asked).select_related("producer", "current")
    page = Paginator(found, SHOWN).get_page(request.GET.get("trang"))
    endings = [one for product in page.object_list if (one := ending_of(product, today))]
    told = _told(endings)
    context = {
        "page": page,
        "asked": asked,
        "rest": _rest(request),
        "rows": [(one, told[one.product.pk], province(one.product.province_code).name) for one in endings],
        "tally": _tally(every),
        "provinces": provinces(),
        "thresholds": THRESHOLDS,
    }
    return render(request, "officer/warnings.html", context)


def near_count() -> int:
    """How many products on the shelf end within 180 days."""
    return ending(Product.objects.all(), clock.today()).count()


def _filtered(found: QuerySet[Any], asked: dict[str, str]) -> QuerySet[Any]:
    if asked["tinh"] in {one.code for one in provinces()}:
        found = found.filter(province_code=asked["tinh"])
    if asked["moc"] in {str(days) for days in THRESHOLDS}:
        found = found.filter(threshold=int(asked["moc"]))
    return found.filter(_to_call()) if asked["bao"] == "goi" else found


def _to_call() -> Q:
    """Warned of where they stand now, and no letter was taken or is under way."""
    given = ExpiryWarning.objects.filter(
        product=OuterRef("pk"), last_day=OuterRef("listable_until"), threshold=OuterRef("threshold")
    )
    reached = given.filter(notice__letters__state__in=(LetterState.SENT, LetterState.WAITING))
    return Q(Exists(given)) & ~Q(Exists(reached))


def _tally(every: QuerySet[Any]) -> list[tuple[str, str, list[int]]]:
    """Code and name of each province that has any, and its products at each of `THRESHOLDS`."""
    counts = {f"at{days}": Count("pk", filter=Q(threshold=days)) for days in THRESHOLDS}
    rows = every.order_by().values("province_code").annotate(**counts).order_by("province_code")
    return [(row["province_code"], province(row["province_code"]).name, [row[name] for name in counts]) for row in rows]


def _told(endings: Iterable[Ending]) -> dict[int, Told]:
    """By the product's key. Three queries, however many products."""
    days = {one.product.pk: one.last_day for one in endings}
    members = ProducerMember.objects.filter(user__is_active=True, producer__products__in=days)
    owners = set(members.values_list("producer__products", flat=True))
    newest: dict[int, ExpiryWarning] = {}
    warnings = (
        ExpiryWarning.objects.filter(product__in=days).select_related("notice").prefetch_related("notice__letters")
    )
    for warning in warnings.order_by("-threshold"):
        if warning.last_day == days[warning.product_id]:
            newest[warning.product_id] = warning
    return {pk: _of(newest.get(pk), has_account=pk in owners) for pk in days}


def _of(warning: ExpiryWarning | None, *, has_account: bool) -> Told:
    if warning is None:
        return Told(has_account=has_account)
    letters = sorted(warning.notice.letters.all(), key=_best)
    if not letters:
        return Told("call", warning.notice.made_on, has_account=has_account)
    best = letters[0]
    return Told(best.state, warning.notice.made_on, best.settled_at, best.last_error, has_account)


def _best(letter: Letter) -> tuple[int, datetime | None]:
    order = (LetterState.SENT, LetterState.WAITING, LetterState.REFUSED, LetterState.MOOT)
    return order.index(LetterState(letter.state)), letter.settled_at


def _rest(request: HttpRequest) -> str:
    """The question without its page, for the links to the other pages."""
    asked = request.GET.copy()
    asked.pop("trang", None)
    return asked.urlencode()

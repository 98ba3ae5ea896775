"""What the guard against mass delisting stopped, and how an officer lets it pass: the same content, once."""

from collections.abc import Iterable, Mapping

from django.db import IntegrityError, transaction
from django.db.models import Max, Q, QuerySet

from catalog.bulk import batches
from catalog.certificates.models import SourceRecord
from catalog.history.services import Cause
from catalog.people.models import User
from ocop_sync.errors import NoReason, ReleasedAlready, ReleaseStale
from ocop_sync.runs.models import Release, Run, RunState

SHOWN = 100  # products of a stopped run that an officer sees by name
BATCH = 400
# Runs that changed nothing and knew of nothing: they do not make a stopped run old.
_NOTHING = Q(state=RunState.FAILED) | Q(state=RunState.ABANDONED, counts={})


def note(run: Run, keys: Iterable[str], *, delists: int, listed: int) -> None:
    """Keep what a stopped run would have taken off the shelf. `keys`: of source records, `delists` in number."""
    first: list[tuple[str, str]] = []
    records = SourceRecord.objects.filter(source=run.source, product__isnull=False)
    for some in batches(keys, BATCH):
        found = records.filter(key__in=some).values_list("product__name", "product__code")
        first = sorted({*first, *found})[:SHOWN]
    run.guarded = {"delists": delists, "listed": listed, "codes": [code for _, code in first]}
    run.save(update_fields=["guarded"])


@transaction.atomic
def release(pk: int, officer: User, why: str) -> Run:
    """Let the content that run `pk` was stopped with pass the guard, once. Returns the run.

    Raises NoReason, ReleasedAlready, ReleaseStale (it does not wait, or a newer run of the source happened).
    """
    run = Run.objects.select_for_update(of=("self",)).select_related("source").get(pk=pk)
    if not why.strip():
        raise NoReason
    if Release.objects.filter(run=run).exists():
        raise ReleasedAlready
    if run.state != RunState.WAITING or _newer(run):
        raise ReleaseStale
    try:
        with transaction.atomic():
            Release.objects.create(run=run, by=officer, why=" ".join(why.split())[:500])
    except IntegrityError as error:
        raise ReleasedAlready from error
    return run


def waiting() -> QuerySet[Run]:
    """Runs that an officer can release now: each the newest of its source, newest first."""
    newest = Run.objects.exclude(_NOTHING).order_by().values("source").annotate(last=Max("pk")).values("last")
    open_ones = Run.objects.filter(pk__in=newest, state=RunState.WAITING, release=None)
    return open_ones.select_related("source").order_by("-pk")


def covers(run: Run) -> bool:
    """May this run pass the guard? Its content is what an officer released, and nothing else came in between."""
    return _release_for(run) is not None


def use(run: Run) -> None:
    """In the transaction that stages it: the release is used up."""
    if found := _release_for(run):
        found.used_by = run
        found.save(update_fields=["used_by"])


def cause_of(run: Run, rows: Mapping[int, tuple[str, int | None]]) -> Cause:
    """Why this run's listings are judged anew: the run, and the officer who let it pass, if one did."""
    found = Release.objects.filter(used_by=run).select_related("by").first()
    if found is None:
        return Cause(run.source.name, run.pk, rows)
    return Cause(run.source.name, run.pk, rows, found.by, found.why)


def _release_for(run: Run) -> Release | None:
    before = Run.objects.filter(source=run.source_id, pk__lt=run.pk).exclude(_NOTHING).first()
    if before is None or before.state != RunState.WAITING or before.digest != run.digest:
        return None
    return Release.objects.filter(run=before, used_by=None).first()


def _newer(run: Run) -> bool:
    return Run.objects.filter(source=run.source_id, pk__gt=run.pk).exclude(_NOTHING).exists()

"""`run_sync`: one source into the catalogue."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from pathlib import Path

from django.db import IntegrityError, transaction

from catalog import clock
from catalog.bulk import batches, insert_rows, update_all
from catalog.certificates.models import Source, SourceRecord
from catalog.courtesy import give_way
from catalog.regions import find_province
from ocop_sync.errors import ClockBackwards, MassDelist, SourceBusy, SourceStale, SourceUnusable
from ocop_sync.held.rulings import load as load_rulings
from ocop_sync.records import RawRecord
from ocop_sync.runs import leases, releasing
from ocop_sync.runs.applying import apply_chunk, mark_finished
from ocop_sync.runs.comparing import Comparison
from ocop_sync.runs.judging import judge, key_of
from ocop_sync.runs.models import ACTIVE, Run, RunState, StagedRecord
from ocop_sync.runs.report import Report, report_of
from ocop_sync.runs.sharing import shared
from ocop_sync.runs.snapshot import Entry, Snapshot, entry_of
from ocop_sync.sources.reading import Reading, display_name
from ocop_sync.sources.services import ReadRequest, read

Progress = Callable[[str], None]
NO_COLUMNS: Mapping[str, str] = {}
STAGED_AT_ONCE = 500  # rows of one transaction
SAMPLE_PREFIX = "mau-"  # a source of this name is a sample, and all that it brings is marked so


@dataclass(frozen=True)
class Options:
    """How a source is to be taken.

    `as_of`: the day to judge by, today in Asia/Ho_Chi_Minh when None; `columns`: header text → field, for headers that
    no synonym knows; `kind`: what the source has to be ("workbook", "table", "feed"), anything when empty; `token`: a
    feed's bearer token.
    """

    source_name: str = ""
    dry_run: bool = False
    as_of: date | None = None
    province: str = ""
    evidence: str = ""
    delta: bool = False
    allow_mass_delist: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)
    kind: str = ""
    token: str = ""

    def fingerprint(self, digest: str) -> str:
        """What was read and how it was taken: only a run with the same one is the same work."""
        taken = [digest, self.province, self.evidence, self.delta, sorted(self.columns.items())]
        return hashlib.sha256(json.dumps(taken, ensure_ascii=False).encode()).hexdigest()


def run_sync(
    source: str,
    *,
    source_name: str = "",
    dry_run: bool = False,
    as_of: date | None = None,
    province: str = "",
    evidence: str = "",
    delta: bool = False,
    allow_mass_delist: bool = False,
    columns: Mapping[str, str] = NO_COLUMNS,
    kind: str = "",
    token: str = "",
    progress: Progress = lambda _: None,
) -> Report:
    """Bring one source (path or address) into the catalogue and report on every record.

    A repeat changes nothing; a run that was killed is finished by the next one over the same source. Raises
    SourceUnusable, SourceBusy, SourceStale (nothing changed), MassDelist (waits for an officer, nothing changed),
    ClockBackwards (a day before the last run's; nothing changed).
    """
    options = Options(source_name, dry_run, as_of, province, evidence, delta, allow_mass_delist, columns, kind, token)
    today = as_of or clock.today()
    with clock.as_of(today):
        return _dry_run(source, options, today, progress) if dry_run else _real_run(source, options, today, progress)


def _dry_run(origin: str, options: Options, today: date, progress: Progress) -> Report:
    reading = _read(origin, options)
    snapshot = _take_in(reading, options, today, progress)
    source = Source.objects.filter(name=options.source_name).first()
    _settle(snapshot, source, today)
    told = None
    if source:
        told = Comparison(source, snapshot, today, is_delta=options.delta or reading.is_delta)
    report = _report(options.source_name or Path(origin).name, today, snapshot, reading)
    report.withdrawn = told.withdrawn if told else 0
    return report


def _real_run(origin: str, options: Options, today: date, progress: Progress) -> Report:
    if not options.source_name:
        expected = "--source-name NAME, which says whose last snapshot this one replaces"
        raise SourceUnusable(source=origin, found="no name for the source", expected=expected)
    last = Run.objects.filter(source__name=options.source_name, state=RunState.DONE).first()
    if last and today < last.as_of:
        raise ClockBackwards(source=options.source_name, today=f"{today:%d/%m/%Y}", last=f"{last.as_of:%d/%m/%Y}")
    since = last.feed_as_of.isoformat() if options.delta and last and last.feed_as_of else ""
    try:
        reading = _read(origin, options, updated_since=since, etag=last.etag if last else "")
        snapshot = _take_in(reading, options, today, progress)
    except SourceUnusable as error:
        _note_failure(origin, options, today, error)
        raise
    source, _ = Source.objects.get_or_create(
        name=options.source_name, defaults={"is_sample": options.source_name.startswith(SAMPLE_PREFIX)}
    )
    if reading.unchanged:
        return Report(source.name, today)
    run, resumed = _start(source, origin, reading, options, today)
    throw_away_staged()
    try:
        return _work(run, reading, snapshot, options, progress, resumed=resumed)
    except BaseException:
        Run.objects.filter(pk=run.pk, state__in=ACTIVE).update(leased_until=None)
        raise


def _read(origin: str, options: Options, *, updated_since: str = "", etag: str = "") -> Reading:
    return read(origin, ReadRequest(updated_since, etag, options.token, options.columns, options.kind))


def _take_in(reading: Reading, options: Options, today: date, progress: Progress) -> Snapshot:
    """Read all records and judge each by itself. Raises SourceUnusable, also midway."""
    province, snapshot, tier = _province(options.province), Snapshot(), options.evidence or reading.default_tier

    def told() -> Iterator[tuple[RawRecord, str]]:
        """Records with the province to take where they name none."""
        for record in reading.records:
            if record.deleted:
                snapshot.add_deleted(key_of(record))
            else:
                yield record, province or reading.province_hint

    def judged(some: list[tuple[RawRecord, str]]) -> list[Entry]:
        return [entry_of(judge(one, today, default_tier=tier, province_hint=hint)) for one, hint in some]

    count = snapshot.add_all(shared(judged, told()))
    progress(f"{count} records read")
    return snapshot


def _settle(snapshot: Snapshot, source: Source | None, today: date) -> None:
    """Under what officers ruled, and against each other; within a run, so that no ruling is missed."""
    snapshot.rule(load_rulings(source.name) if source else {}, today)
    snapshot.settle()


def _report(name: str, today: date, snapshot: Snapshot, reading: Reading) -> Report:
    return report_of(name, today, snapshot, ignored=reading.ignored, notes=reading.notes)


def _work(
    run: Run, reading: Reading, snapshot: Snapshot, options: Options, progress: Progress, *, resumed: bool
) -> Report:
    _settle(snapshot, run.source, run.as_of)
    if resumed:
        report = _report(run.source.name, run.as_of, snapshot, reading)
    else:
        told = Comparison(run.source, snapshot, run.as_of, is_delta=run.is_delta)
        report = _report(run.source.name, run.as_of, snapshot, reading)
        report.withdrawn = told.withdrawn
        if told.is_guarded and not run.is_delta and not (options.allow_mass_delist or releasing.covers(run)):
            _stop(run, report, told)
        _stage(run, report, told)
    finish(run, progress)
    report.withdrawn, report.applied = run.counts["withdrawn"], run.counts["applied"]
    return report


def _province(text: str) -> str:
    """A province by code or name, old or new. Raises SourceUnusable."""
    if not text:
        return ""
    code = find_province(text)
    if not code:
        raise SourceUnusable(source="--province", found=repr(text), expected="a province of Vietnam, by name or code")
    return code


@transaction.atomic
def _start(source: Source, origin: str, reading: Reading, options: Options, today: date) -> tuple[Run, bool]:
    """A run under a lease: a new one, or the one that was killed over the same content.

    Raises SourceBusy, and SourceStale: while this one was read, another run may have brought something newer.
    """
    owner = leases.new_owner()
    source = Source.objects.select_for_update().get(pk=source.pk)  # a ruling is either seen by this run or refused
    if reading.as_of and source.last_as_of and reading.as_of < source.last_as_of and not options.delta:
        raise SourceStale(source=source.name, told=reading.as_of, had=source.last_as_of)
    active = Run.objects.select_for_update().filter(source=source, state__in=ACTIVE).first()
    if active and leases.is_alive(active):
        raise SourceBusy(source=source.name)
    if active:
        work = (RunState.APPLYING, options.fingerprint(reading.digest), today)
        same = (active.state, active.digest, active.as_of) == work
        if same:
            active.lease_owner = owner
            active.leased_until = clock.now() + leases.LEASE
            active.save(update_fields=["lease_owner", "leased_until"])
            return active, True
        mark_finished(active, RunState.ABANDONED)
    try:
        with transaction.atomic():
            run = Run.objects.create(
                source=source,
                origin=display_name(origin)[:300],
                digest=options.fingerprint(reading.digest),
                as_of=today,
                is_delta=options.delta or reading.is_delta,
                feed_as_of=reading.as_of,
                etag=reading.etag[:200],
                lease_owner=owner,
                leased_until=clock.now() + leases.LEASE,
            )
    except IntegrityError as error:
        raise SourceBusy(source=source.name) from error
    return run, False


def _stop(run: Run, report: Report, told: Comparison) -> None:
    error = MassDelist(report, source=run.source.name, delists=told.delists, listed=told.listed_now)
    run.counts, run.notes, run.problem = report.counts(), report.notes, error.message("vi")
    releasing.note(run, told.delisted_keys(), delists=told.delists, listed=told.listed_now)
    mark_finished(run, RunState.WAITING)
    raise error


def _stage(run: Run, report: Report, told: Comparison) -> None:
    """Write down all that has to be written, delistings first, in short transactions.

    From the last of them on a killed run can go on; until then nothing has changed, and what is staged is thrown away.
    """
    keys_and_texts = chain(((key, "") for key in told.withdrawn_keys()), told.changed())
    rows = ((run.pk, place, key, text, not text) for place, (key, text) in enumerate(keys_and_texts, start=1))
    for some in batches(rows, STAGED_AT_ONCE):
        with transaction.atomic():
            insert_rows(StagedRecord, ("run_id", "position", "key", "payload", "withdraw"), some)
        report.applied += len(some)
        give_way()
    for places in batches(told.moved(), STAGED_AT_ONCE):
        moved = [SourceRecord(pk=pk, sheet=sheet, row=number) for pk, sheet, number in places]
        with transaction.atomic():
            update_all(moved, ["sheet", "row"])
    run.counts, run.notes, run.state = report.counts(), report.notes, RunState.APPLYING
    with transaction.atomic():
        run.save(update_fields=["counts", "notes", "state"])
        releasing.use(run)


def finish(run: Run, progress: Progress = lambda _: None) -> None:
    """Write what is still staged, chunk by chunk, and end the run."""
    written = 0
    while count := apply_chunk(run):
        written += count
        progress(f"{written} changes written")
        leases.renew(run)
        give_way()
    if run.feed_as_of:
        Source.objects.filter(pk=run.source_id).update(last_as_of=run.feed_as_of)
    mark_finished(run, RunState.DONE)


def throw_away_staged() -> None:
    """Delete what abandoned runs had staged, in short transactions."""
    left = StagedRecord.objects.filter(run__state=RunState.ABANDONED).order_by("pk").values_list("pk", flat=True)
    while some := list(left[:STAGED_AT_ONCE]):
        StagedRecord.objects.filter(pk__in=some).delete()


def resume_dead_runs() -> int:
    """Finish the runs whose process was killed while writing. Returns how many."""
    throw_away_staged()
    finished = 0
    for run in Run.objects.filter(state=RunState.APPLYING):
        if leases.is_alive(run) or not _take_over(run):
            continue
        finish(run)
        finished += 1
    return finished


def _take_over(run: Run) -> bool:
    owner = leases.new_owner()
    taken = Run.objects.filter(pk=run.pk, state=RunState.APPLYING, lease_owner=run.lease_owner)
    if not taken.update(lease_owner=owner, leased_until=clock.now() + leases.LEASE):
        return False
    run.lease_owner = owner
    return True


def _note_failure(origin: str, options: Options, today: date, error: SourceUnusable) -> None:
    """A failed run of a source that is known stands in the officer's list; nothing else is written."""
    if source := Source.objects.filter(name=options.source_name).first():
        Run.objects.create(
            source=source, origin=display_name(origin)[:300], digest="", as_of=today, state=RunState.FAILED,
            problem=error.message("vi")[:500], finished_at=clock.now(),
        )  # fmt: skip

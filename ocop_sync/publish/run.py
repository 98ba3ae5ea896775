"""One run of the publisher: several requests in flight, delistings before everything else.

The main thread alone reads and writes the shop's database; threads of a pool wait for Saleor. Facts are read when a
request is made up, not when it was planned, and no product has two requests in flight.
"""

import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from catalog import clock
from catalog.saleor.client import Saleor, SaleorUnavailable
from catalog.saleor.generated.fragments import PublishedFields
from catalog.saleor.several import DOCUMENT, IN_FLIGHT, Outcome, Result
from ocop_sync.publish import sending
from ocop_sync.publish.models import Publication
from ocop_sync.publish.payload import content, content_hash
from ocop_sync.publish.planning import Plan, listed, to_delist
from ocop_sync.publish.report import Progress, PublishReport

CREATES_IN_FLIGHT = 2  # Saleor's own workers are busy with two; more only queue
LOOK_FOR_DELISTINGS = 0.5  # seconds
PAUSES = (1.0, 3.0, 9.0)  # seconds, before a request is sent again that Saleor did not answer
LANDED_AFTER = timedelta(minutes=2)  # whatever a killed publisher sent has ended by then


def doubted() -> dict[str, datetime]:
    """Codes of products that a request may still change which another run sent and did not hear of, and since when.

    It may wait in Saleor behind longer work and be done after ours; so what ours did is not believed yet.
    """
    recent = Publication.objects.exclude(saleor_id="").filter(unheard_since__gt=clock.now() - LANDED_AFTER)
    return {row.code: row.unheard_since for row in recent if row.unheard_since}


class Lane(Enum):
    """What a request does; in the order in which they go."""

    DELIST = "delist"
    UPDATE = "update"
    RELIST = "relist"
    CREATE = "create"
    ADOPT = "adopt"


@dataclass(frozen=True, slots=True)
class Request:
    """Products of one request: codes, and by lane their facts or their ids in Saleor."""

    lane: Lane
    codes: tuple[str, ...]
    facts: tuple[dict[str, Any], ...] = ()
    ids: tuple[str, ...] = ()


class Run:
    """Carries a plan out. Raises SaleorUnavailable when Saleor stays silent; what was answered is kept."""

    def __init__(self, api: Saleor, report: PublishReport) -> None:
        self.api = api
        self.report = report
        self._queues: dict[Lane, deque[str]] = {lane: deque() for lane in Lane}
        self._in_flight: dict[Future[Any], Request] = {}
        self._busy: set[str] = set()
        self._aside: set[str] = set()  # not to be looked at again in this run
        self._doubted = doubted()
        self._to_relist: set[str] = set()  # a change that is heard says nothing about the shelf yet
        self._looked_at = float("-inf")
        self._pause = 0.0
        self._answers = 0
        self._silent: dict[tuple[Lane, str], tuple[int, int]] = {}  # request → (times unanswered, answers before it)

    def carry_out(self, plan: Plan, progress: Progress) -> None:
        """Send everything; `progress` hears of every product dealt with."""
        self._queues[Lane.UPDATE].extend(plan.update)
        self._queues[Lane.RELIST].extend(plan.relist)
        self._to_relist.update(plan.relist)
        self._queues[Lane.CREATE].extend(plan.create)
        total = len(plan.update) + len(plan.relist) + len(plan.create)
        with ThreadPoolExecutor(IN_FLIGHT, thread_name_prefix="publish") as pool:
            try:
                while self._fill(pool):
                    done, _ = wait(self._in_flight, return_when=FIRST_COMPLETED)
                    for future in done:
                        self._settle(future)
                    if self._pause and not self._in_flight:
                        time.sleep(self._pause)
                        self._pause = 0.0
                    left = sum(len(queue) for lane, queue in self._queues.items() if lane is not Lane.DELIST)
                    progress(max(0, total - left - len(self._busy)), total)
            finally:
                self._hear_out()

    def _fill(self, pool: ThreadPoolExecutor) -> bool:
        """Send what may be sent now; False when nothing is in flight and nothing is left."""
        while not self._pause and len(self._in_flight) < IN_FLIGHT and (request := self._next()):
            self._busy.update(request.codes)
            self._in_flight[pool.submit(self._send, request)] = request
        return bool(self._in_flight)

    def _next(self) -> Request | None:
        self._look_for_delistings()
        request = self._delisting() or self._other()
        if request is None and not self._in_flight:
            self._looked_at = float("-inf")  # a last look, lest one is left behind that has just been adopted
            self._look_for_delistings()
            request = self._delisting()
        return request

    def _look_for_delistings(self) -> None:
        if time.monotonic() - self._looked_at >= LOOK_FOR_DELISTINGS:
            self._looked_at = time.monotonic()
            apart = self._busy | self._aside | (self.report.refused.keys() - self._doubted.keys())
            self._queues[Lane.DELIST] = deque(to_delist(1000, apart))

    def _other(self) -> Request | None:
        for lane, size, make in (
            (Lane.ADOPT, 1, self._adoption),
            (Lane.UPDATE, DOCUMENT, self._updating),
            (Lane.RELIST, DOCUMENT, self._relisting),
            (Lane.CREATE, sending.CREATE_ROWS, self._creating),
        ):
            if lane is Lane.CREATE and self._flying(Lane.CREATE) >= CREATES_IN_FLIGHT:
                continue
            while codes := self._take(lane, size):
                if request := make(codes):
                    return request
        return None

    def _flying(self, lane: Lane) -> int:
        return sum(request.lane is lane for request in self._in_flight.values())

    def _take(self, lane: Lane, size: int) -> list[str]:
        """The next codes of a lane that are in no other request; those come back to the end of the queue."""
        queue, taken = self._queues[lane], []
        for _ in range(len(queue)):
            code = queue.popleft()
            if code in self._busy:
                queue.append(code)
            else:
                taken.append(code)
            if len(taken) == size:
                break
        return taken

    # Making requests up; each writes ahead what may be true once it has left.

    def _delisting(self) -> Request | None:
        codes = self._take(Lane.DELIST, DOCUMENT)
        rows = list(Publication.objects.filter(code__in=codes, is_published=True))
        if unknown := [row.code for row in rows if not row.saleor_id]:
            self._queues[Lane.DELIST].extendleft(row.code for row in rows if row.saleor_id)
            return Request(Lane.ADOPT, (unknown[0],))
        return self._listing(Lane.DELIST, rows) if rows else None

    def _adoption(self, codes: list[str]) -> Request | None:
        return Request(Lane.ADOPT, tuple(codes))

    def _updating(self, codes: list[str]) -> Request | None:
        facts = self._facts(codes)
        Publication.objects.filter(code__in=facts).update(unheard_since=clock.now())
        return Request(Lane.UPDATE, tuple(facts), facts=tuple(facts.values())) if facts else None

    def _relisting(self, codes: list[str]) -> Request | None:
        allowed = [product.code for product in listed(codes)]
        rows = list(Publication.objects.filter(code__in=allowed).exclude(saleor_id=""))
        return self._listing(Lane.RELIST, rows) if rows else None

    def _listing(self, lane: Lane, rows: Sequence[Publication]) -> Request:
        Publication.objects.filter(pk__in=[row.pk for row in rows]).update(is_published=True, unheard_since=clock.now())
        return Request(lane, tuple(row.code for row in rows), ids=tuple(row.saleor_id for row in rows))

    def _creating(self, codes: list[str]) -> Request | None:
        facts = self._facts(codes)
        if not facts:
            return None
        maybe = {"is_published": True, "unheard_since": clock.now(), "updated_at": clock.now()}
        with transaction.atomic():
            ahead = [Publication(code=code, **maybe) for code in facts]
            Publication.objects.bulk_create(ahead, ignore_conflicts=True)
            Publication.objects.filter(code__in=facts).update(**maybe)
        return Request(Lane.CREATE, tuple(facts), facts=tuple(facts.values()))

    def _facts(self, codes: Sequence[str]) -> dict[str, dict[str, Any]]:
        return {product.code: content(product) for product in listed(codes)}

    # In a thread of the pool.

    def _send(self, request: Request) -> Any:
        if request.lane is Lane.ADOPT:
            return sending.find(self.api, request.codes[0])
        if request.lane is Lane.CREATE:
            return sending.create(self.api, request.facts)
        if request.lane is Lane.UPDATE:
            return sending.update(self.api, request.facts)
        return sending.list_products(self.api, request.ids, published=request.lane is Lane.RELIST)

    # Taking answers in.

    def _settle(self, future: Future[Any]) -> None:
        request = self._in_flight.pop(future)
        self._busy.difference_update(request.codes)
        try:
            answer = future.result()
        except SaleorUnavailable as silence:
            self._again(request, silence)
            return
        self._answers += 1
        if request.lane is Lane.ADOPT:
            self._adopt(request.codes[0], answer)
            return
        with transaction.atomic():
            for number, (code, outcome) in enumerate(zip(request.codes, answer, strict=True)):
                self._write(request, number, code, outcome)

    def _again(self, request: Request, silence: SaleorUnavailable) -> None:
        """Queue it once more, after a pause; one that alone stays without an answer is left out, not waited for."""
        key = (request.lane, request.codes[0])
        times, answers_then = self._silent.get(key, (0, self._answers))
        if not silence.was_sent and self._answers > answers_then:  # it only met the open circuit: no fault of its own
            times, answers_then = 0, self._answers
        self._silent[key] = (times + 1, answers_then)
        if times < len(PAUSES):
            self._queues[request.lane].extendleft(reversed(request.codes))
            self._pause = max(self._pause, PAUSES[times], silence.again_in)
        elif self._answers > answers_then:
            self.report.refused |= dict.fromkeys(request.codes, str(silence))
        else:
            raise silence

    def _write(self, request: Request, number: int, code: str, outcome: Outcome) -> None:
        row = Publication.objects.filter(code=code)
        lane, result = request.lane, outcome.result
        if result is Result.DONE and lane is Lane.CREATE:
            hash_ = content_hash(request.facts[number])
            row.update(saleor_id=outcome.saleor_id, content_hash=hash_, unheard_since=None)
            self.report.created += 1
        elif result is Result.DONE and code in self._doubted:
            row.update(unheard_since=self._doubted[code])
            self._aside |= {code} if lane is Lane.DELIST else set()
            self.report.refused[code] = (
                "what was sent before and not heard of may still change it; it is told once more"
            )
        elif result is Result.DONE:
            self._believe(request, number, row)
        elif result is Result.GONE:  # somebody deleted it in Saleor
            row.delete()
            self._queues[Lane.CREATE].append(code)
        elif result is Result.TAKEN and lane is Lane.CREATE:
            self._queues[Lane.ADOPT].append(code)
        else:
            if lane is Lane.CREATE:
                row.filter(saleor_id="").delete()  # it was not made
            elif lane is Lane.RELIST and code not in self._doubted:
                row.update(is_published=False, unheard_since=None)
            else:
                row.update(unheard_since=self._doubted.get(code))
            self.report.refused[code] = outcome.why

    def _believe(self, request: Request, number: int, row: QuerySet[Publication]) -> None:
        if request.lane is Lane.UPDATE:
            row.update(content_hash=content_hash(request.facts[number]), updated_at=clock.now())
            row.exclude(code__in=self._to_relist & {request.codes[number]}).update(unheard_since=None)
            self.report.updated += 1
        elif request.lane is Lane.RELIST:
            row.update(unheard_since=None, updated_at=clock.now())
            self.report.relisted += 1
        else:
            row.update(is_published=False, unheard_since=None, updated_at=clock.now())
            self.report.delisted += 1

    def _adopt(self, code: str, found: PublishedFields | None) -> None:
        """A product whose making nobody heard the end of: take it as ours, or believe that it is not there."""
        row = Publication.objects.filter(code=code)
        if found is None:
            self._aside.add(code)
            row.filter(saleor_id="", unheard_since__lt=clock.now() - LANDED_AFTER).delete()
            if listed([code]):
                self.report.refused[code] = "its slug is another product's in Saleor, or it is being made this minute"
            return
        row.update(saleor_id=found.id, content_hash="", is_published=sending.is_published(found), unheard_since=None)
        self.report.adopted += 1
        for product in listed([code]):
            if found.hash == content_hash(content(product)):
                row.update(content_hash=found.hash)
            else:
                self._queues[Lane.UPDATE].append(code)
            if not sending.is_published(found):
                self._queues[Lane.RELIST].append(code)

    def _hear_out(self) -> None:
        """After a failure: take in what is still answered, so that nothing done is forgotten."""
        for future in list(self._in_flight):
            if future.exception() is None:
                self._settle(future)

"""How the shop is, read by plain queries: for the officer's page and for `./chosao health`."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Min
from django.utils.translation import gettext_lazy as _

from catalog import clock
from catalog.agreements import sending as agreements
from catalog.certificates.models import Source
from catalog.health.models import Sign
from catalog.health.services import BEAT, SALEOR, STALE
from catalog.outbox.models import OutboxRow
from catalog.reminders import sending as reminders
from catalog.saleor.models import InboxMessage
from catalog.search.services import engine
from catalog.warnings import sending as warnings
from ocop_sync.configured.services import SIGN
from ocop_sync.runs.models import Run, RunState

REASONS_SHOWN = 5
LATE = timedelta(minutes=15)  # for work that is done within seconds on an ordinary day
RECONCILIATIONS = {  # how old the last good one may be
    "reconcile-orders": (_("Các đơn hàng"), timedelta(minutes=10)),
    "reconcile-offers": (_("Giá và tồn kho"), timedelta(minutes=20)),
    "reconcile-publications": (_("Sản phẩm trên Saleor"), timedelta(hours=2)),
}
STATES = {
    "ok": _("sẵn sàng"),
    "read-only": _("chỉ đọc"),
    "no index": _("chưa có chỉ mục"),
    "no answer": _("không trả lời"),
    "refused": _("từ chối truy cập"),
}
TOPICS = {"publish": _("Đưa sản phẩm lên Saleor"), "index": _("Cập nhật chỉ mục tìm kiếm")}
PROBLEMS = {
    "saleor_silent": _("Hệ thống đặt hàng không trả lời: đặt hàng tạm dừng, mọi việc khác vẫn chạy."),
    "saleor_token": _("Hệ thống đặt hàng không nhận mã truy cập của cửa hàng: cần cấp lại mã."),
    "worker_silent": _("Tiến trình làm việc nền không chạy: không có gì được đồng bộ, đối chiếu hay nhắc lại."),
    "webhooks_late": _("Thông báo từ Saleor chờ quá lâu."),
    "webhooks_given_up": _("Có thông báo từ Saleor thử nhiều lần không xong."),
    "outbox_late": _("Việc gửi đi chờ quá lâu."),
    "outbox_refused": _("Saleor từ chối một số sản phẩm."),
    "index_missing": _("Không đọc được chỉ mục tìm kiếm: khách chỉ thấy danh sách theo bộ lọc."),
    "index_read_only": _("Máy chủ tìm kiếm không cho ghi, thường vì sắp đầy đĩa: kết quả tìm kiếm sẽ cũ dần."),
    "letters_late": _("Máy chủ thư không nhận thư: thư báo sắp hết hạn hoặc thư nhắc đang chờ."),
    "reconcile_late": _("Việc đối chiếu với Saleor lâu rồi chưa xong lần nào."),
    "orders_stuck": _("Có đơn Saleor không cho hoàn tất: cần người xem."),
    "sources_wrong": _("Tệp nguồn sai: không nguồn nào được đồng bộ theo lịch."),
    "sync_failed": _("Lần đồng bộ gần nhất của một nguồn không xong hoặc chờ cán bộ."),
}
_SYNC_BAD = (RunState.FAILED, RunState.ABANDONED, RunState.WAITING)


@dataclass(frozen=True, slots=True)
class Saleor:
    """As the last look found it; `state` is well, silent, stranger (it does not know our token) or unknown."""

    state: str
    url: str
    since: datetime | None = None
    looked_at: datetime | None = None
    answered_at: datetime | None = None
    took_ms: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Webhooks:
    """What Saleor told us."""

    last_received: datetime | None
    waiting: int
    oldest_waiting: datetime | None
    given_up: int


@dataclass(frozen=True, slots=True)
class Queue:
    """Outbox rows of one topic; `reasons`: (key, why, tried again at) of those refused that wait longest."""

    topic: str
    waiting: int
    oldest: datetime
    refused: int
    reasons: tuple[tuple[str, str, datetime], ...]


@dataclass(frozen=True, slots=True)
class Search:
    """`engine` and `state` as the engine tells them; `behind`: changes that the index has still to take in."""

    engine: str
    state: str
    readable: bool
    generation: str
    changed_at: datetime | None
    behind: int


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """A comparison with Saleor: the last try, the last that went well, and what differed."""

    name: str
    at: datetime | None
    good_at: datetime | None
    read: int = 0
    differed: tuple[str, ...] = ()
    why: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class Sync:
    """The last run over a source."""

    source: str
    state: str
    as_of: date
    at: datetime
    problem: str


@dataclass
class Health:
    """Everything; `problems` are keys of `PROBLEMS`, the gravest first."""

    at: datetime
    saleor: Saleor
    webhooks: Webhooks
    outbox: list[Queue]
    search: Search
    reconciliations: list[Reconciliation]
    syncs: list[Sync]
    worker_seen: datetime | None
    letters_late: bool = False
    sources_file_ok: bool = True
    open_orders: dict[str, int] = field(default_factory=dict)
    stuck_orders: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """For `--json`; moments stay moments."""
        return asdict(self)


def health() -> Health:
    """How everything is at this moment. Asks nobody but our own database and the index."""
    signs = {sign.name: sign for sign in Sign.objects.all()}
    orders = signs["reconcile-orders"].detail if "reconcile-orders" in signs else {}
    beat = signs.get(BEAT)
    found = Health(
        at=clock.now(),
        saleor=_saleor(signs.get(SALEOR)),
        webhooks=_webhooks(),
        outbox=_outbox(),
        search=_search(),
        reconciliations=[_reconciliation(name, signs.get(name)) for name in RECONCILIATIONS],
        syncs=_syncs(),
        worker_seen=beat.at if beat else None,
        letters_late=any(kind.untried_since(clock.now() - LATE) for kind in (warnings, reminders, agreements)),
        sources_file_ok=SIGN not in signs or signs[SIGN].ok,
        open_orders=orders.get("open", {}),
        stuck_orders=orders.get("stuck", []),
    )
    found.problems = [name for name, wrong in _judge(found).items() if wrong]
    return found


def _judge(found: Health) -> dict[str, bool]:
    late = found.at - LATE
    waiting = [queue.oldest for queue in found.outbox]
    return {
        "saleor_silent": found.saleor.state == "silent",
        "saleor_token": found.saleor.state == "stranger",
        "worker_silent": found.worker_seen is None or found.worker_seen < found.at - STALE,
        "index_missing": not found.search.readable,
        "index_read_only": found.search.state == "read-only",
        "orders_stuck": bool(found.stuck_orders),
        "webhooks_given_up": bool(found.webhooks.given_up),
        "webhooks_late": found.webhooks.oldest_waiting is not None and found.webhooks.oldest_waiting < late,
        "outbox_refused": any(queue.refused for queue in found.outbox),
        "outbox_late": any(at < late for at in waiting),
        "letters_late": found.letters_late,
        "reconcile_late": any(one.late for one in found.reconciliations),
        "sources_wrong": not found.sources_file_ok,
        "sync_failed": any(one.state in _SYNC_BAD for one in found.syncs),
    }


def _saleor(sign: Sign | None) -> Saleor:
    if sign is None:
        return Saleor("unknown", settings.SALEOR_API_URL)
    detail = sign.detail
    state = "well" if sign.ok else "stranger" if detail.get("answers") else "silent"
    return Saleor(
        state=state if sign.at > clock.now() - STALE else "unknown",
        url=settings.SALEOR_API_URL,
        since=sign.since,
        looked_at=sign.at,
        answered_at=sign.at if detail.get("answers") else sign.good_at,
        took_ms=int(detail.get("ms", 0)),
        why=str(detail.get("why", "")),
    )


def _webhooks() -> Webhooks:
    waiting = InboxMessage.objects.waiting().aggregate(count=Count("pk"), oldest=Min("received_at"))
    last = InboxMessage.objects.aggregate(last=Max("received_at"))["last"]
    return Webhooks(last, waiting["count"], waiting["oldest"], InboxMessage.objects.given_up().count())


def _outbox() -> list[Queue]:
    rows = OutboxRow.objects.values("topic").annotate(count=Count("pk"), oldest=Min("created_at")).order_by("-topic")
    found = []
    for row in rows:
        refused = OutboxRow.objects.filter(topic=row["topic"]).exclude(last_error="")
        shown = refused.order_by("created_at").values_list("key", "last_error", "available_at")[:REASONS_SHOWN]
        found.append(Queue(row["topic"], row["count"], row["oldest"], refused.count(), tuple(shown)))
    return found


def _search() -> Search:
    behind, told = OutboxRow.objects.filter(topic="index").count(), engine().standing()
    return Search(told.engine, told.state, told.searchable, told.generation, told.changed_at, behind)


def _reconciliation(name: str, sign: Sign | None) -> Reconciliation:
    longest = RECONCILIATIONS[name][1]
    if sign is None:
        return Reconciliation(name, None, None)
    return Reconciliation(
        name=name,
        at=sign.at,
        good_at=sign.good_at,
        read=int(sign.detail.get("read", 0)),
        differed=tuple(sign.detail.get("differed", ())),
        why="" if sign.ok else str(sign.detail.get("why", "")),
        late=(sign.good_at or sign.since) < clock.now() - longest,
    )


def _syncs() -> list[Sync]:
    found = []
    for source in Source.objects.order_by("name"):
        run = Run.objects.filter(source=source).first()
        if run:
            at = run.finished_at or run.started_at
            found.append(Sync(source.name, run.state, run.as_of, at, run.problem))
    return found

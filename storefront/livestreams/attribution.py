"""From which session a line of a basket comes: docs/decisions/0032.

A browser keeps the session whose link it followed last, in a signed cookie of ours, for a day. What it puts into the
basket while that session is on, or within a day after it, and what is pinned there, comes from it. A token that is
forged, unknown or too old is no token. The same holds for boxes of a pinned combo.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse

from catalog import clock
from catalog.livestreams.models import Livestream
from catalog.livestreams.states import CURRENT, State, state
from catalog.livestreams.vouchers.models import CODE_LENGTH
from catalog.products.codes import read_code
from storefront.basket.models import BasketBox, BasketLine
from storefront.livestreams.models import BasketOrigin, BoxOrigin, LivestreamVisits, OrderOrigin, Phase
from storefront.orders.models import OrderLine

LINK, VOUCHER = "phien", "ma"  # the parameters of a link that carries a session, and its voucher
AFTER = timedelta(hours=24)  # who watches in the evening orders in the morning; a day later the figures stand
NAME, SALT = "phien", "storefront.livestreams"
MAX_AGE = int(AFTER.total_seconds())
_MOST = 20  # sessions of a day that a browser is known to have visited
_PROGRAM = re.compile(
    r"(?<!cu)bot|crawl|spider|slurp|preview|externalhit|^whatsapp|headless|lighthouse|curl|wget|python|okhttp|go-http",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Touch:
    """What a browser keeps: the session of the last link and the voucher in it, and which sessions have counted its
    visit on `day`.
    """

    code: str = ""
    voucher: str = ""
    day: str = ""
    visited: tuple[str, ...] = ()


def phase(session: Livestream, now: datetime) -> Phase | None:
    """When, seen from the session, something happens now; None where it is no longer, or not yet, of the session."""
    known = state(session, now)
    if known is State.LIVE:
        return Phase.DURING
    return Phase.AFTER if known in (State.ENDED, State.REPLAY) and now < session.over_at + AFTER else None


def is_person(request: HttpRequest) -> bool:
    """A browser that somebody looks at: neither a program that says so, nor a page that is loaded ahead."""
    ahead = " ".join(request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz"))
    agent = request.headers.get("User-Agent", "")
    return request.method == "GET" and bool(agent) and not _PROGRAM.search(agent) and "prefetch" not in ahead


def touch_of(request: HttpRequest) -> Touch:
    """What this browser keeps; nothing where it keeps nothing, or what we did not write."""
    kept = request.get_signed_cookie(NAME, default="", salt=SALT, max_age=MAX_AGE)
    match kept.split(":"):
        case [code, voucher, day, visited]:
            return Touch(code, voucher, day, tuple(filter(None, visited.split("."))))
        case _:
            return Touch()


def _keep(response: HttpResponse, touch: Touch) -> None:
    kept = ":".join([touch.code, touch.voucher, touch.day, ".".join(touch.visited[-_MOST:])])
    response.set_signed_cookie(
        NAME, kept, salt=SALT, max_age=MAX_AGE, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )


def followed(request: HttpRequest) -> Livestream | None:
    """The session of a link that a person followed, while it can bring anything yet."""
    code = read_code(request.GET.get(LINK, "")[:20])
    session = Livestream.objects.filter(code=code).first() if code and is_person(request) else None
    if session is None or (state(session, clock.now()) not in CURRENT and phase(session, clock.now()) is None):
        return None
    return session


def carry(request: HttpRequest, response: HttpResponse, session: Livestream) -> None:
    """The browser followed a link of this session to something that is pinned there: the last one counts."""
    kept = touch_of(request)
    voucher = request.GET.get(VOUCHER, "")
    known = voucher if voucher.isascii() and voucher.isdecimal() and len(voucher) == CODE_LENGTH else ""
    _keep(response, Touch(session.code, known, kept.day, kept.visited))


def invite(request: HttpRequest, response: HttpResponse) -> None:
    """Let the browser show that it keeps cookies: only such a one can count once."""
    if NAME not in request.COOKIES and is_person(request):
        _keep(response, Touch())


def count_visit(request: HttpRequest, response: HttpResponse, code: str) -> None:
    """One visit more, unless this browser has counted today, keeps no cookies, or nobody looks at it."""
    session = Livestream.objects.filter(code=code).first() if NAME in request.COOKIES and is_person(request) else None
    now, today = clock.now(), clock.today()
    at = phase(session, now) if session else None
    kept = touch_of(request)
    visited = kept.visited if kept.day == today.isoformat() else ()
    if session is None or at is None or code in visited:
        return
    rows = LivestreamVisits.objects.filter(livestream=session, day=today, phase=at)
    if not rows.update(count=F("count") + 1):
        try:
            with transaction.atomic():
                LivestreamVisits.objects.create(livestream=session, day=today, phase=at, count=1)
        except IntegrityError:  # somebody else was the first of the day at the same moment
            rows.update(count=F("count") + 1)
    _keep(response, Touch(kept.code, kept.voucher, today.isoformat(), (*visited, code)))


def claim(line: BasketLine, code: str) -> None:
    """A line was put in, or added to, by a browser that carries this session; in the caller's transaction."""
    now = clock.now()
    session, at = _bringing(code, now, product=line.offer.product_id)
    if session is None:
        return
    BasketOrigin.objects.filter(line=line).update(line=None)
    facts = {"line": line, "phase": at, "put_at": now}
    BasketOrigin.objects.update_or_create(
        livestream=session, basket_id=line.basket_id, offer_id=line.offer_id, defaults=facts
    )


def claim_box(box: BasketBox, code: str) -> None:
    """The same of boxes of a combo."""
    if box.combo_id is None:
        return
    now = clock.now()
    session, at = _bringing(code, now, combo=box.combo_id)
    if session is None:
        return
    BoxOrigin.objects.filter(box=box).exclude(livestream=session).update(box=None)
    facts = {
        "livestream": session, "combo_id": box.combo_id, "basket_id": box.basket_id, "phase": at, "put_at": now,
    }  # fmt: skip
    BoxOrigin.objects.update_or_create(box=box, defaults=facts)


def _bringing(code: str, now: datetime, **pinned: int) -> tuple[Livestream | None, Phase | None]:
    """The session with this code and its phase, where it brings something now and this is pinned to it."""
    session = Livestream.objects.filter(code=code).first() if code else None
    at = phase(session, now) if session else None
    return (session, at) if session and at and session.pins.filter(**pinned).exists() else (None, None)


def snapshot(line: BasketLine) -> dict[str, Any] | None:
    """Where a line comes from, as an attempt keeps it."""
    origin: BasketOrigin | None = getattr(line, "origin", None)
    return {"livestream": origin.livestream_id, "phase": origin.phase} if origin else None


def snapshots_of(boxes: Iterable[BasketBox]) -> dict[int, dict[str, Any]]:
    """The same of boxes, by primary key; those that come from nowhere are left out."""
    numbers = [box.pk for box in boxes if box.combo_id]
    rows = BoxOrigin.objects.filter(box__in=numbers) if numbers else BoxOrigin.objects.none()
    return {row.box_id: {"livestream": row.livestream_id, "phase": row.phase} for row in rows if row.box_id}


def record(lines: Mapping[OrderLine, dict[str, Any] | None]) -> None:
    """Lines of a new order, each with its `snapshot`."""
    OrderOrigin.objects.bulk_create(
        OrderOrigin(
            order_line=line,
            livestream_id=origin["livestream"],
            phase=origin["phase"],
            voucher_id=origin.get("voucher"),
            discount=origin.get("discount", 0),
        )
        for line, origin in lines.items()
        if origin
    )

"""The schedule, a session's page, and what open pages ask for. Everything works without JavaScript."""

import json
from dataclasses import dataclass
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from catalog import clock
from catalog.certificates.services import shown as certified
from catalog.livestreams import lists, pins, signals
from catalog.livestreams.errors import BadLink
from catalog.livestreams.links import Link, read_link
from catalog.livestreams.models import Livestream
from catalog.livestreams.platforms import FRAMES, Platform
from catalog.livestreams.states import State
from catalog.livestreams.vouchers.models import LivestreamVoucher
from catalog.livestreams.vouchers.services import is_in_force
from catalog.producers.models import Producer
from catalog.regions import province, provinces
from catalog.reminders import consent
from catalog.reminders.services import remindable
from storefront.livestreams import attribution, words

# Milliseconds until an open page asks again: while pins may be withdrawn, while it waits, and afterwards.
ASK_AGAIN = {State.LIVE: 3_000, State.ANNOUNCED: 15_000, State.LATE: 10_000}
_WITH_VIDEO = (State.LIVE, State.REPLAY)
_OVER = (State.ENDED, State.MISSED, State.CANCELLED, State.STOPPED)


@dataclass(frozen=True, slots=True)
class Question:
    """Which sessions are asked for; `query` is the same for addresses."""

    province_code: str
    producer: Producer | None

    @property
    def query(self) -> str:
        """ "?tinh=68&chu-the=5", or empty."""
        parts = [f"tinh={self.province_code}"] if self.province_code else []
        parts += [f"chu-the={self.producer.pk}"] if self.producer else []
        return f"?{'&'.join(parts)}" if parts else ""


def question(request: HttpRequest) -> Question:
    """The filters of an address; what names nothing is left out."""
    code, number = request.GET.get("tinh", ""), request.GET.get("chu-the", "")
    known = code if code in {one.code for one in provinces()} else ""
    number = number if number.isascii() and number.isdecimal() and len(number) < 10 else ""
    return Question(known, Producer.objects.filter(pk=int(number)).first() if number else None)


@require_GET
def schedule(request: HttpRequest) -> HttpResponse:
    """GET /truc-tiep/?tinh=&chu-the=: what is on, what comes day by day, what can be seen again."""
    asked, now = question(request), clock.now()
    sessions = lists.asked(asked.province_code, asked.producer.pk if asked.producer else None)
    current = lists.schedule(sessions, now)
    coming = [one for one in current if one.is_coming]
    days = groupby(coming, key=lambda one: words.day_of(one.session.starts_at))
    context = {
        "live": [one for one in current if one.is_live],
        "days": [(words.day(day), list(some)) for day, some in days],
        "replays": lists.replays(sessions, now),
        "asked": asked,
        "provinces": provinces(),
        "span": words.span,
        "day": words.day,
        "day_of": words.day_of,
        "province_of": province,
    }
    return render(request, "livestreams/schedule.html", context)


@require_GET
def session(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """GET /truc-tiep/<slug>-<code>/: a session that its host made public."""
    found = lists.asked().filter(code=code.upper()).first()
    now = clock.now()
    shown = pins.shown(found.pk, clock.today()) if found else []
    told = signals.read(found, now, tuple(pin.key for pin in shown)) if found else None
    if found is None or told is None:
        raise Http404
    if (slug, code) != (found.slug, found.code):
        return redirect(found.get_absolute_url(), permanent=True)
    video = _video(found, told.state)
    response = render(request, "livestreams/session.html", _context(found, told, video, shown if told.pins else []))
    attribution.invite(request, response)
    response["Content-Security-Policy"] = _policy(video)
    response["Permissions-Policy"] = f"autoplay=(self{_frame(video, quoted=True)}), camera=(), microphone=()"
    return response


@never_cache
@require_GET
def events(request: HttpRequest, code: str) -> HttpResponse:
    """GET /truc-tiep/<code>/su-kien/: one server-sent event, and when to come back for the next.

    The answer ends at once and EventSource asks again by itself: no thread of the few is held (see
    docs/decisions/0028). 204, after which it asks no more, when nothing can happen any more.
    """
    told = signals.signal(code.upper())
    if told is None:
        raise Http404
    known = request.headers.get("Last-Event-ID", "") or request.GET.get("da-biet", "")
    if known == told.mark and told.state not in ASK_AGAIN:
        return HttpResponse(status=204)
    lines = [f"retry: {ASK_AGAIN.get(told.state, 60_000)}"]
    if known != told.mark:
        data = json.dumps({"mark": told.mark, "state": told.state, "version": str(told.version), "pins": told.pins})
        lines += [f"id: {told.mark}", f"data: {data}"]
    return HttpResponse("\n".join(lines) + "\n\n", content_type="text/event-stream")


@never_cache
@require_GET
def visit(request: HttpRequest, code: str) -> HttpResponse:
    """GET /truc-tiep/<code>/luot/: what a page that is looked at loads, so that its visit is counted; 204 always."""
    response = HttpResponse(status=204)
    attribution.count_visit(request, response, code.upper())
    return response


def _context(found: Livestream, told: signals.Signal, video: Link | None, shown: list[pins.Pin]) -> dict[str, object]:
    owner = found.host.owner
    return {
        "session": found,
        "state": told.state,
        "mark": told.mark,
        "pins": shown,
        "cover": shown[0] if shown else None,
        "has_combos": any(pin.combo for pin in shown),
        "video": video,
        "platform": Platform(found.platform).label,
        "from_the_start": told.state is State.REPLAY and video is not None and video.platform is Platform.YOUTUBE,
        "over": told.state in _OVER,
        "owner": owner,
        "certified": certified(clock.today()).filter(producer=owner).count() if found.host.producer else 0,
        "place": province(owner.province_code),
        "when": words.span(found.starts_at, found.ends_at),
        "day": words.day(words.day_of(found.starts_at)),
        "into": words.into,
        "remindable": remindable(found, clock.now()),
        "consent": consent.TEXT,
        "voucher": _voucher(found),
        "counts": attribution.phase(found, clock.now()),
    }


def _voucher(found: Livestream) -> LivestreamVoucher | None:
    """The one that counts now."""
    known = LivestreamVoucher.objects.filter(livestream=found).select_related("livestream").first()
    return known if known and is_in_force(known, clock.now()) else None


def _video(found: Livestream, known: State) -> Link | None:
    """What can be seen: the stream, or its replay. A link that is not on the list any more is not shown."""
    if known not in _WITH_VIDEO:
        return None
    try:
        return read_link(found.replay_url if known is State.REPLAY else found.url)
    except BadLink:
        return None


def _policy(video: Link | None) -> str:
    """Only what this page needs; a frame of the session's platform alone, where it may be embedded."""
    frame = _frame(video) or " 'none'"
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        f"connect-src 'self'; form-action 'self'; frame-src{frame}; frame-ancestors 'none'; base-uri 'none'"
    )


def _frame(video: Link | None, *, quoted: bool = False) -> str:
    if video is None or not video.embed:
        return ""
    return f' "{FRAMES[video.platform]}"' if quoted else f" {FRAMES[video.platform]}"

"""Sessions for calendars (iCalendar) and for programs (JSON)."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from catalog import clock
from catalog.clock import TIME_ZONE
from catalog.livestreams import calendars, lists, pins
from catalog.livestreams.lists import Listed
from catalog.livestreams.pins import Pin
from catalog.livestreams.states import State
from storefront.livestreams.views import question


@require_GET
def calendar_of_many(request: HttpRequest) -> HttpResponse:
    """GET /truc-tiep/lich.ics?tinh=&chu-the=: from a month ago on, with what was called off."""
    return _calendar(_("Chợ Sao: lịch trực tiếp"), _asked(request), "cho-sao-truc-tiep")


@require_GET
def calendar_of_one(request: HttpRequest, code: str) -> HttpResponse:
    """GET /truc-tiep/<code>/lich.ics."""
    found = lists.asked().filter(code=code.upper()).first()
    listed = Listed(found, clock.now()) if found else None
    if found is None or listed is None or listed.state is State.DRAFT:
        raise Http404
    return _calendar(found.title, [listed], f"truc-tiep-{found.code}")


@require_GET
def json_of_many(request: HttpRequest) -> JsonResponse:
    """GET /truc-tiep/lich.json?tinh=&chu-the=: the same as JSON, times with their offset; with what is pinned and on
    sale at this minute."""
    found = _asked(request)
    shown = pins.shown_of([one.session.pk for one in found if not _is_off(one)], clock.today())
    return JsonResponse({"livestreams": [_as_json(one, shown.get(one.session.pk, [])) for one in found]})


def _asked(request: HttpRequest) -> list[Listed]:
    asked = question(request)
    sessions = lists.asked(asked.province_code, asked.producer.pk if asked.producer else None)
    return lists.for_calendars(sessions, clock.now())


def _calendar(name: str, listed: list[Listed], file: str) -> HttpResponse:
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    events = [(one, _address(one), _description(one)) for one in listed]
    response = HttpResponse(calendars.calendar(name, events, host), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file}.ics"'
    return response


def _address(one: Listed) -> str:
    return f"{settings.PUBLIC_URL}{one.session.get_absolute_url()}"


def _description(one: Listed) -> str:
    lines = [f"{one.session.host.owner.name} · {one.session.get_platform_display()}"]
    lines += [f"{one.state.label}. {one.session.reason}".strip()] if one.session.reason else []
    lines += [one.session.note] if one.session.note else []
    return "\n".join([*lines, _address(one)])


def _is_off(one: Listed) -> bool:
    return one.state in (State.CANCELLED, State.STOPPED)


def _as_json(one: Listed, pinned: list[Pin]) -> dict[str, object]:
    session, owner = one.session, one.session.host.owner
    return {
        "code": session.code,
        "title": session.title,
        "state": one.state,
        "starts_at": session.starts_at.astimezone(TIME_ZONE).isoformat(timespec="seconds"),
        "ends_at": session.ends_at.astimezone(TIME_ZONE).isoformat(timespec="seconds"),
        "platform": session.platform,
        "url": None if _is_off(one) else session.replay_url or session.url,
        "page": _address(one),
        "host": {"name": owner.name, "kind": "producer" if session.host.producer else "sale_point"},
        "province": one.province_code,
        "reason": session.reason or None,
        "pins": [_pin_as_json(pin, session.code) for pin in pinned],
    }


def _pin_as_json(pin: Pin, session: str) -> dict[str, object]:
    """`price`: đồng, a product's lowest, a box's; `offset`: seconds from the start, or null."""
    combo = pin.combo.combo if pin.combo else None
    what = combo or pin.product
    assert what is not None  # noqa: S101 - a pin is of one thing
    return {
        "kind": "combo" if combo else "product",
        "code": what.code,
        "name": combo.told_title if combo else pin.product and pin.product.name,
        "page": f"{settings.PUBLIC_URL}{what.get_absolute_url()}?phien={session}",
        "price": pin.price,
        "offset": pin.offset,
    }

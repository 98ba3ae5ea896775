"""iCalendar (RFC 5545), the small part of it that an announcement needs.

Times are in UTC, so no time zone has to be described; lines end with CRLF and are folded at 75 octets; an event keeps
its UID, and its SEQUENCE grows with each change, so that a calendar that has it already takes the change over.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from catalog.livestreams.lists import Listed
from catalog.livestreams.states import State

_CALLED_OFF = (State.CANCELLED, State.STOPPED, State.MISSED)
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def calendar(name: str, events: Iterable[tuple[Listed, str, str]], host: str) -> str:
    """A calendar of sessions, each with the absolute address of its page and its description; `host` is the shop's."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{host}//Cho Sao//VI", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines += [f"X-WR-CALNAME:{_text(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT1H"]
    for listed, url, description in events:
        lines += _event(listed, url, description, host)
    lines.append("END:VCALENDAR")
    return "".join(f"{fold(line)}\r\n" for line in lines)


def fold(line: str) -> str:
    """At most 75 octets a line, never within a character; what follows begins with a space (3.1)."""
    parts, size = [""], 0
    for char in line:
        octets = len(char.encode())
        if size + octets > 75:
            parts.append(" ")
            size = 1
        parts[-1] += char
        size += octets
    return "\r\n".join(parts)


def _event(listed: Listed, url: str, description: str, host: str) -> list[str]:
    session = listed.session
    off = listed.state in _CALLED_OFF
    return [
        "BEGIN:VEVENT",
        f"UID:truc-tiep-{session.code}@{host}",
        f"DTSTAMP:{_moment(session.updated_at)}",
        f"LAST-MODIFIED:{_moment(session.updated_at)}",
        f"SEQUENCE:{session.version}",
        f"DTSTART:{_moment(session.starts_at)}",
        f"DTEND:{_moment(session.ends_at)}",
        f"SUMMARY:{_text(session.title)}",
        f"DESCRIPTION:{_text(description)}",
        f"URL:{url}",
        f"STATUS:{'CANCELLED' if off else 'CONFIRMED'}",
        f"TRANSP:{'TRANSPARENT' if off else 'OPAQUE'}",
        "END:VEVENT",
    ]


def _text(value: str) -> str:
    """3.3.11."""
    return value.translate(_ESCAPED)


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"

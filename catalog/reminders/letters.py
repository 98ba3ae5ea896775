"""The text of a letter, as things stand when it is sent, in the language in which the reminder was asked for."""

from collections.abc import Sequence
from datetime import datetime

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from catalog import clock
from catalog.livestreams.models import Livestream
from catalog.livestreams.states import State, state
from catalog.mail.addresses import absolute, message_id
from catalog.reminders.models import Purpose, ReminderLetter
from catalog.reminders.services import VALID, confirm_token, remindable, stop_token
from catalog.reminders.telling import USEFUL
from catalog.ui.formats import moment


def compose(letters: Sequence[ReminderLetter]) -> dict[int, EmailMultiAlternatives]:
    """The mail of each letter, by the letter's key; none for a letter that came too late or was overtaken."""
    rows = ReminderLetter.objects.filter(pk__in=[letter.pk for letter in letters])
    related = ("reminder__livestream__host__producer", "reminder__livestream__host__sale_point")
    now = clock.now()
    return {row.pk: _mail(row, now) for row in rows.select_related(*related) if _of_use(row, now)}


def _of_use(letter: ReminderLetter, now: datetime) -> bool:
    reminder, session = letter.reminder, letter.reminder.livestream
    if letter.purpose == Purpose.CONFIRM:
        asked = reminder.confirmed_at is None and now < reminder.asked_at + VALID
        return asked and remindable(session, now)
    known = state(session, now)
    if letter.purpose == Purpose.OFF:
        return known in (State.CANCELLED, State.STOPPED) and now < session.ends_at
    same = letter.starts_at == session.starts_at
    if letter.purpose == Purpose.MOVED:
        return same and known is State.ANNOUNCED and reminder.reminded_of != session.starts_at
    return same and known in (State.ANNOUNCED, State.LIVE) and now < session.starts_at + USEFUL


def _mail(letter: ReminderLetter, now: datetime) -> EmailMultiAlternatives:
    reminder, session = letter.reminder, letter.reminder.livestream
    headers = {
        "Message-ID": message_id("nhac-phien", letter.pk, letter.made_at),
        "Auto-Submitted": "auto-generated",
    }
    with translation.override(reminder.language):
        facts = {
            "purpose": letter.purpose,
            "title": session.title,
            "owner": session.host.owner.name,
            "platform": session.get_platform_display(),
            "starts_at": moment(session.starts_at),
            "was": moment(letter.was) if letter.was != session.starts_at else "",
            "live": session.started_at is not None,
            "stopped": session.stopped_at is not None,
            "reason": session.reason,
            "page": absolute("livestream", session.slug, session.code),
        }
        if letter.purpose == Purpose.CONFIRM:
            facts["confirm"] = absolute("reminder_confirm", confirm_token(reminder))
        else:
            facts["stop"] = absolute("reminder_stop", stop_token(reminder))
            headers["List-Unsubscribe"] = f"<{facts['stop']}>"
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        mail = EmailMultiAlternatives(
            subject=_subject(letter.purpose, session),
            body=render_to_string("mail/reminder.txt", facts),
            to=[reminder.address],
            headers=headers,
        )
        mail.attach_alternative(render_to_string("mail/reminder.html", facts), "text/html")
    return mail


def _subject(purpose: str, session: Livestream) -> str:
    at = moment(session.starts_at)
    return {
        Purpose.CONFIRM: _("Xác nhận nhận thư nhắc: {title}"),
        Purpose.REMIND: _("Đang phát: {title}") if session.started_at else _("Sắp phát lúc {at}: {title}"),
        Purpose.MOVED: _("Đổi giờ phát sang {at}: {title}"),
        Purpose.OFF: _("Phiên không diễn ra: {title}"),
    }[Purpose(purpose)].format(title=session.title, at=at)

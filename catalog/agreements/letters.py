"""The text of a letter, as things stand when it is sent."""

from collections.abc import Sequence

from django.core.mail import EmailMultiAlternatives
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import translation

from catalog.agreements.models import AgreementLetter, AgreementRequest
from catalog.agreements.services import wanted
from catalog.mail.addresses import absolute, message_id
from catalog.people.models import ProducerMember


def compose(letters: Sequence[AgreementLetter]) -> dict[int, EmailMultiAlternatives]:
    """The mail of each letter, by the letter's key; none for a letter that nobody needs any more.

    It lists all that the producer was asked about and that still waits. None where nothing of its own notice does, and
    where the reader is no active member of the producer, or has no address, any more.
    """
    rows = AgreementLetter.objects.filter(pk__in=[one.pk for one in letters]).select_related("user", "notice__producer")
    open_ = _open({row.notice.producer_id for row in rows})
    users = {row.user_id for row in rows if row.user and row.user.is_active and row.user.email}
    members = set(ProducerMember.objects.filter(user__in=users).values_list("user_id", "producer_id"))
    with translation.override("vi"):
        return {
            row.pk: _mail(row, told)
            for row in rows
            if (row.user_id, row.notice.producer_id) in members
            and (told := open_.get(row.notice.producer_id))
            and any(one.notice_id == row.notice_id for one in told)
        }


def _open(producers: set[int]) -> dict[int, list[AgreementRequest]]:
    """{producer: what it was asked about that waits}, the latest first."""
    asked = AgreementRequest.objects.filter(producer__in=producers).order_by("-pk")
    rows = list(asked.select_related("combo__producer", "combo__packaging__sale_point"))
    now = wanted(Q(pk__in={row.combo_id for row in rows}))
    found: dict[int, list[AgreementRequest]] = {}
    for row in rows:
        if now.get((row.producer_id, row.combo_id)) == row.state:
            found.setdefault(row.producer_id, []).append(row)
    return found


def _mail(letter: AgreementLetter, asked: Sequence[AgreementRequest]) -> EmailMultiAlternatives:
    facts = {
        "producer": letter.notice.producer.name,
        "combos": [
            {
                "title": one.combo.title,
                "by": (one.combo.producer or one.combo.packaging.sale_point).name,
                "again": ":" in one.state,
                "address": absolute("combo_maker_show", one.combo.code),
            }
            for one in asked
        ],
        "all": absolute("combo_maker"),
    }
    mail = EmailMultiAlternatives(
        subject=_subject(asked),
        body=render_to_string("mail/agreement.txt", facts),
        to=[letter.user.email if letter.user else ""],
        headers={
            "Message-ID": message_id("combo", letter.pk, letter.notice.made_at),
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(render_to_string("mail/agreement.html", facts), "text/html")
    return mail


def _subject(asked: Sequence[AgreementRequest]) -> str:
    if len(asked) == 1:
        return f"Combo “{asked[0].combo.title}” chờ bạn đồng ý"
    return f"{len(asked)} combo chờ bạn đồng ý"

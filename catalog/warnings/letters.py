"""The text of a letter, as things stand when it is sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.mail import EmailMultiAlternatives
from django.db.models import Exists, F, OuterRef
from django.template.loader import render_to_string
from django.utils import translation

from catalog.certificates.gate import listable
from catalog.mail.addresses import absolute, message_id
from catalog.people.models import ProducerMember
from catalog.warnings.advice import Ending, ending_of, together, where_to_file
from catalog.warnings.models import ExpiryWarning, Letter


@dataclass(frozen=True, slots=True)
class Group:
    """Products of one last day about which the same is to be done."""

    countdown: str
    last_day: date
    advice: str
    products: list[tuple[str, str, str]]  # name, code, address of its page in the portal


def compose(letters: Sequence[Letter], today: date) -> dict[int, EmailMultiAlternatives]:
    """The mail of each letter, by the letter's key; none for a letter that nobody needs any more.

    That is so where every product of the notice has left the shelf or got a new last day or a later warning, and where
    the reader is no active member of the producer, or has no address, any more.
    """
    rows = Letter.objects.filter(pk__in=[letter.pk for letter in letters]).select_related("user", "notice__producer")
    told = _endings({row.notice_id for row in rows}, today)
    users = {row.user_id for row in rows if row.user and row.user.is_active and row.user.email}
    members = set(ProducerMember.objects.filter(user__in=users).values_list("user_id", "producer_id"))
    with translation.override("vi"):
        return {
            row.pk: _mail(row, told[row.notice_id])
            for row in rows
            if (row.user_id, row.notice.producer_id) in members and row.notice_id in told
        }


def _endings(notices: set[int], today: date) -> dict[int, list[Ending]]:
    """What each notice still has to say."""
    later = ExpiryWarning.objects.filter(
        product=OuterRef("product"), last_day=OuterRef("last_day"), threshold__lt=OuterRef("threshold")
    )
    warnings = ExpiryWarning.objects.filter(
        listable(today, "product__"),
        notice__in=notices,
        last_day=F("product__listable_until"),
        product__producer=F("notice__producer"),
    ).exclude(Exists(later))
    told: dict[int, list[Ending]] = {}
    for warning in warnings.select_related("product__current"):
        if found := ending_of(warning.product, today):
            told.setdefault(warning.notice_id, []).append(found)
    return told


def _mail(letter: Letter, endings: list[Ending]) -> EmailMultiAlternatives:
    facts = {
        "producer": letter.notice.producer.name,
        "groups": [_group(same) for same in together(endings)],
        "where": where_to_file(),
        "portal": absolute("portal"),
    }
    mail = EmailMultiAlternatives(
        subject=_subject(endings),
        body=render_to_string("mail/expiry.txt", facts),
        to=[letter.user.email if letter.user else ""],
        headers={
            "Message-ID": message_id("bao-han", letter.pk, letter.notice.made_at),
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(render_to_string("mail/expiry.html", facts), "text/html")
    return mail


def _subject(endings: list[Ending]) -> str:
    first = min(endings, key=lambda one: one.last_day)
    if len(endings) == 1:
        return f"{first.countdown}: chứng nhận OCOP của {first.product.name}"
    return f"{len(endings)} chứng nhận OCOP sắp hết hạn, sớm nhất ngày {first.last_day:%d/%m/%Y}"


def _group(endings: list[Ending]) -> Group:
    products = [(one.product.name, one.product.code, absolute("portal_product", one.product.code)) for one in endings]
    return Group(endings[0].countdown, endings[0].last_day, endings[0].advice, products)

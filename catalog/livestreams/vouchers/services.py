"""A producer gives up a part of its own price, for its own pinned goods and nobody else's.

At most 50 % (Nghị định 81/2018/NĐ-CP, article 7). Neither alcohol nor health products can be pinned, and what is not
pinned is not reduced. A sale point has no voucher: what it shows is another's.
"""

import secrets
import unicodedata
from datetime import datetime

from django.db import transaction

from catalog import clock
from catalog.livestreams.errors import Changed
from catalog.livestreams.models import Action, Livestream, LivestreamPin
from catalog.livestreams.pins import showable
from catalog.livestreams.services import PINNING, seen, write
from catalog.livestreams.states import COMING, State, state
from catalog.livestreams.vouchers.errors import (
    BadVoucher,
    NoVoucherForSalePoints,
    UnknownVoucher,
    VoucherIsSaid,
    VoucherOver,
    VoucherTooEarly,
)
from catalog.livestreams.vouchers.models import CODE_LENGTH, HIGHEST, LONGEST_GRACE, MOST_PIECES, LivestreamVoucher
from catalog.people.models import User


@transaction.atomic
def set_voucher(user: User, code: str, version: int, *, percent: int, most: int, grace: int) -> None:
    """The session's voucher, with a code of its own; until it begins it may be set anew.

    Raises Changed, NotNow, NoVoucherForSalePoints, BadVoucher, VoucherIsSaid.
    """
    facts = {"percent": percent, "most": most, "grace": grace}
    session = seen(user, code, version, Action.VOUCHER, PINNING, facts)
    if session is None:
        return
    if session.host.producer_id is None:
        raise NoVoucherForSalePoints
    if not (1 <= percent <= HIGHEST and 1 <= most <= MOST_PIECES and 0 <= grace <= LONGEST_GRACE):
        raise BadVoucher(percent=HIGHEST, most=MOST_PIECES, grace=LONGEST_GRACE)
    known = LivestreamVoucher.objects.filter(livestream=session).first()
    if known and session.started_at:
        raise VoucherIsSaid
    voucher = known or LivestreamVoucher(livestream=session, code=_new_code())
    voucher.percent, voucher.most, voucher.grace = percent, most, grace
    voucher.save()
    write(session, user, Action.VOUCHER, facts=facts)


def _new_code() -> str:
    """Six digits that no other voucher has; two who draw the same at once meet the constraint, and press again."""
    for _ in range(100):
        code = str(100_000 + secrets.randbelow(900_000))
        if not LivestreamVoucher.objects.filter(code=code).exists():
            return code
    raise Changed


def find_voucher(typed: str, now: datetime) -> LivestreamVoucher:
    """The voucher in force that has this code, as people type it.

    Raises UnknownVoucher, VoucherTooEarly, VoucherOver.
    """
    digits = "".join(char for char in unicodedata.normalize("NFKC", typed) if not char.isspace() and char not in ".-")
    rows = LivestreamVoucher.objects.select_related("livestream__host")
    is_code = digits.isascii() and digits.isdecimal() and len(digits) == CODE_LENGTH
    found = rows.filter(code=digits).first() if is_code else None
    if found is None or found.livestream.confirmed_at is None:
        raise UnknownVoucher
    if not is_in_force(found, now):
        early = state(found.livestream, now) in COMING
        raise (VoucherTooEarly if early else VoucherOver)(title=found.livestream.title)
    return found


def is_in_force(voucher: LivestreamVoucher, now: datetime) -> bool:
    """From the start until `grace` minutes after the end of its session, unless that was stopped."""
    known = state(voucher.livestream, now)
    return known is State.LIVE or (known in (State.ENDED, State.REPLAY) and now < voucher.until)


def products_of(session: Livestream) -> set[int]:
    """What it counts for at this moment: the host's own products, pinned, certified and free of restrictions.

    No combo: its price is the sum of what its producers agreed to, of which none can give up the others'.
    """
    own = LivestreamPin.objects.filter(showable(clock.today()), livestream=session)
    return set(own.filter(product__producer=session.host.producer_id).values_list("product", flat=True))

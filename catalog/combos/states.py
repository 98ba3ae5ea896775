"""How a combo stands."""

from django.db.models import F, Q, TextChoices
from django.utils.translation import gettext_lazy as _

from catalog.combos.models import Combo


class State(TextChoices):
    """From its own row; whether its box can be had today is another question (`offering`)."""

    DRAFT = "draft", _("Bản nháp")
    PROPOSED = "proposed", _("Chờ đồng ý và duyệt")
    APPROVED = "approved", _("Đã duyệt")
    WITHDRAWN = "withdrawn", _("Đã rút")


def state_of(combo: Combo) -> State:
    """How it stands."""
    if combo.withdrawn_at:
        return State.WITHDRAWN
    if combo.is_approved:
        return State.APPROVED
    return State.PROPOSED if combo.proposed_at else State.DRAFT


def in_state(state: State) -> Q:
    """The same, of rows."""
    approved = Q(approved_terms=F("terms"), withdrawn_at=None)
    return {
        State.WITHDRAWN: Q(withdrawn_at__isnull=False),
        State.APPROVED: approved,
        State.PROPOSED: Q(withdrawn_at=None, proposed_at__isnull=False)
        & (Q(approved_terms=None) | ~Q(approved_terms=F("terms"))),
        State.DRAFT: Q(withdrawn_at=None, proposed_at=None) & (Q(approved_terms=None) | ~Q(approved_terms=F("terms"))),
    }[state]

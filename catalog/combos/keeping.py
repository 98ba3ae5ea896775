"""The combo's row under its lock, and its log: what the proposer, a producer and an officer do has in common."""

from collections.abc import Collection
from typing import Any

from catalog.combos.errors import Changed, NotNow, ReasonMissing
from catalog.combos.models import Action, Combo, ComboEvent
from catalog.combos.states import State, state_of
from catalog.people.models import User
from catalog.producers.models import Producer
from catalog.reports.services import tidy_text


def seen(
    combo: Combo, user: User, action: Action, states: Collection[State], *, version: int | None = None
) -> Combo | None:
    """The locked combo, in one of these states; None where this is a repeat of this person's last step.

    `version`: the one that was seen, where that matters. Raises Changed, NotNow.
    """
    if version is not None and combo.version != version:
        if _is_repeat(combo, user, action) and combo.version == version + 1:
            return None
        raise Changed
    if state_of(combo) not in states:
        if _is_repeat(combo, user, action):
            return None
        raise NotNow(state=state_of(combo).label)
    return combo


def write(
    combo: Combo, user: User, action: Action, *, producer: Producer | None = None, reason: str = "",
    facts: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    """The combo as changed, and its log's next line."""
    combo.version += 1
    combo.save()
    ComboEvent.objects.create(
        combo=combo, version=combo.version, by=user, producer=producer, action=action, reason=reason, facts=facts or {}
    )


def take_off(combo: Combo) -> None:
    """Neither approved nor proposed any more; unsaved."""
    combo.proposed_at = combo.approved_terms = None


def needed(reason: str) -> str:
    """A reason as it is kept. Raises ReasonMissing for an empty one."""
    if kept := tidy_text(reason, 500):
        return kept
    raise ReasonMissing


def _is_repeat(combo: Combo, user: User, action: Action) -> bool:
    last = combo.events.last()
    return bool(last and last.by_id == user.pk and last.action == action)

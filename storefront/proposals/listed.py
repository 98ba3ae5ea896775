"""A combo as sellers' lists show it."""

from dataclasses import dataclass

from catalog.combos.models import Combo
from catalog.combos.offering import Box, cheapest_box
from catalog.combos.states import State, state_of


@dataclass(frozen=True, slots=True)
class Listed:
    """A combo with its state, and with its box today once it is approved."""

    combo: Combo
    state: State
    box: Box | None

    @property
    def tone(self) -> str:
        """Of its tag."""
        if self.box and not self.box.possible:
            return "warn"
        return {State.APPROVED: "good", State.PROPOSED: "warn", State.WITHDRAWN: "stop"}.get(self.state, "")


def listed(combo: Combo) -> Listed:
    """Of a combo that `offering.combos` read."""
    state = state_of(combo)
    return Listed(combo, state, cheapest_box(combo) if state is State.APPROVED else None)

"""What a run of the publisher did."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

Progress = Callable[[int, int], None]  # (products dealt with, products in all)


@dataclass
class PublishReport:
    """How many products were delisted, made, changed, put back, left as they were; what Saleor refused, by code."""

    delisted: int = 0
    updated: int = 0
    relisted: int = 0
    created: int = 0
    adopted: int = 0  # were in Saleor already, made by a run whose answer was lost
    unchanged: int = 0
    seconds: float = 0.0
    refused: dict[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """For `--json`."""
        return asdict(self)

    def add(self, other: "PublishReport") -> None:
        """Count another run's work to this one's; the time is told apart."""
        for name in self.__dataclass_fields__:
            if name not in _APART:
                setattr(self, name, getattr(self, name) + getattr(other, name))
        self.refused |= other.refused

    def __str__(self) -> str:
        counts = (f"{name} {getattr(self, name)}" for name in self.__dataclass_fields__ if name not in _APART)
        told = [f"{', '.join(counts)}, refused {len(self.refused)} in {self.seconds:.1f} s"]
        return "\n".join(told + [f"  {code}: {why}" for code, why in sorted(self.refused.items())])


_APART = ("seconds", "refused")

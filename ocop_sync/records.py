"""A record as a source gives it: raw texts of the allow-listed columns, and where it stood."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class RawRecognition:
    """One recognition's cells as text; dates may be ISO (from a real date cell) or whatever somebody typed."""

    star: str = ""
    score: str = ""
    decision: str = ""
    authority: str = ""
    issued: str = ""
    year: str = ""
    expires: str = ""
    status: str = ""
    filed: str = ""
    revoked: str = ""
    ground: str = ""

    @property
    def is_empty(self) -> bool:
        """No cell filled."""
        return not any(asdict(self).values())


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One product of one producer. `recognitions` oldest first; `row` as the file's own program shows it."""

    sheet: str = ""
    row: int | None = None
    registry_id: str = ""
    product: str = ""
    producer: str = ""
    producer_kind: str = ""
    category: str = ""
    set_no: str = ""
    commune: str = ""
    address: str = ""
    province: str = ""
    province_code: str = ""
    commune_code: str = ""
    current_star: str = ""
    expires: str = ""
    note: str = ""
    evidence: str = ""
    deleted: bool = False
    recognitions: tuple[RawRecognition, ...] = field(default=())

    def columns(self) -> dict[str, Any]:
        """What is kept of the row: its filled, allow-listed cells."""
        facts = asdict(self)
        for name in ("sheet", "row", "deleted"):
            facts.pop(name)
        facts["recognitions"] = [{k: v for k, v in one.items() if v} for one in facts["recognitions"]]
        return {name: value for name, value in facts.items() if value}

"""Small registry tables, written where a test needs them."""

import csv
from pathlib import Path

COLUMNS = ("registry_id", "product_name", "producer", "star_rating", "decision_number", "issuing_authority",
           "issued_at", "original_address", "evidence_level", "note", "category", "product_set")  # fmt: skip
SOUND = {
    "star_rating": "4",
    "decision_number": "1207/QĐ-UBND",
    "issuing_authority": "UBND tỉnh Lâm Đồng",
    "issued_at": "2026-03-02",
    "original_address": "Phường Xuân Hương - Đà Lạt, tỉnh Lâm Đồng",
    "evidence_level": "A",
}


def row(number: int, **facts: str) -> dict[str, str]:
    """A sound record; `facts` change it."""
    return {"product_name": f"Mứt dâu {number}", "producer": f"HTX Thử {number}", **SOUND, **facts}


def write(path: Path, rows: list[dict[str, str]]) -> str:
    """A CSV table; returns its path."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, COLUMNS)
        table.writeheader()
        table.writerows(rows)
    return str(path)

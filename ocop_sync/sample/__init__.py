"""The sample registry: real decisions of Lâm Đồng beside constructed products of all 34 provinces, marked "(mẫu)"."""

from pathlib import Path
from typing import Final

_DATA = Path(__file__).parent / "data"

# (source name, registry feed v1 file, whether it is a delta), in the order in which they are imported
SAMPLE_FILES: Final = (
    ("mau-lam-dong", _DATA / "real.jsonl", False),
    ("mau-ca-nuoc", _DATA / "constructed.jsonl", False),
)

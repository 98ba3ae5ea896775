"""Descriptions are EditorJS documents."""

import re
from typing import Any

_TAG = re.compile(r"<[^>]+>")


def plain(description: Any) -> str:
    """The words of a description, for searching."""
    blocks = description.get("blocks") if isinstance(description, dict) else None
    texts = []
    for block in blocks if isinstance(blocks, list) else []:
        data = block.get("data") if isinstance(block, dict) else None
        if isinstance(data, dict):
            texts += [str(data["text"])] if data.get("text") else [str(item) for item in data.get("items") or []]
    return _TAG.sub("", " ".join(texts))

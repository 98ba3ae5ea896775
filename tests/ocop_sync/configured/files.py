"""Files of sources, written where a test needs them."""

import json
from pathlib import Path

SOUND = {"kind": "table", "address": "bang.csv", "schedule": "40 2 * * *"}


def toml(**sources: dict[str, object]) -> str:
    """A file of sources; JSON's strings, numbers, true and false are TOML's too."""
    lines = []
    for name, facts in sources.items():
        lines.append(f"[sources.{json.dumps(name, ensure_ascii=False)}]")
        for key, value in facts.items():
            if isinstance(value, dict):
                inside = ", ".join(f"{json.dumps(k, ensure_ascii=False)} = {json.dumps(v)}" for k, v in value.items())
                lines.append(f"{key} = {{ {inside} }}")
            else:
                lines.append(f"{key} = {json.dumps(value, ensure_ascii=False)}")
    return "\n".join(lines) + "\n"


def write_sources(path: Path, **sources: dict[str, object]) -> Path:
    """Write it; returns its path."""
    path.write_text(toml(**sources), encoding="utf-8")
    return path

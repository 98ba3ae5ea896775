"""A source's own column names: a TOML file that an officer writes, `[columns]` "Số văn bản CN" = "decision"."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from catalog.text import fold
from ocop_sync.sources.columns import FIELDS, LABELS, is_personal
from ocop_sync.sources.refusals import Refusal

LARGEST = 64 * 1024  # bytes


def load_mapping(path: Path) -> dict[str, str]:
    """Header text → field name, checked. Raises SourceUnusable, which names every field that is allowed."""
    try:
        if path.stat().st_size > LARGEST:
            raise Refusal("too_large", source=path.name, size=path.stat().st_size, most=LARGEST)
        told = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise Refusal("no_file", source=path.name, reason=error.strerror or str(error)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _wrong(path.name, f"không phải TOML ({error})", f"no TOML ({error})") from error
    columns = told.get("columns")
    if not isinstance(columns, dict) or not columns or set(told) != {"columns"}:
        raise _wrong(path.name, "cần đúng một bảng [columns], không rỗng", "exactly one table [columns] is needed")
    folded_columns(columns, path.name)
    return dict(columns)


def folded_columns(columns: Mapping[str, str], source: str) -> dict[str, str]:
    """Folded header → field name. Raises SourceUnusable: unknown field, personal data, one header twice, no header."""
    found: dict[str, str] = {}
    for header, field in columns.items():
        words = fold(header)
        if is_personal(header):
            vi = f'cột "{header}" là dữ liệu cá nhân (người đại diện, điện thoại …), không bao giờ được đọc'
            raise _wrong(source, vi, f'the column "{header}" holds personal data, which are never read')
        if not isinstance(field, str) or field not in FIELDS:
            vi = f'"{header}" = {field!r}: không có trường như vậy'
            raise _wrong(source, vi, f'"{header}" = {field!r}: there is no such field')
        if not words or found.get(words, field) != field:
            vi = f'tên cột "{header}" trống hoặc bị khai hai lần'
            raise _wrong(source, vi, f'the header "{header}" is empty or given twice')
        found[words] = field
    return found


def _wrong(source: str, vi: str, en: str) -> Refusal:
    fields = ", ".join(f"{field} ({LABELS[field]})" for field in FIELDS)
    return Refusal("mapping", source=source, reason_vi=vi, reason_en=en, fields=fields)

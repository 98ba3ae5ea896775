"""The file of sources: `[sources.<name>]` for each. It is checked as a whole before anything of it is used."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from django.conf import settings
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, ValidationInfo
from pydantic_core import ErrorDetails, PydanticCustomError

from catalog import clock
from catalog.regions import find_province
from catalog.text import fold
from ocop_sync.configured import crontab
from ocop_sync.configured.errors import NotConfigured, Problem, SourcesFileWrong
from ocop_sync.configured.references import is_reference
from ocop_sync.errors import SourceUnusable
from ocop_sync.sources.addresses import place_of
from ocop_sync.sources.mapping import folded_columns, load_mapping
from ocop_sync.sources.reading import display_name

LARGEST = 256 * 1024  # bytes
NAME = r"^\w[\w .-]{0,99}$"
LONGEST_SHOWN = 60  # characters of a wrong value
FEED = "feed"
NO_TABLE = ("không phải một bảng", "no table")
EXPECTED = {  # Vietnamese, English
    "": ("một bảng [sources.<tên>]", "a table [sources.<name>]"),
    "name": ("chữ, số, dấu cách, dấu chấm, gạch nối; nhiều nhất 100 ký tự",
             "letters, digits, spaces, dots, hyphens; 100 characters at most"),
    "kind": ('"workbook", "table" hoặc "feed"', '"workbook", "table" or "feed"'),
    "address": ("đường dẫn tệp, hoặc địa chỉ https:// của feed", "a file's path, or the https:// address of a feed"),
    "province": ("tên một tỉnh, thành phố, mới hoặc cũ", "the name of a province of Vietnam, new or old"),
    "evidence": ('"A" hoặc "B1"', '"A" or "B1"'),
    "schedule": ('crontab năm phần theo giờ Việt Nam, như "40 2 * * *"',
                 'a crontab of five fields in Vietnam\'s time, such as "40 2 * * *"'),
    "token": ('"env:TÊN" hoặc "file:/đường/dẫn"; tệp này không giữ mã nào',
              '"env:NAME" or "file:/path"; this file holds no secret'),
    "columns": ('đường dẫn tệp [columns], hoặc một bảng "Tên cột" = "trường"',
                'the path of a file with [columns], or a table "Header" = "field"'),
    "delta": ("true hoặc false; chỉ cho feed", "true or false; for a feed alone"),
}  # fmt: skip


def _wrong(key: str, vi: str, en: str) -> PydanticCustomError:
    return PydanticCustomError("configured", "{en}", {"key": key, "vi": vi, "en": en})


def _folder(info: ValidationInfo) -> Path:
    """Where the file lies: paths in it start there."""
    return Path((info.context or {})["folder"])


def _address(text: str, info: ValidationInfo) -> str:
    if not text.strip():
        raise _wrong("address", "để trống", "empty")
    if "://" not in text:
        return str((_folder(info) / text).resolve())
    try:
        place_of(text.rstrip("/"))
    except SourceUnusable as error:
        raise _wrong("address", *(str(error.data.get(key, "")) for key in ("reason_vi", "reason_en"))) from error
    return text


def _province(text: str) -> str:
    if not find_province(text):
        raise _wrong("province", repr(text[:LONGEST_SHOWN]), repr(text[:LONGEST_SHOWN]))
    return text


def _schedule(text: str) -> str:
    try:
        crontab.next_after(text, clock.now())
    except (ValueError, RuntimeError) as error:
        told = f"{text[:LONGEST_SHOWN]!r} ({error})"
        raise _wrong("schedule", told, told) from error
    return " ".join(text.split())


def _token(text: str) -> str:
    if not is_reference(text):
        raise _wrong("token", f"một giá trị viết thẳng ({len(text)} ký tự, không in ra)",
                     f"a literal value ({len(text)} characters, not shown)")  # fmt: skip
    return text


def _columns(told: Any, info: ValidationInfo) -> Any:
    try:
        if isinstance(told, str):
            return load_mapping(_folder(info) / told)
        if isinstance(told, dict) and told:
            folded_columns(told, "columns")
            return told
    except SourceUnusable as error:
        raise _wrong("columns", error.message("vi"), error.message("en")) from error
    raise _wrong(
        "columns", "không phải bảng có cột, cũng không phải đường dẫn", "neither a table with headers nor a path"
    )


class Configured(BaseModel):
    """One source. `address`: an absolute path or a feed's URL; `columns`: header → field."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    kind: Literal["workbook", "table", "feed"]
    address: Annotated[str, AfterValidator(_address)]
    schedule: Annotated[str, AfterValidator(_schedule)]
    province: Annotated[str, AfterValidator(_province)] = ""
    evidence: Literal["A", "B1", ""] = ""
    token: Annotated[str, AfterValidator(_token)] = ""
    columns: Annotated[dict[str, str], BeforeValidator(_columns)] = Field(default_factory=dict)
    delta: bool = False

    @property
    def is_remote(self) -> bool:
        """Fetched over HTTP?"""
        return "://" in self.address

    @property
    def shown_address(self) -> str:
        """The address for people: a file's name, a URL without anything that may be secret."""
        return display_name(self.address)


def load(path: Path | None = None) -> dict[str, Configured]:
    """The sources that the file names, in its order; none where there is no file. Raises SourcesFileWrong."""
    path = path or Path(settings.SOURCES_FILE)
    told = _tables(path)
    found: dict[str, Configured] = {}
    problems = [problem for name in told if (problem := _name_problem(name))]
    for name, table in told.items():
        try:
            found[name] = Configured.model_validate(table, context={"folder": path.parent})
        except ValidationError as error:
            problems += [_problem(name, one) for one in error.errors(include_url=False)]
        else:
            problems += _misfits(name, found[name])
    problems += _twice(told, found)
    if problems:
        raise SourcesFileWrong(problems, file=path.name)
    return found


def configured(name: str) -> Configured:
    """One source of the file. Raises SourcesFileWrong, NotConfigured."""
    found = load()
    if name not in found:
        known = ", ".join(found) or "–"
        raise NotConfigured(file=Path(settings.SOURCES_FILE).name, source=name, known=known)
    return found[name]


def _tables(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > LARGEST:
            raise _unreadable(path, f"lớn hơn {LARGEST:,} byte", f"larger than {LARGEST:,} bytes")
        told = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _unreadable(path, f"không phải TOML ({error})", f"no TOML ({error})") from error
    except OSError as error:
        raise _unreadable(path, f"không đọc được ({error.strerror})", f"unreadable ({error.strerror})") from error
    sources = told.pop("sources", {})
    others = [Problem("", "", (f"khóa lạ {key!r}",) * 2, EXPECTED[""]) for key in told]
    if others or not isinstance(sources, dict):
        raise SourcesFileWrong(others or [Problem("", "", NO_TABLE, EXPECTED[""])], file=path.name)
    return sources


def _unreadable(path: Path, vi: str, en: str) -> SourcesFileWrong:
    return SourcesFileWrong([Problem("", "", (vi, en), ("một tệp TOML UTF-8", "a TOML file in UTF-8"))], file=path.name)


def _problem(source: str, one: ErrorDetails) -> Problem:
    """What pydantic found, as a sentence of ours. A token is never repeated, whatever is wrong with it."""
    key = str(one["loc"][0]) if one["loc"] else ""
    ctx: Mapping[str, Any] = one.get("ctx", {})
    if one["type"] == "configured":
        found = (ctx["vi"], ctx["en"])
    elif one["type"] == "missing":
        found = ("chưa ghi", "missing")
    elif one["type"] == "extra_forbidden":
        keys = ", ".join(Configured.model_fields)
        return Problem(source, key, ("không có khóa này", "there is no such key"), (keys, keys))
    elif one["type"] in ("model_type", "dict_type"):  # never repeated: it may be a secret in the wrong place
        found = NO_TABLE
    elif key == "token":
        found = ("một giá trị viết thẳng (không in ra)", "a literal value (not shown)")
    elif isinstance(one["input"], str | int | float):
        found = (repr(one["input"])[:LONGEST_SHOWN],) * 2
    else:
        found = (f"kiểu {type(one['input']).__name__}", f"of type {type(one['input']).__name__}")
    return Problem(source, key, found, EXPECTED.get(key, EXPECTED[""]))


def _name_problem(name: str) -> Problem | None:
    return None if re.fullmatch(NAME, name) else Problem("", "", (repr(name)[:LONGEST_SHOWN],) * 2, EXPECTED["name"])


def _misfits(name: str, one: Configured) -> list[Problem]:
    """Keys that do not go together."""
    remote = "://" in one.address
    wrong = {
        "address": remote and one.kind != FEED,
        "token": bool(one.token) and not remote,
        "columns": bool(one.columns) and one.kind == FEED,
        "delta": one.delta and one.kind != FEED,
    }
    vi, en = (
        f"không đi cùng kind = {one.kind!r} và địa chỉ này",
        f"does not go with kind = {one.kind!r} and this address",
    )
    return [Problem(name, key, (vi, en), EXPECTED[key]) for key, is_wrong in wrong.items() if is_wrong]


def _twice(told: Mapping[str, Any], found: Mapping[str, Configured]) -> list[Problem]:
    """Two names that read the same, or one address under two names: what it proves would be proved twice."""
    names: dict[str, str] = {}
    places: dict[str, str] = {}
    problems = []
    for name in told:
        first = names.setdefault(fold(name), name)
        if first != name:
            same = (f"trùng tên với nguồn {first!r}", f"named like the source {first!r}")
            problems.append(Problem(name, "", same, EXPECTED["name"]))
    for name, one in found.items():
        first = places.setdefault(one.address.rstrip("/"), name)
        if first != name:
            same = (f"trùng địa chỉ với nguồn {first!r}", f"the address of the source {first!r}")
            problems.append(Problem(name, "address", same, EXPECTED["address"]))
    return problems

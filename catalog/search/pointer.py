"""Which folder holds the index, and how often it has changed: one small file, replaced in one step."""

import hashlib
import json
import os
import secrets
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

from catalog.search.documents import SCHEMA_VERSION

FILE = "current.json"
_PREFIX = "g-"


@dataclass(frozen=True, slots=True)
class Pointer:
    """`folder` inside the index directory; `schema` and `database` tell whether it can be used; `commit` counts."""

    folder: str
    commit: int
    schema: int
    database: str

    @property
    def generation(self) -> str:
        """Changes with every change of the index."""
        return f"{self.folder}.{self.commit}"

    @property
    def path(self) -> Path:
        """The folder."""
        return directory() / self.folder

    def usable(self) -> bool:
        """Made with today's fields, from the database in use, and there?"""
        return self.schema == SCHEMA_VERSION and self.database == database() and self.path.is_dir()


def directory() -> Path:
    """The folder of pointer, lock and indexes."""
    return Path(settings.SEARCH_INDEX_DIR)


def read() -> Pointer | None:
    """The pointer, or None where there is none that can be read."""
    try:
        return Pointer(**json.loads((directory() / FILE).read_bytes()))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def stamp() -> tuple[str, int, int]:
    """What changes when the pointer is replaced, without reading it."""
    path = directory() / FILE
    try:
        found = path.stat()
    except FileNotFoundError:
        return str(path), 0, 0
    return str(path), found.st_ino, found.st_mtime_ns


def new(folder: str, commit: int = 1) -> Pointer:
    """A pointer to a folder that was made from the database in use."""
    return Pointer(folder, commit, SCHEMA_VERSION, database())


def write(pointer: Pointer) -> None:
    """Replace the pointer: readers see the old one or the new one, nothing between."""
    temporary = directory() / f"{FILE}.new"
    with temporary.open("w") as file:
        json.dump(asdict(pointer), file)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(directory() / FILE)


def make_folder() -> Path:
    """A new empty folder for an index."""
    path = directory() / f"{_PREFIX}{secrets.token_hex(6)}"
    path.mkdir(parents=True)
    return path


def sweep(*keep: str) -> None:
    """Remove all folders of indexes but these; a reader that is just opening the last one may still finish."""
    for path in directory().glob(f"{_PREFIX}*"):
        if path.name not in keep:
            shutil.rmtree(path, ignore_errors=True)


def database() -> str:
    """Tells this database from every other, also from one made anew under the same name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT MIN(applied) FROM django_migrations")
        (born,) = cursor.fetchone()
    parts = [connection.vendor, *(str(connection.settings_dict.get(key)) for key in ("HOST", "PORT", "NAME")), born]
    return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()[:16]

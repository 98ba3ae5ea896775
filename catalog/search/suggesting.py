"""Suggestions: what of the catalogue begins with what was typed, read again when the index or the day has changed.

What there is lies in a file (`phrases`) beside the index, for all web processes of a machine. Writing it takes a second
or two for 20,000 products, and ten times that for ten times as many: nobody waits for it, a process of its own does it
(`phrase_source`), and a busy shop goes on with what it has for a while. What it has may then name a product that is no
longer listed: those found are looked up by their codes before they are shown.
"""

import fcntl
import logging
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Final

from django.db import DatabaseError, connections

from catalog import clock
from catalog.certificates.gate import Verdict
from catalog.products.models import ADULT_ONLY, Product
from catalog.search import place_words, pointer, telex
from catalog.search.errors import SearchUnavailable
from catalog.search.phrases import Phrases, shared_out, stamp
from catalog.search.query import Suggestion
from catalog.search.reading import MAX_TEXT, MAX_WORDS
from catalog.search.tokens import tokens

FILE: Final = "phrases.sqlite3"
LOCK: Final = "phrases.lock"
_ROOT: Final = Path(__file__).resolve().parents[2]
_REST: Final = 20  # a file is kept this many times as long as writing it took
_PAUSE: Final = 10.0  # seconds after a failure
_LONGEST: Final = 900.0  # seconds that writing may take
log = logging.getLogger(__name__)


def beside(read: Callable[[], None]) -> None:
    """Read in a thread of its own, with a connection of its own."""

    def run() -> None:
        try:
            read()
        finally:
            connections.close_all()

    threading.Thread(target=run, name="phrases", daemon=True).start()


def in_a_process(path: Path, generation: str, day: date) -> None:
    """Have the file written by a process of its own. Raises OSError, subprocess.SubprocessError."""
    command = [sys.executable, "-m", "catalog.search.phrase_source", str(path), generation, day.isoformat()]
    subprocess.run(command, cwd=_ROOT, check=True, capture_output=True, text=True, timeout=_LONGEST)  # noqa: S603


class Dictionary:
    """The phrases that this process knows. One reading at a time; everybody meanwhile uses what there is.

    `start`: how a reading is begun; `write`: how a file is written.
    """

    def __init__(
        self,
        start: Callable[[Callable[[], None]], None] = beside,
        write: Callable[[Path, str, date], None] = in_a_process,
    ) -> None:
        self._start, self._write = start, write
        self._reading = threading.Lock()
        self._known: Phrases | None = None
        self._not_before = 0.0

    def suggest(self, text: str, limit: int, folder: str, generation: str) -> list[Suggestion]:
        """At most `limit`; only what is listed today. Asks the database only while it is behind `generation`.

        Raises SearchUnavailable as long as nothing has been read.
        """
        typed = tokens(text[:MAX_TEXT])[:MAX_WORDS]
        if not typed or limit < 1:
            return []
        day = clock.today()
        phrases = self._phrases(Path(folder, FILE), generation, day)
        if phrases is None:
            raise SearchUnavailable
        found = phrases.find(typed)
        if not found and (plain := telex.decoded(text[:MAX_TEXT])):
            found = phrases.find(tokens(plain))
        if not _is_of(phrases, generation, day):
            found = _still_listed(found, day)
        return _named_first(text, shared_out([some for some in found if some], limit))[:limit]

    def _phrases(self, path: Path, generation: str, day: date) -> Phrases | None:
        """What is known; where it is behind, and for long enough or behind the file too, a reading begins."""
        known = self._of(path)
        is_behind = known is None or not _is_of(known, generation, day)
        if is_behind and (known is None or not _is_fresh(known, day) or known.stamp != stamp(path)):  # noqa: SIM102
            if time.monotonic() >= self._not_before and self._reading.acquire(blocking=False):
                self._start(lambda: self._read(path, generation, day))
        return self._of(path)

    def _of(self, path: Path) -> Phrases | None:
        return self._known if self._known and self._known.path == path else None

    def _read(self, path: Path, generation: str, day: date) -> None:
        """The file that is there if it is new enough, else the one that another process is just writing, else ours."""
        try:
            if self._take(path, generation, day):
                return
            with _alone(path.with_name(LOCK)):
                if not self._take(path, generation, day):
                    self._write(path, generation, day)
                    self._known = Phrases(path)
        except (OSError, sqlite3.Error, subprocess.SubprocessError, DatabaseError) as error:
            self._not_before = time.monotonic() + _PAUSE
            told = getattr(error, "stderr", "") or ""
            log.exception("suggestions: the phrases could not be read; those known stay. %s", told[-2000:])
        finally:
            self._reading.release()

    def _take(self, path: Path, generation: str, day: date) -> bool:
        try:
            found = Phrases(path)
        except (OSError, sqlite3.Error, TypeError):  # there is none, or none that is whole
            return False
        is_new = _is_of(found, generation, day) or _is_fresh(found, day)
        if not is_new or found.about.database != pointer.database():
            return False
        self._known = found
        return True


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Inside the block no other process of this machine is; the system ends it when its holder dies."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _is_of(phrases: Phrases, generation: str, day: date) -> bool:
    """Has nothing changed since? Without an index nobody can tell."""
    return bool(generation) and (phrases.about.generation, phrases.about.day) == (generation, day.isoformat())


def _is_fresh(phrases: Phrases, day: date) -> bool:
    """Is it too early to write it anew?"""
    about = phrases.about
    return about.day == day.isoformat() and about.ended <= time.time() < about.ended + about.took * _REST


def _named_first(text: str, found: list[Suggestion]) -> list[Suggestion]:
    """A place that the whole text stands for comes first, also by another name of it ("Sài Gòn")."""
    chip = place_words.named(text[:MAX_TEXT]) if any(map(str.isalpha, text)) else None
    if chip is None or chip.kind not in ("province", "old_province"):
        return found
    place = Suggestion(chip.kind, chip.value, chip.label_vi, chip.label_en)
    return [place, *(one for one in found if one != place)]


def _still_listed(found: list[list[Suggestion]], day: date) -> list[list[Suggestion]]:
    """Without the products that are not listed any more, or for adults only by now: one question by key, or none."""
    codes = [one.key for some in found for one in some if one.kind == "product"]
    if not codes:
        return found
    rows = Product.objects.filter(code__in=codes).exclude(restriction__in=ADULT_ONLY)
    verdicts = rows.values_list("code", "listable_from", "listable_until", "blocked")
    listed = {code for code, since, until, blocked in verdicts if Verdict(since, until, blocked).allows(day)}
    return [[one for one in some if one.kind != "product" or one.key in listed] for some in found]

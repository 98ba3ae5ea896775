"""The versions: which is in force, putting a new one in force, an old one again."""

from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction

from catalog.people.models import User
from catalog.synonyms import in_force
from catalog.synonyms.changes import diff
from catalog.synonyms.checking import check
from catalog.synonyms.errors import Changed, NothingChanged, ReasonMissing
from catalog.synonyms.groups import BUILT_IN, Groups, as_json
from catalog.synonyms.models import SynonymVersion
from catalog.text import clean

MOST_WHY: Final = 500  # characters
_TOLD: Final = 3  # changes named to whom came second
_BUILT_IN_WHY: Final = "Các nhóm có sẵn khi Chợ Sao mở cửa"


def latest() -> SynonymVersion:
    """The version in force. Before the first change it is what the shop came with: number 1, not yet a row."""
    return SynonymVersion.objects.select_related("by").first() or _built_in()


def versions(most: int, *, upto: int | None = None) -> list[SynonymVersion]:
    """The newest versions, up to number `upto`, each with who made it; `most` of them at the most."""
    found = SynonymVersion.objects.select_related("by")
    if upto is not None:
        found = found.filter(number__lte=upto)
    return list(found[:most]) or [_built_in()]


def version(number: int) -> SynonymVersion:
    """One version. Raises SynonymVersion.DoesNotExist."""
    if number == 1 and not SynonymVersion.objects.exists():
        return _built_in()
    return SynonymVersion.objects.select_related("by").get(number=number)


def put_in_force(groups: Groups, *, base: int, by: User, why: str) -> SynonymVersion:
    """A new version with these groups, made from version `base`. The same once more (a double click) adds nothing.

    Raises Refused, NothingChanged, ReasonMissing, Changed.
    """
    return _add(groups, base=base, by=by, why=why)


def restore(number: int, *, base: int, by: User, why: str) -> SynonymVersion:
    """A new version with the groups of an old one, not judged anew: they were good once.

    Raises NothingChanged, ReasonMissing, Changed, SynonymVersion.DoesNotExist.
    """
    return _add(version(number).groups, base=base, by=by, why=why, restored=number)


def refuse_late(base: int, last: SynonymVersion) -> None:
    """Raises Changed where `last`, the version in force, is not the one that the officer saw."""
    if last.number == base:
        return
    try:
        seen: Groups = version(base).groups
    except SynonymVersion.DoesNotExist:
        seen = last.groups
    changes = [str(change) for change in diff(seen, last.groups)]
    what = "; ".join(changes[:_TOLD]) + (" …" if len(changes) > _TOLD else "")
    raise Changed(who=str(last.by or "–"), number=last.number, what=what or last.why)


def _add(groups: Groups, *, base: int, by: User, why: str, restored: int | None = None) -> SynonymVersion:
    why = clean(why)[:MOST_WHY]
    if not why:
        raise ReasonMissing
    while True:
        last = latest()
        if last.number == base + 1 and last.by_id == by.pk and last.groups == groups:
            return last
        refuse_late(base, last)
        if restored is None:
            check(groups, last.groups)
        if groups == last.groups:
            raise NothingChanged
        try:
            return _write(last, groups, by, why, restored)
        except IntegrityError:  # somebody was quicker by a moment: judge by what is there now
            continue


def _write(last: SynonymVersion, groups: Groups, by: User, why: str, restored: int | None) -> SynonymVersion:
    with transaction.atomic():
        if last.pk is None:
            last.save()
        made = SynonymVersion.objects.create(
            number=last.number + 1, kept=as_json(groups), by=by, why=why, restored=restored
        )
        transaction.on_commit(in_force.forget)
    return made


def _built_in() -> SynonymVersion:
    return SynonymVersion(number=1, kept=as_json(BUILT_IN), why=_BUILT_IN_WHY)


def made_at(found: SynonymVersion) -> datetime | None:
    """When it was put in force; None for what the shop came with."""
    return found.at if found.by_id else None

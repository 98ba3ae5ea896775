"""What an officer proposes, read from a form: always a whole set, made from the version that was seen."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, QueryDict

from catalog.search.services import engine
from catalog.synonyms import files, services
from catalog.synonyms.changes import merged, rebased
from catalog.synonyms.checking import check
from catalog.synonyms.errors import FileNotText, NothingChanged, Refused, Unreadable
from catalog.synonyms.groups import Group, Groups, as_json, from_json, typed_group
from catalog.synonyms.models import SynonymVersion
from catalog.synonyms.preview import Effect, preview


@dataclass(frozen=True, slots=True)
class Proposal:
    """`groups` instead of those of version `base`; `restored`: they are those of that old version."""

    base: int
    groups: Groups
    restored: int | None = None

    @property
    def draft(self) -> str:
        """The groups as the preview's form carries them."""
        return json.dumps(as_json(self.groups), ensure_ascii=False, separators=(",", ":"))

    def effects(self) -> list[Effect]:
        """What would differ from the version in force. Raises Changed, Refused, NothingChanged, SearchUnavailable."""
        last = services.latest()
        services.refuse_late(self.base, last)
        if self.restored is None:
            check(self.groups, last.groups)
        if self.groups == last.groups:
            raise NothingChanged
        return preview(last.groups, self.groups, engine())


def read_proposal(request: HttpRequest) -> Proposal:
    """What `op` asks for. Raises Unreadable, or what is wrong with a file."""
    make = _OPERATIONS.get(request.POST.get("op", ""))
    if make is None:
        raise Unreadable
    return make(request)


def read_draft(request: HttpRequest) -> Proposal:
    """The draft that a preview carried. Raises Unreadable."""
    data = request.POST
    restored = data.get("restored", "")
    if restored:
        number = _number(restored)
        return Proposal(_number(data.get("base")), _seen(number).groups, number)
    try:
        groups = from_json(json.loads(data.get("draft", "")))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise Unreadable from error
    return Proposal(_number(data.get("base")), groups)


def can_merge(request: HttpRequest) -> bool:
    """Would joining the groups that share a word with the form's put right all that is wrong with it?"""
    try:
        check(_merged(request).groups, services.latest().groups)
    except (Refused, Unreadable):
        return False
    return True


def made_anew(proposal: Proposal) -> Proposal | None:
    """The same changes made to the version in force; None where that is not possible without thought."""
    last = services.latest()
    if proposal.restored is not None:
        return Proposal(last.number, proposal.groups, proposal.restored)
    groups = rebased(_seen(proposal.base).groups, proposal.groups, last.groups)
    return Proposal(last.number, groups) if groups is not None else None


def form_group(data: QueryDict) -> Group:
    """The group of the form, as typed."""
    kind, phrases, finds, note = (data.get(name, "") for name in ("kind", "phrases", "finds", "note"))
    return typed_group(kind, phrases, finds, note)


def _saved(request: HttpRequest) -> Proposal:
    """A group of the form: new, or instead of number `index`."""
    base, groups, at = _chosen(request.POST)
    typed = form_group(request.POST)
    if at is None:
        return Proposal(base, (*groups, typed))
    return Proposal(base, (*groups[:at], typed, *groups[at + 1 :]))


def _merged(request: HttpRequest) -> Proposal:
    saved = _saved(request)
    return Proposal(saved.base, merged(saved.groups, form_group(request.POST)))


def _removed(request: HttpRequest) -> Proposal:
    base, groups, at = _chosen(request.POST)
    if at is None:
        raise Unreadable
    return Proposal(base, (*groups[:at], *groups[at + 1 :]))


def _restored(request: HttpRequest) -> Proposal:
    number = _number(request.POST.get("number"))
    return Proposal(_number(request.POST.get("base")), _seen(number).groups, number)


def _imported(request: HttpRequest) -> Proposal:
    file = request.FILES.get("file")
    if file is None:
        raise FileNotText
    return Proposal(_number(request.POST.get("base")), files.read(file.read(files.MOST_BYTES + 1)))


def _chosen(data: QueryDict) -> tuple[int, Groups, int | None]:
    """The version seen, its groups, and the number of one of them, if one is named."""
    base = _number(data.get("base"))
    groups = _seen(base).groups
    if not data.get("index"):
        return base, groups, None
    at = _number(data.get("index"))
    if not 0 <= at < len(groups):
        raise Unreadable
    return base, groups, at


def _seen(number: int) -> SynonymVersion:
    try:
        return services.version(number)
    except SynonymVersion.DoesNotExist as error:
        raise Unreadable from error


def _number(text: str | None) -> int:
    """A whole number that was posted. Raises Unreadable for anything else."""
    if not text or not text.isdecimal() or len(text) > 9:
        raise Unreadable
    return int(text)


_OPERATIONS: Final[dict[str, Callable[[HttpRequest], Proposal]]] = {
    "save": _saved,
    "merge": _merged,
    "remove": _removed,
    "restore": _restored,
    "import": _imported,
}

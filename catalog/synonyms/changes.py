"""What one set of groups has that another has not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from catalog.search.tokens import tokens
from catalog.synonyms.groups import Group, Groups

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A group that is new (`before` is None), gone (`after` is None), or another than it was."""

    before: Group | None
    after: Group | None

    def __str__(self) -> str:
        if self.before and self.after:
            return f"{self.before} ⇒ {self.after}"
        return f"+ {self.after}" if self.after else f"− {self.before}"


def key_of(phrase: str) -> Key:
    """What makes two phrases the same: their words with accents, however they are spelt or capitalised."""
    return tuple(token.accented for token in tokens(phrase))


def diff(before: Iterable[Group], after: Iterable[Group]) -> list[Change]:
    """What differs, in the order of `after`, then what is gone. A group is another when it shares a phrase."""
    old, new = tuple(before), tuple(after)
    same = set(old) & set(new)
    gone = [group for group in old if group not in same]
    by_key = {key: group for group in reversed(gone) for key in _keys(group)}
    changes, paired = [], set()
    for group in new:
        if group in same:
            continue
        was = next((by_key[key] for key in _keys(group) if key in by_key and by_key[key] not in paired), None)
        if was is not None:
            paired.add(was)
        changes.append(Change(was, group))
    return changes + [Change(group, None) for group in gone if group not in paired]


def rebased(base: Groups, mine: Groups, theirs: Groups) -> Groups | None:
    """My changes made to their set; None where they changed a group that I changed too."""
    result = list(theirs)
    for change in diff(base, mine):
        if change.before is None:
            result += [change.after] if change.after and change.after not in result else []
        elif change.before not in result:
            return None
        else:
            at = result.index(change.before)
            result[at : at + 1] = [change.after] if change.after else []
    return tuple(result)


def merged(groups: Groups, group: Group) -> Groups:
    """`groups` (`group` among them) with every two-way group of its kind that shares a phrase joined to it."""
    joined, rest = group, list(groups)
    if group.finds:
        return groups
    while other := _sharing(rest, joined):
        rest = [one for one in rest if one not in (other, joined)]
        phrases: dict[Key, str] = {}
        for phrase in (*other.phrases, *joined.phrases):
            phrases.setdefault(key_of(phrase), phrase)
        notes = dict.fromkeys(filter(None, (other.note, joined.note)))
        joined = Group(group.kind, tuple(phrases.values()), (), "; ".join(notes))
        rest.append(joined)
    return tuple(rest)


def _sharing(groups: Sequence[Group], group: Group) -> Group | None:
    keys = _keys(group)
    alike = (one for one in groups if one != group and one.kind == group.kind and not one.finds)
    return next((one for one in alike if _keys(one) & keys), None)


def _keys(group: Group) -> set[Key]:
    return {key_of(phrase) for phrase in group.phrases}

"""What a set-up would do, before it does it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from catalog.errors import ShopError
from catalog.saleor.client import SaleorRefused


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that Saleor lacks, or holds otherwise than the shop relies on.

    `details`: "field: now → wanted", empty where the thing is missing. `shared`: it is not ours alone; other channels
    of the same Saleor feel it. `make` does it; a repeat, or another who did it meanwhile, is no error.
    """

    what: str
    make: Callable[[], object]
    details: tuple[str, ...] = ()
    shared: bool = False

    def __str__(self) -> str:
        return f"{self.what} ({', '.join(self.details)})" if self.details else self.what


class SetupConflict(ShopError):
    """Saleor holds something under a name of ours that cannot be what the shop needs; nothing of it was changed."""

    code = "setup_conflict"
    status = 409
    vi = "Saleor đã có {what}, nhưng không dùng được: {why}. Hãy đổi tên hoặc xóa mục này trong Saleor rồi chạy lại."
    en = "Saleor has {what} already, but it cannot serve: {why}. Rename or delete it in Saleor, then run this again."


class SharedSettings(ShopError):
    """Settings that hold for every channel of a Saleor that others use too; they are not changed unasked."""

    code = "shared_settings"
    status = 409
    vi = "Saleor này còn kênh khác đang bán; cần đổi thiết lập chung: {changes}."
    en = (
        "This Saleor has other channels with orders, and settings that hold for all of them must change: {changes}. "
        "Run `./chosao saleor bootstrap --shared-settings` once their owners agree."
    )


def differences(now: Mapping[str, object], wanted: Mapping[str, object]) -> tuple[str, ...]:
    """Where `now` is not as `wanted`, as sentences for `Change.details`."""
    return tuple(
        f"{name}: {_shown(now.get(name))} → {_shown(value)}" for name, value in wanted.items() if now.get(name) != value
    )


def require_same(what: str, now: Mapping[str, object], wanted: Mapping[str, object]) -> None:
    """Raises SetupConflict where a thing that cannot be changed is not as wanted."""
    if wrong := differences(now, wanted):
        raise SetupConflict(what=what, why="; ".join(wrong))


def make(changes: Iterable[Change], done: Callable[[Change], None] = lambda change: None) -> None:
    """Do them in order, telling of each that is done. Raises SaleorUnavailable and SaleorRefused; a repeat goes on."""
    for change in changes:
        try:
            change.make()
        except SaleorRefused as refused:
            if refused.codes != {"UNIQUE"}:  # another has made it just now
                raise
        done(change)


def _shown(value: object) -> str:
    if value is None:
        return "nothing"
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)

"""What a search engine must do. Words are folded, and values made numbers, before they come here."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Final, Protocol

from catalog.search.documents import IndexDocument
from catalog.search.synonyms import Clause
from catalog.search.tokens import folded

FACETS: Final = {  # facet → (field, the filter of its own)
    "province": ("province", "place"),
    "region": ("region", "region"),
    "star": ("star", "star"),
    "branch": ("branch", "branch"),
    "producer_kind": ("producer_kind", "producer_kind"),
    "price": ("price_band", "price"),
    "in_stock": ("in_stock", "in_stock"),
}
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Filters:
    """Numbers to narrow by (see `codes`); an empty one does not narrow.

    Places: one of `provinces` or of `old_provinces`; one of `communes`; and, from the words,
    one of the three `named_*`.
    """

    provinces: tuple[int, ...] = ()
    communes: tuple[int, ...] = ()
    old_provinces: tuple[int, ...] = ()
    named_provinces: tuple[int, ...] = ()
    named_old_provinces: tuple[int, ...] = ()
    named_regions: tuple[int, ...] = ()
    regions: tuple[int, ...] = ()
    stars: tuple[int, ...] = ()
    branches: tuple[int, ...] = ()
    producer_kinds: tuple[int, ...] = ()
    price_min: int | None = None  # đồng
    price_max: int | None = None
    in_stock: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """A question as an engine gets it. `today` is an ordinal (Asia/Ho_Chi_Minh); `offset` and `limit` count hits.

    `counted`: are the counts of facets wanted?
    """

    today: int
    clauses: tuple[Clause, ...] = ()
    filters: Filters = field(default_factory=Filters)
    adult: bool = False
    sort: str = "relevance"
    offset: int = 0
    limit: int = 24
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """Hits: how many, the ids of those asked for in order, and, where wanted, per facet how many each value has."""

    total: int
    ids: list[int]
    counts: dict[str, dict[int, int]]


@dataclass(frozen=True)
class Vocabulary:
    """Words of letters alone, of all texts, and in how many documents each stands, `folded` and `accented`.

    Numbers, and decisions as words ("123qdubnd"), are not among them: there are most of them, and none is corrected.
    """

    folded: Mapping[str, int]
    accented: Mapping[str, int]

    @cached_property
    def spoken(self) -> dict[str, list[str]]:
        """A folded word's forms with accents."""
        forms: dict[str, list[str]] = {}
        for word in self.accented:
            forms.setdefault(folded(word), []).append(word)
        return forms


@dataclass(frozen=True, slots=True)
class Standing:
    """Which engine, and how it stands: ok, read-only (searched, not written), no index, no answer, refused.

    `changed_at` is when the index last changed.
    """

    engine: str
    state: str
    generation: str = ""
    changed_at: datetime | None = None

    @property
    def searchable(self) -> bool:
        """Does it find anything?"""
        return self.state in ("ok", "read-only")


class Engine(Protocol):
    """An engine over one index. Only the holder of the writer's lease calls `rebuild` and `apply`."""

    def ready(self) -> bool:
        """Is there an index with today's fields, made from this database? Raises SearchUnavailable where none tells."""
        ...

    def standing(self) -> Standing:
        """How it is, for those who look after the shop; never raises."""
        ...

    def rebuild(self, documents: Iterable[IndexDocument], progress: Progress) -> int:
        """Build a new index beside the old one and swap; the number of documents."""
        ...

    def apply(self, documents: Iterable[IndexDocument], codes: Iterable[str]) -> None:
        """Replace the documents of the products with these codes, in one commit; those not given are gone."""
        ...

    def search(self, request: Request) -> Found:
        """A page of hits with facets. Raises `SearchUnavailable` where no index can be read."""
        ...

    def count(self, clauses: tuple[Clause, ...], today: int, *, adult: bool) -> int:
        """How many hits words have, without any filter. Raises `SearchUnavailable`."""
        ...

    def vocabulary(self) -> Vocabulary:
        """Every word of the catalogue that can be misspelt. Raises `SearchUnavailable`."""
        ...

    def generation(self) -> str:
        """Changes with every change of the index; empty when there is none."""
        ...

    def close(self) -> None:
        """Finish background work and let go of the writer."""
        ...

"""Where each fact of a product comes from, and what other sources say of it; computed from the source records."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.certificates.facts import identity_of, telling_of
from catalog.certificates.models import Outcome, SourceRecord, Tier
from catalog.certificates.precedence import Telling, best_first, tellers
from catalog.products.models import Product
from catalog.products.sets import PRODUCT_SETS
from catalog.regions import commune, province
from catalog.text import fold, name_key
from catalog.ui.formats import ngay


@dataclass(frozen=True, slots=True)
class Word:
    """What a present record says; `proves` is false for one that is held."""

    record: SourceRecord
    telling: Telling

    @property
    def proves(self) -> bool:
        """Does it count?"""
        return self.record.recognition_id is not None and (
            self.record.outcome != Outcome.HELD or self.record.keeps_proof
        )

    @property
    def source(self) -> str:
        """The source's name."""
        return self.record.source.name

    @property
    def tier(self) -> str:
        """Its evidence in words, in the language of the page."""
        return _(Tier(self.telling.tier).label) if self.telling.tier else _("Chưa rõ bằng chứng")

    @property
    def read_on(self) -> date:
        """The day (Asia/Ho_Chi_Minh) on which it was read as it stands."""
        return self.telling.read_on


@dataclass(frozen=True, slots=True)
class Other:
    """What another record says of a fact; `differs`: not the same thing in other words."""

    word: Word
    value: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of the product in the language of the page. `word` is None where no source that counts tells it any more;
    of the `others` those that differ stand first."""

    name: str
    label: str
    value: str
    word: Word | None
    others: tuple[Other, ...] = ()


Said = tuple[str, object]  # a value in words, and what is the same for values that mean the same


def provenance(product: Product) -> list[Fact]:
    """The facts that the product has, each with who tells it; none where no cell of any record is kept.

    One question; the product carries its producer and `current`.
    """
    return facts_among(product, product.source_records.filter(present=True).select_related("source", "recognition"))


def facts_among(product: Product, records: Iterable[SourceRecord]) -> list[Fact]:
    """The same among its present records, which carry their source, recognition and this product; asks nothing."""
    words = [Word(record, telling) for record in records if (telling := telling_of(record))]
    if not words:
        return []
    line = {id(one): place for place, one in enumerate(best_first(word.telling for word in words))}
    words.sort(key=lambda word: line[id(word.telling)])
    facts = (_fact(product, name, words, word) for name, word in _who_tells(product, words).items())
    return [fact for fact in facts if fact.value]


def by_source(facts: list[Fact]) -> list[tuple[Word | None, list[Fact]]]:
    """The facts by the record that tells them, in their order; those that nobody tells any more stand last."""
    found: dict[int, tuple[Word | None, list[Fact]]] = {}
    for fact in facts:
        found.setdefault(fact.word.record.pk if fact.word else 0, (fact.word, []))[1].append(fact)
    return sorted(found.values(), key=lambda pair: pair[0] is None)


def _who_tells(product: Product, words: list[Word]) -> dict[str, Word | None]:
    proving = [word for word in words if word.proves]
    told = tellers([word.telling for word in proving], identity_of(product, product.producer), product.name)
    by_telling = {id(word.telling): word for word in proving}
    counted = (w for w in proving if w.record.recognition_id == product.current_id and w.record.star == product.star)
    return {
        "star": next(counted, None),
        "name": by_telling.get(id(told.name)),
        "producer": by_telling.get(id(told.producer)),
        "category": by_telling.get(id(told.category)),
        "set_no": by_telling.get(id(told.set_no)),
        "place": by_telling.get(id(told.place)),
    }


def _fact(product: Product, name: str, words: list[Word], teller: Word | None) -> Fact:
    value, means = _OF_PRODUCT[name](product)
    others = []
    for word in words:
        said, meant = _OF_RECORD[name](word)
        if word is not teller and said:
            others.append(Other(word, said, differs=meant != means))
    return Fact(name, _label(name), value, teller, tuple(sorted(others, key=lambda one: not one.differs)))


def _label(name: str) -> str:
    return {
        "star": _("Hạng sao"),
        "name": _("Tên sản phẩm"),
        "producer": _("Chủ thể"),
        "category": _("Nhóm đã công bố"),
        "set_no": _("Bộ sản phẩm"),
        "place": _("Địa chỉ"),
    }[name]


def _star(star: int | None, number: str, day: date | None) -> Said:
    if not star:
        return "", None
    words = _("{n} sao").format(n=star)
    if number and day:
        words += " · " + _("Số {number} ngày {day}").format(number=number, day=ngay(day))
    return words, star


def _star_of_product(product: Product) -> Said:
    counted = product.current
    return _star(product.star, counted.decision_number if counted else "", counted.issued_on if counted else None)


def _star_of_record(word: Word) -> Said:
    """What it says of the recognition that counts; one that proves another says nothing of it."""
    told = word.record.recognition
    if told and word.record.product and told.pk != word.record.product.current_id:
        return "", None
    return _star(word.record.star, told.decision_number if told else "", told.issued_on if told else None)


def _set(number: int | None) -> Said:
    if not number:
        return "", None
    one = PRODUCT_SETS[number - 1]
    return (one.name_en if get_language() == "en" else one.name_vi), number


def _place(address: str, province_code: str, commune_code: str) -> Said:
    named = [commune(commune_code).name] if commune_code else []
    return address or ", ".join([*named, province(province_code).name]), (province_code, commune_code)


def _place_of_record(word: Word) -> Said:
    place = word.telling.place
    return _place(place.address, place.province_code, place.commune_code) if place else ("", None)


_OF_PRODUCT: Mapping[str, Callable[[Product], Said]] = {
    "star": _star_of_product,
    "name": lambda product: (product.name, product.name_key),
    "producer": lambda product: (product.producer.name, product.producer.name_key),
    "category": lambda product: (product.category, fold(product.category)),
    "set_no": lambda product: _set(product.set_no),
    "place": lambda product: _place(product.address, product.province_code, product.commune_code),
}
_OF_RECORD: Mapping[str, Callable[[Word], Said]] = {
    "star": _star_of_record,
    "name": lambda word: (word.telling.name, name_key(word.telling.name)[:300]),
    "producer": lambda word: (word.telling.producer, name_key(word.telling.producer)[:300]),
    "category": lambda word: (word.telling.category, fold(word.telling.category)),
    "set_no": lambda word: _set(word.telling.set_no),
    "place": _place_of_record,
}

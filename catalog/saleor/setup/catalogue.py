"""Attributes, product types and categories."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from catalog.products.sets import BRANCHES, PRODUCT_SETS
from catalog.saleor.addresses import COUNTRY_AREAS
from catalog.saleor.client import Saleor, accepted
from catalog.saleor.generated.enums import AttributeInputTypeEnum, AttributeTypeEnum, ProductTypeKindEnum
from catalog.saleor.generated.input_types import (
    AttributeBulkUpdateInput,
    AttributeCreateInput,
    AttributeUpdateInput,
    AttributeValueCreateInput,
    AttributeValueUpdateInput,
    CategoryInput,
    ProductTypeInput,
)
from catalog.saleor.setup.once import unless_taken

GOODS, SERVICE = "ocop-goods", "ocop-service"
DROPDOWN, PLAIN, DAY = (
    AttributeInputTypeEnum.DROPDOWN,
    AttributeInputTypeEnum.PLAIN_TEXT,
    AttributeInputTypeEnum.DATE,
)


class Attribute(NamedTuple):
    """An attribute by its externalReference; `values` are (externalReference, name) of a drop-down's choices."""

    reference: str
    name: str
    kind: AttributeInputTypeEnum
    values: tuple[tuple[str, str], ...] = ()


ATTRIBUTES: Final = (
    Attribute("ocop-star", "Số sao OCOP", DROPDOWN, tuple((f"star-{n}", f"{n} sao") for n in (3, 4, 5))),
    Attribute("ocop-province", "Tỉnh, thành phố", DROPDOWN,
              tuple((f"province-{code}", name) for code, name in COUNTRY_AREAS.items())),
    Attribute("ocop-commune", "Xã, phường, đặc khu", PLAIN),
    Attribute("ocop-group", "Bộ sản phẩm", DROPDOWN, tuple((f"set-{s.number}", s.name_vi) for s in PRODUCT_SETS)),
    Attribute("ocop-certificate", "Quyết định công nhận", PLAIN),
    Attribute("ocop-valid-until", "Có hiệu lực đến", DAY),
    Attribute("ocop-producer", "Chủ thể", PLAIN),
)  # fmt: skip


def ensure_attributes(api: Saleor) -> list[str]:
    """Make missing attributes and missing choices. Returns what was made; the ids stay Saleor's affair."""
    made = []
    for attribute in ATTRIBUTES:
        known = api.attribute(external_reference=attribute.reference).attribute
        if known is None:
            made += _create_attribute(api, attribute)
        elif attribute.values:
            made += _add_values(api, attribute)
    return made


def ensure_product_types(api: Saleor) -> list[str]:
    """Make the two product types: goods are shipped or collected, services are neither."""
    known = _product_types(api)
    made = []
    for slug, name, shipped in ((GOODS, "Sản phẩm OCOP", True), (SERVICE, "Dịch vụ OCOP", False)):
        if slug in known:
            continue
        facts = ProductTypeInput(
            name=name,
            slug=slug,
            kind=ProductTypeKindEnum.NORMAL,
            hasVariants=True,
            isShippingRequired=shipped,
            productAttributes=[_attribute_id(api, attribute.reference) for attribute in ATTRIBUTES],
        )
        with unless_taken():
            api.create_product_type(input=facts)
            made.append(slug)
    return made


def ensure_categories(api: Saleor) -> list[str]:
    """Make the six branches and the 26 sets under them."""
    known = _categories(api)
    made = []
    for branch in BRANCHES:
        if (slug := branch_slug(branch.number)) not in known:
            with unless_taken():
                api.create_category(input=CategoryInput(name=branch.name_vi, slug=slug))
                made.append(slug)
    known = _categories(api) if made else known
    for one in PRODUCT_SETS:
        if (slug := set_slug(one.number)) not in known:
            with unless_taken():
                facts = CategoryInput(name=one.name_vi, slug=slug)
                api.create_category(input=facts, parent=known[branch_slug(one.branch)])
                made.append(slug)
    return made


def branch_slug(number: int) -> str:
    """The slug of a branch's category."""
    return f"ocop-{BRANCHES[number - 1].slug}"


def set_slug(number: int) -> str:
    """The slug of a set's category; with its number, since a branch and its only set may have one name."""
    return f"ocop-{number}-{PRODUCT_SETS[number - 1].slug}"


@lru_cache(maxsize=64)
def product_type_id(api: Saleor, slug: str) -> str:
    """Saleor's id of a product type (`GOODS` or `SERVICE`). Raises KeyError before `ensure_setup`."""
    return _product_types(api)[slug]


@lru_cache(maxsize=64)
def category_id(api: Saleor, *, set_no: int | None, branch: int) -> str:
    """Saleor's id of a set's category, or of its branch's where the set is unknown. KeyError before `ensure_setup`."""
    return _categories(api)[set_slug(set_no) if set_no else branch_slug(branch)]


def _create_attribute(api: Saleor, attribute: Attribute) -> list[str]:
    facts = AttributeCreateInput(
        name=attribute.name,
        type=AttributeTypeEnum.PRODUCT_TYPE,
        inputType=attribute.kind,
        externalReference=attribute.reference,
    )
    if attribute.values:
        facts.values = [AttributeValueCreateInput(name=name, externalReference=ref) for ref, name in attribute.values]
    payload = accepted(api.create_attributes(attributes=[facts]).attribute_bulk_create)
    for row in payload.results:
        if not {error.code.value for error in row.errors or ()} & {"UNIQUE"}:  # made by someone else just now
            accepted(row)
    return [attribute.reference]


def _add_values(api: Saleor, attribute: Attribute) -> list[str]:
    known = set(_value_references(api, attribute.reference))
    missing = [(ref, name) for ref, name in attribute.values if ref not in known]
    if not missing:
        return []
    values = [AttributeValueUpdateInput(name=name, externalReference=ref) for ref, name in missing]
    change = AttributeBulkUpdateInput(
        externalReference=attribute.reference, fields=AttributeUpdateInput(addValues=values)
    )
    for row in accepted(api.update_attributes(attributes=[change]).attribute_bulk_update).results:
        accepted(row)
    return [ref for ref, _ in missing]


def _value_references(api: Saleor, reference: str) -> Iterable[str]:
    after = None
    while True:
        attribute = api.attribute_values(external_reference=reference, first=100, after=after).attribute
        choices = attribute.choices if attribute else None
        if choices is None:
            return
        yield from (edge.node.external_reference or "" for edge in choices.edges)
        if not choices.page_info.has_next_page:
            return
        after = choices.page_info.end_cursor


def _attribute_id(api: Saleor, reference: str) -> str:
    attribute = api.attribute(external_reference=reference).attribute
    if attribute is None:
        raise KeyError(reference)
    return attribute.id


def _product_types(api: Saleor) -> dict[str, str]:
    found = api.product_types(slugs=[GOODS, SERVICE]).product_types
    return {edge.node.slug: edge.node.id for edge in found.edges} if found else {}


def _categories(api: Saleor) -> dict[str, str]:
    slugs = [branch_slug(b.number) for b in BRANCHES] + [set_slug(s.number) for s in PRODUCT_SETS]
    found = api.categories(slugs=slugs).categories
    return {edge.node.slug: edge.node.id for edge in found.edges} if found else {}

"""Attributes, product types and categories."""

from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from typing import Final, NamedTuple

from catalog.products.sets import BRANCHES, PRODUCT_SETS
from catalog.saleor.addresses import COUNTRY_AREAS
from catalog.saleor.client import Saleor, accepted
from catalog.saleor.generated.enums import (
    AttributeInputTypeEnum,
    AttributeTypeEnum,
    ProductAttributeType,
    ProductTypeKindEnum,
)
from catalog.saleor.generated.fragments import ProductTypeFields
from catalog.saleor.generated.input_types import (
    AttributeBulkUpdateInput,
    AttributeCreateInput,
    AttributeUpdateInput,
    AttributeValueCreateInput,
    AttributeValueUpdateInput,
    CategoryInput,
    ProductAttributeAssignInput,
    ProductTypeInput,
)
from catalog.saleor.setup.changes import Change, require_same

GOODS, SERVICE, GIFT = "ocop-goods", "ocop-service", "ocop-gift"
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


class ProductKind(NamedTuple):
    """A product type by its slug; `shipped`: sent or collected; `attributes` by externalReference."""

    slug: str
    name: str
    shipped: bool
    attributes: tuple[str, ...]


_ALL: Final = tuple(attribute.reference for attribute in ATTRIBUTES)
PRODUCT_TYPES: Final = (
    ProductKind(GOODS, "Sản phẩm OCOP", shipped=True, attributes=_ALL),
    ProductKind(SERVICE, "Dịch vụ OCOP", shipped=False, attributes=_ALL),
    # Boxes and packaging around certified goods: no star, no certificate, so that nobody can file one under them.
    ProductKind(GIFT, "Hộp quà", shipped=True, attributes=("ocop-province",)),
)


def plan_attributes(api: Saleor) -> Iterator[Change]:
    """Missing attributes and missing choices. Raises SetupConflict."""
    for attribute in ATTRIBUTES:
        what = f"attribute {attribute.reference}"
        known = api.attribute(external_reference=attribute.reference).attribute
        if known is None:
            yield Change(what, partial(_create_attribute, api, attribute))
            continue
        require_same(what, {"inputType": known.input_type}, {"inputType": attribute.kind})
        there = set(_value_references(api, attribute.reference)) if attribute.values else set()
        if missing := [(ref, name) for ref, name in attribute.values if ref not in there]:
            choices = f"choices: add {', '.join(ref for ref, _ in missing)}"
            yield Change(what, partial(_add_values, api, attribute, missing), (choices,))


def plan_product_types(api: Saleor) -> Iterator[Change]:
    """The three product types, each with its attributes. Raises SetupConflict."""
    known = _product_types(api)
    for kind in PRODUCT_TYPES:
        what, there = f"product type {kind.slug}", known.get(kind.slug)
        if there is None:
            yield Change(what, partial(_create_product_type, api, kind))
            continue
        facts = {"hasVariants": there.has_variants, "isShippingRequired": there.is_shipping_required}
        require_same(what, facts, {"hasVariants": True, "isShippingRequired": kind.shipped})
        assigned = {one.external_reference for one in there.product_attributes or ()}
        if missing := [reference for reference in kind.attributes if reference not in assigned]:
            give = partial(_assign_attributes, api, there.id, missing)
            yield Change(what, give, (f"attributes: add {', '.join(missing)}",))


def plan_categories(api: Saleor) -> Iterator[Change]:
    """The six branches and the 26 sets under them."""
    known = _categories(api)
    for branch in BRANCHES:
        if (slug := branch_slug(branch.number)) not in known:
            yield Change(f"category {slug}", partial(_create_category, api, slug, branch.name_vi))
    for one in PRODUCT_SETS:
        if (slug := set_slug(one.number)) not in known:
            above = branch_slug(one.branch)
            yield Change(f"category {slug}", partial(_create_category, api, slug, one.name_vi, above))


def branch_slug(number: int) -> str:
    """The slug of a branch's category."""
    return f"ocop-{BRANCHES[number - 1].slug}"


def set_slug(number: int) -> str:
    """The slug of a set's category; with its number, since a branch and its only set may have one name."""
    return f"ocop-{number}-{PRODUCT_SETS[number - 1].slug}"


@lru_cache(maxsize=64)
def product_type_id(api: Saleor, slug: str) -> str:
    """Saleor's id of a product type (`GOODS`, `SERVICE` or `GIFT`). Raises KeyError before the set-up."""
    return _product_types(api)[slug].id


def category_id(api: Saleor, *, set_no: int | None, branch: int) -> str:
    """Saleor's id of a set's category, or of its branch's where the set is unknown. KeyError before the set-up."""
    return _category_id(api, set_slug(set_no) if set_no else branch_slug(branch))


@lru_cache(maxsize=64)
def _category_id(api: Saleor, slug: str) -> str:
    return _categories(api)[slug]


def _create_attribute(api: Saleor, attribute: Attribute) -> None:
    facts = AttributeCreateInput(
        name=attribute.name,
        type=AttributeTypeEnum.PRODUCT_TYPE,
        inputType=attribute.kind,
        externalReference=attribute.reference,
    )
    if attribute.values:
        facts.values = [AttributeValueCreateInput(name=name, externalReference=ref) for ref, name in attribute.values]
    for row in accepted(api.create_attributes(attributes=[facts]).attribute_bulk_create).results:
        accepted(row)


def _add_values(api: Saleor, attribute: Attribute, missing: Iterable[tuple[str, str]]) -> None:
    values = [AttributeValueUpdateInput(name=name, externalReference=ref) for ref, name in missing]
    change = AttributeBulkUpdateInput(
        externalReference=attribute.reference, fields=AttributeUpdateInput(addValues=values)
    )
    for row in accepted(api.update_attributes(attributes=[change]).attribute_bulk_update).results:
        accepted(row)


def _create_product_type(api: Saleor, kind: ProductKind) -> None:
    facts = ProductTypeInput(
        name=kind.name,
        slug=kind.slug,
        kind=ProductTypeKindEnum.NORMAL,
        hasVariants=True,
        isShippingRequired=kind.shipped,
        productAttributes=[_attribute_id(api, reference) for reference in kind.attributes],
    )
    api.create_product_type(input=facts)


def _assign_attributes(api: Saleor, product_type: str, references: Iterable[str]) -> None:
    operations = [
        ProductAttributeAssignInput(id=_attribute_id(api, reference), type=ProductAttributeType.PRODUCT)
        for reference in references
    ]
    api.assign_attributes(product_type=product_type, operations=operations)


def _create_category(api: Saleor, slug: str, name: str, above: str | None = None) -> None:
    facts = CategoryInput(name=name, slug=slug)
    if above is None:
        api.create_category(input=facts)
    else:
        api.create_category(input=facts, parent=_categories(api)[above])


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


def _product_types(api: Saleor) -> dict[str, ProductTypeFields]:
    found = api.product_types(slugs=[kind.slug for kind in PRODUCT_TYPES]).product_types
    return {edge.node.slug: edge.node for edge in found.edges} if found else {}


def _categories(api: Saleor) -> dict[str, str]:
    slugs = [branch_slug(b.number) for b in BRANCHES] + [set_slug(s.number) for s in PRODUCT_SETS]
    found = api.categories(slugs=slugs).categories
    return {edge.node.slug: edge.node.id for edge in found.edges} if found else {}

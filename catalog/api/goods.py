"""Branches and sets of Quyết định 26/2026/QĐ-TTg, and what a product is, in the schema."""

import graphene

from catalog.api.words import enum, many, named, one, said
from catalog.producers.models import ProducerKind as Kind
from catalog.products.models import Restriction as Rule
from catalog.products.sets import BRANCHES, PRODUCT_SETS, branch_of


class Branch(graphene.ObjectType):
    """One of six."""

    class Meta:
        description = said(
            "One of the programme's six branches (Decision 26/2026/QĐ-TTg, annex).",
            "Một trong sáu nhóm sản phẩm (phụ lục Quyết định 26/2026/QĐ-TTg).",
        )

    number = one(graphene.Int, "1 to 6 for I to VI.", "1 đến 6, tức nhóm I đến VI.")
    slug = one(graphene.String, "Its permanent code.", "Mã cố định của nhóm.")
    name = named("Its name.", "Tên nhóm.")
    sets = many(
        lambda: ProductSet,
        "The sets in it.",
        "Các bộ sản phẩm thuộc nhóm.",
        get=lambda branch: [group for group in PRODUCT_SETS if group.branch == branch.number],
    )


class ProductSet(graphene.ObjectType):
    """One of 26."""

    class Meta:
        description = said(
            "One of the programme's 26 product sets (Decision 26/2026/QĐ-TTg, annex).",
            "Một trong 26 bộ sản phẩm (phụ lục Quyết định 26/2026/QĐ-TTg).",
        )

    number = one(graphene.Int, "1 to 26.", "1 đến 26.")
    slug = one(graphene.String, "Its permanent code.", "Mã cố định của bộ.")
    name = named("Its name.", "Tên bộ sản phẩm.")
    branch = one(Branch, "The branch that it belongs to.", "Nhóm của bộ.", get=lambda row: branch_of(row.number))
    alcohol = one(graphene.Boolean, "Alcoholic drinks?", "Có phải đồ uống có cồn?")
    health = one(graphene.Boolean, "Products for health?", "Có phải sản phẩm sức khỏe?")


ProducerKind = enum(
    "ProducerKind",
    said("A producer's legal form, as the registry names it.", "Loại hình chủ thể theo sổ đăng ký."),
    {
        "COOPERATIVE": (Kind.COOPERATIVE.value, "A cooperative.", "Hợp tác xã."),
        "COOPERATIVE_GROUP": (Kind.COOPERATIVE_GROUP.value, "A cooperative group.", "Tổ hợp tác."),
        "ENTERPRISE": (Kind.ENTERPRISE.value, "An enterprise.", "Doanh nghiệp."),
        "FARM": (Kind.FARM.value, "A farm.", "Trang trại."),
        "HOUSEHOLD": (Kind.HOUSEHOLD.value, "A household business.", "Hộ kinh doanh."),
        "ASSOCIATION": (Kind.ASSOCIATION.value, "An association.", "Hội, hiệp hội."),
    },
)
Restriction = enum(
    "Restriction",
    said("A rule of selling by the kind of goods.", "Quy định bán theo loại hàng."),
    {
        "ALCOHOL": (Rule.ALCOHOL.value, "Alcoholic: for adults only.", "Đồ uống có cồn, chỉ cho người từ 18 tuổi."),
        "SUSPECT_ALCOHOL": (
            Rule.SUSPECT_ALCOHOL.value,
            "Alcoholic by its name; treated as such until an officer decides.",
            "Tên cho thấy có cồn; coi như có cồn đến khi cán bộ quyết định.",
        ),
        "HEALTH": (Rule.HEALTH.value, "For health: no medicine.", "Sản phẩm sức khỏe, không phải thuốc."),
        "LIVE": (
            Rule.LIVE.value,
            "Living plants or animals: collected only.",
            "Cây, con giống sống, chỉ nhận tại điểm bán.",
        ),
        "SERVICE": (Rule.SERVICE.value, "A service of tourism.", "Dịch vụ du lịch."),
    },
)
BY_NUMBER = {branch.number: branch for branch in BRANCHES}

"""Places in the schema: regions, provinces, communes, what they were before 1 July 2025, and reading an address."""

from typing import Any

import graphene

from catalog.api import addresses
from catalog.api.errors import BadArgument
from catalog.api.pages import Page, connection, paged, part_of
from catalog.api.words import enum, in_words, many, named, one, said
from catalog.regions import (
    REGIONS,
    Resolution,
    commune,
    communes,
    merged_into,
    province,
    regions_of,
    resolve,
)
from catalog.regions import Province as ProvinceRow
from catalog.regions import Region as RegionRow
from catalog.regions.places import places

LONGEST_ADDRESS = 300  # characters


class Region(graphene.ObjectType):
    """A programme region."""

    class Meta:
        description = said(
            "One of the seven regions that the OCOP programme reports by; it follows the old provinces.",
            "Một trong bảy vùng của Chương trình OCOP, tính theo tỉnh cũ.",
        )

    slug = one(graphene.String, "Its permanent code.", "Mã cố định của vùng.")
    name = named("Its name.", "Tên vùng.")
    old_provinces = many(
        lambda: OldProvince,
        "The old provinces in it.",
        "Các tỉnh cũ thuộc vùng.",
        get=lambda row: [places().old_provinces[code] for code in row.old_provinces],
    )


class Province(graphene.ObjectType):
    """A province of today."""

    class Meta:
        description = said("One of today's 34 provinces and cities.", "Một trong 34 tỉnh, thành phố hiện nay.")

    code = one(graphene.String, "The State's code, two digits.", "Mã đơn vị hành chính, hai chữ số.")
    name = one(graphene.String, "Its name with its kind.", "Tên đầy đủ, kèm loại đơn vị.")
    short_name = one(graphene.String, "Its name without its kind.", "Tên không kèm loại đơn vị.", get="short")
    slug = one(graphene.String, "As in its page's address.", "Tên trong địa chỉ trang.")
    url = in_words(
        "Its page in the shop.", "Trang của tỉnh trên Chợ Sao.", lambda p, _: addresses.page("province", p.slug)
    )
    regions = many(
        Region,
        "The regions that it lies in, often more than one.",
        "Các vùng mà tỉnh thuộc về.",
        get=lambda row: regions_of(row.code),
    )
    old_provinces = many(
        lambda: OldProvince, "What it was made of.", "Các tỉnh cũ hợp thành.", get=lambda row: merged_into(row.code)
    )
    communes = paged(
        "catalog.api.places.CommuneConnection", "Its communes of today, by name.", "Các xã, phường hiện nay, theo tên."
    )

    @staticmethod
    def resolve_communes(row: ProvinceRow, _info: Any, first: int, after: str | None) -> Page:
        """By name."""
        return part_of(communes(row.code), f"communes of {row.code}", first, after)


class OldProvince(graphene.ObjectType):
    """A province as it was."""

    class Meta:
        description = said(
            "One of the 63 provinces of before 1 July 2025.", "Một trong 63 tỉnh, thành phố trước ngày 1/7/2025."
        )

    code = one(graphene.String, "Its code of then, two digits.", "Mã khi ấy, hai chữ số.")
    name = one(graphene.String, "Its name with its kind.", "Tên đầy đủ, kèm loại đơn vị.")
    short_name = one(graphene.String, "Its name without its kind.", "Tên không kèm loại đơn vị.", get="short")
    province = one(
        Province,
        "The province of today that it belongs to.",
        "Tỉnh hiện nay mà nó thuộc về.",
        get=lambda row: province(row.province_code),
    )
    region = one(Region, "Its region.", "Vùng của tỉnh cũ.", get=lambda row: region_of(row.region))


class Commune(graphene.ObjectType):
    """A commune of today."""

    class Meta:
        description = said("A commune, ward or special zone of today.", "Một xã, phường hoặc đặc khu hiện nay.")

    code = one(graphene.String, "The State's code, five digits.", "Mã đơn vị hành chính, năm chữ số.")
    name = one(graphene.String, "Its name with its kind.", "Tên đầy đủ, kèm loại đơn vị.")
    province = one(Province, "Its province.", "Tỉnh của xã, phường.", get=lambda row: province(row.province_code))
    old_provinces = many(
        OldProvince,
        "The old provinces that it came from.",
        "Các tỉnh cũ mà nó được lập từ đó.",
        get=lambda row: [places().old_provinces[code] for code in row.old_province_codes],
    )


CommuneConnection = connection(Commune, "communes", "xã, phường")
PlaceProblem = enum(
    "PlaceProblem",
    said("Why an address was not read to the end.", "Vì sao không đọc được hết địa chỉ."),
    {
        "UNKNOWN_PLACE": ("unknown_place", "It names no place that is known.", "Không có địa danh nào như vậy."),
        "AMBIGUOUS_PLACE": (
            "ambiguous_place",
            "It may be several; see `candidates`.",
            "Có thể là nhiều nơi, xem `candidates`.",
        ),
    },
)


class ResolvedPlace(graphene.ObjectType):
    """What an address names."""

    class Meta:
        description = said(
            "The place of today that an address names, as far as it can be told without guessing.",
            "Nơi hiện nay mà địa chỉ nói tới, chừng nào không phải đoán.",
        )

    problem = one(PlaceProblem, "Why not more, or null.", "Vì sao không rõ hơn, hoặc null.", required=False)
    province = one(
        Province,
        "The province of today.",
        "Tỉnh hiện nay.",
        required=False,
        get=lambda found: places().provinces.get(found.province_code),
    )
    commune = one(
        Commune,
        "The commune of today.",
        "Xã, phường hiện nay.",
        required=False,
        get=lambda found: places().communes.get(found.commune_code),
    )
    old_province = one(
        OldProvince,
        "The old province, where it is told.",
        "Tỉnh cũ, nếu rõ.",
        required=False,
        get=lambda found: places().old_provinces.get(found.old_province_code),
    )
    region = one(
        Region,
        "The region, where it is told.",
        "Vùng, nếu rõ.",
        required=False,
        get=lambda found: region_of(found.region),
    )
    candidates = many(
        Commune,
        "The communes that it may be.",
        "Các xã, phường có thể là nơi ấy.",
        get=lambda found: list(map(commune, found.candidates)),
    )


def region_of(slug: str) -> RegionRow | None:
    """A region by its slug."""
    return next((region for region in REGIONS if region.slug == slug), None)


def resolved(text: str, hint: str | None) -> Resolution:
    """What an address names. Raises BadArgument for what is too long to be one."""
    for name, given in (("text", text), ("province", hint or "")):
        if len(given) > LONGEST_ADDRESS:
            raise BadArgument(
                name=name,
                given=f"{given[:20]}…",
                reason=f"{LONGEST_ADDRESS} characters at most",
                reason_vi=f"nhiều nhất {LONGEST_ADDRESS} ký tự",
            )
    return resolve(text, hint or None)


def known(name: str, kind: str, codes: list[str]) -> tuple[str, ...]:
    """The codes, when all of them exist; `kind` is a table of `Places` or "regions". Raises BadArgument."""
    table = {region.slug for region in REGIONS} if kind == "regions" else getattr(places(), kind)
    for code in codes:
        if code not in table:
            raise BadArgument(
                name=name,
                given=code[:40],
                reason="there is no such code; `provinces` and `regions` list them",
                reason_vi="không có mã này; xem `provinces` và `regions`",
            )
    return tuple(codes)

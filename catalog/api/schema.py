"""The schema: what can be asked, and nothing that could be changed."""

from typing import Any

import graphene
from django.db.models import Exists, OuterRef, Q

from catalog.api import combos, livestreams
from catalog.api.combos import Combo, ComboConnection, ComboOccasion
from catalog.api.errors import BadArgument
from catalog.api.goods import Branch
from catalog.api.livestreams import Livestream, LivestreamConnection, LivestreamList
from catalog.api.loading import in_turn, listed, with_facts
from catalog.api.pages import Page, paged, rows_after
from catalog.api.places import LONGEST_ADDRESS, Commune, OldProvince, Province, Region, ResolvedPlace, known, resolved
from catalog.api.producers import (
    Producer,
    ProducerConnection,
    SalePoint,
    SalePointConnection,
    adult_argument,
    open_points,
)
from catalog.api.products import Product, ProductConnection
from catalog.api.searching import LONGEST_TEXT, SearchFilter, SearchResult, SearchSort, found, question
from catalog.api.suggesting import Suggestion, suggested
from catalog.api.verifying import Verification
from catalog.api.words import argument, many, one, said, value
from catalog.certificates.verify import verify
from catalog.producers.models import Producer as ProducerRow
from catalog.products.codes import read_code
from catalog.products.models import Product as ProductRow
from catalog.products.sets import BRANCHES
from catalog.regions import REGIONS, old_provinces, provinces
from catalog.regions.places import places

LONGEST_ID = 18  # digits
_CODE = (
    "The product's code; case, spaces and hyphens do not matter.",
    "Mã sản phẩm; không kể hoa thường, dấu cách, gạch nối.",
)


def _province_argument() -> graphene.Argument:
    return argument(
        graphene.String,
        "Only of this province of today, by code.",
        "Chỉ của tỉnh hiện nay có mã này.",
        default_value=None,
    )


class Query(graphene.ObjectType):
    """Every field is a question; null stands for what there is not."""

    class Meta:
        description = said(
            "Everything that can be asked. Nothing can be changed.", "Mọi điều có thể hỏi. Không có gì để sửa."
        )

    product = one(
        Product,
        "A product that is listed today, by its code; null for any other.",
        "Sản phẩm đang được bày, theo mã; ngoài ra là null.",
        required=False,
        code=argument(graphene.String, *_CODE, required=True),
        adult=adult_argument(),
    )
    products = paged(
        ProductConnection,
        "Everything that is listed today, in the order in which it came to the shop: to walk through all of it.",
        "Mọi sản phẩm đang được bày, theo thứ tự lên chợ: để đi hết danh sách.",
        province=_province_argument(),
        adult=adult_argument(),
    )
    verify = one(
        Verification,
        "Is the star on a label real and still in force?",
        "Sao trên nhãn có thật không, còn hạn không?",
        code=argument(graphene.String, *_CODE, required=True),
    )
    producer = one(
        Producer,
        "A producer by its number; null where there is none.",
        "Chủ thể theo số; null nếu không có.",
        required=False,
        id=argument(graphene.ID, "Its public number.", "Số công khai của chủ thể.", required=True),
    )
    producers = paged(
        ProducerConnection,
        "Producers that have something listed today.",
        "Các chủ thể đang có sản phẩm được bày.",
        province=_province_argument(),
        adult=adult_argument(),
    )
    branches = many(Branch, "The six branches with their sets.", "Sáu nhóm và các bộ sản phẩm.", get=lambda _: BRANCHES)
    regions = many(Region, "The seven regions.", "Bảy vùng.", get=lambda _: REGIONS)
    provinces = many(
        Province, "Today's 34, by code.", "34 tỉnh, thành phố hiện nay, theo mã.", get=lambda _: provinces()
    )
    province = one(
        Province,
        "A province of today; null where there is none.",
        "Một tỉnh hiện nay; null nếu không có.",
        required=False,
        code=argument(graphene.String, "Its code.", "Mã tỉnh.", required=True),
    )
    old_provinces = many(
        OldProvince,
        "The 63 of before 1 July 2025.",
        "63 tỉnh, thành phố trước ngày 1/7/2025.",
        get=lambda _: old_provinces(),
    )
    commune = one(
        Commune,
        "A commune of today; null where there is none.",
        "Một xã, phường hiện nay; null nếu không có.",
        required=False,
        code=argument(graphene.String, "Its code.", "Mã xã, phường.", required=True),
    )
    resolve_place = one(
        ResolvedPlace,
        "The place of today that an address or a name stands for, old or new.",
        "Nơi hiện nay mà một địa chỉ hay tên, cũ hoặc mới, nói tới.",
        required=False,
        text=argument(
            graphene.String,
            f"An address or a name, {LONGEST_ADDRESS} characters at most.",
            f"Địa chỉ hoặc tên, nhiều nhất {LONGEST_ADDRESS} ký tự.",
            required=True,
        ),
        province=argument(
            graphene.String,
            "A province's code or name that counts where the text has none.",
            "Mã hoặc tên tỉnh, dùng khi địa chỉ không có tỉnh.",
            default_value=None,
        ),
    )
    sale_points = paged(
        SalePointConnection, "Sale points that are open.", "Các điểm bán đang mở.", province=_province_argument()
    )
    sale_point = one(
        SalePoint,
        "An open sale point; null where there is none.",
        "Một điểm bán đang mở; null nếu không có.",
        required=False,
        slug=argument(graphene.String, "Its code.", "Mã điểm bán.", required=True),
    )
    livestreams = paged(
        LivestreamConnection,
        "Livestreams that are on or come, or that can be seen again; 200 at most.",
        "Các phiên trực tiếp đang và sắp phát, hoặc xem lại được; nhiều nhất 200.",
        which=argument(
            LivestreamList, "Which of them.", "Các phiên nào.", required=True, default_value=LivestreamList.CURRENT
        ),
        province=_province_argument(),
    )
    livestream = one(
        Livestream,
        "A public livestream; null where there is none.",
        "Một phiên trực tiếp đã công bố; null nếu không có.",
        required=False,
        code=argument(graphene.String, "Its code.", "Mã của phiên.", required=True),
    )
    combos = paged(
        ComboConnection,
        "Gift combos that can be had today, the newest first.",
        "Các combo quà hôm nay mua được, mới nhất trước.",
        occasion=argument(ComboOccasion, "Only for this occasion.", "Chỉ cho dịp này.", default_value=None),
        province=argument(
            graphene.String,
            "Only those that tell the story of this province of today, or hold something from there; by code.",
            "Chỉ combo kể chuyện hoặc có món của tỉnh hiện nay có mã này.",
            default_value=None,
        ),
    )
    combo = one(
        Combo,
        "A gift combo; null where there is none, or where something in it may not be sold today.",
        "Một combo quà; null nếu không có, hoặc có món hôm nay không được bán.",
        required=False,
        code=argument(graphene.String, "Its code.", "Mã của combo.", required=True),
    )
    search = paged(
        SearchResult,
        "The shop's search, with counts for every filter.",
        "Tìm kiếm của chợ, kèm số lượng theo bộ lọc.",
        text=argument(
            graphene.String,
            f"Words, {LONGEST_TEXT} characters at most; places among them narrow.",
            f"Từ cần tìm, nhiều nhất {LONGEST_TEXT} ký tự; địa danh trong đó thành bộ lọc.",
            required=True,
            default_value="",
        ),
        filter=argument(SearchFilter, "What to narrow by.", "Bộ lọc.", default_value=None),
        sort=argument(SearchSort, "The order.", "Cách xếp.", required=True, default_value=SearchSort.RELEVANCE),
        exact=argument(
            graphene.Boolean, "Do not correct spelling.", "Không sửa lỗi gõ.", required=True, default_value=False
        ),
        keep_words=argument(
            graphene.Boolean,
            "Leave place names plain words.",
            "Coi địa danh là từ thường.",
            required=True,
            default_value=False,
        ),
        adult=adult_argument(),
    )
    suggestions = many(
        Suggestion,
        "What begins with what was typed; never anything for adults only.",
        "Thứ bắt đầu bằng những gì đã gõ; không bao giờ có đồ uống có cồn.",
        required=False,
        text=argument(
            graphene.String,
            f"What was typed, {LONGEST_TEXT} characters at most.",
            f"Những gì đã gõ, nhiều nhất {LONGEST_TEXT} ký tự.",
            required=True,
        ),
        first=argument(
            graphene.Int,
            "How many at most, 1 to 100.",
            "Nhiều nhất bao nhiêu, 1 đến 100.",
            required=True,
            default_value=8,
        ),
    )

    @staticmethod
    def resolve_product(_root: Any, info: Any, code: str, adult: bool) -> ProductRow | None:
        """By what a person may have typed."""
        row: ProductRow | None = listed(adult=adult).filter(code=read_code(code)).first()
        info.context.see([row] if row else [])
        return row

    @staticmethod
    def resolve_products(
        _root: Any, info: Any, first: int, after: str | None, province: str | None, adult: bool
    ) -> Page:
        """One question."""
        rows, all_rows = in_turn(adult=adult), listed(adult=adult)
        if province is not None:
            here = Q(province_code__in=known("province", "provinces", [province]))
            rows, all_rows = rows.filter(here), all_rows.filter(here)
        page = rows_after(with_facts(rows), f"products {province} {adult}", first, after, all_rows.count)
        info.context.see(edge.node for edge in page.edges)
        return page

    @staticmethod
    def resolve_verify(_root: Any, info: Any, code: str) -> Any:
        """As the verify page."""
        info.context.hurry()
        answer = verify(code)
        info.context.see([answer.product] if answer.product else [])
        return answer

    @staticmethod
    def resolve_producer(_root: Any, info: Any, id: str) -> ProducerRow | None:  # noqa: A002
        """By its number."""
        if not (id.isascii() and id.isdecimal()):
            reason, reason_vi = "a producer's number has digits only", "số của chủ thể chỉ gồm chữ số"
            raise BadArgument(name="id", given=id[:40], reason=reason, reason_vi=reason_vi)
        if len(id) > LONGEST_ID:
            return None
        row = ProducerRow.objects.filter(pk=int(id)).first()
        info.context.see_producers([row.pk] if row else [])
        return row

    @staticmethod
    def resolve_producers(
        _root: Any, info: Any, first: int, after: str | None, province: str | None, adult: bool
    ) -> Page:
        """One question."""
        rows = ProducerRow.objects.filter(Exists(in_turn(adult=adult).filter(producer=OuterRef("pk"))))
        if province is not None:
            rows = rows.filter(province_code__in=known("province", "provinces", [province]))
        page = rows_after(rows, f"producers {province} {adult}", first, after)
        info.context.see_producers(edge.node.pk for edge in page.edges)
        return page

    @staticmethod
    def resolve_province(_root: Any, _info: Any, code: str) -> Any:
        """Of today."""
        return places().provinces.get(code)

    @staticmethod
    def resolve_commune(_root: Any, _info: Any, code: str) -> Any:
        """Of today."""
        return places().communes.get(code)

    @staticmethod
    def resolve_resolve_place(_root: Any, _info: Any, text: str, province: str | None) -> Any:
        """Asks no database."""
        return resolved(text, province)

    @staticmethod
    def resolve_sale_points(_root: Any, _info: Any, first: int, after: str | None, province: str | None) -> Page:
        """One question."""
        rows = open_points()
        if province is not None:
            rows = rows.filter(province_code__in=known("province", "provinces", [province]))
        return rows_after(rows, f"sale points {province}", first, after)

    @staticmethod
    def resolve_sale_point(_root: Any, _info: Any, slug: str) -> Any:
        """An open one."""
        return open_points().filter(slug=slug).first() if slug.isprintable() else None

    @staticmethod
    def resolve_livestreams(
        _root: Any, info: Any, first: int, after: str | None, which: Any, province: str | None
    ) -> Page:
        """One question, one for the pins of all of them, and what the combos among those need."""
        info.context.hurry()
        if province is not None:
            known("province", "provinces", [province])
        return livestreams.some(value(which), province, first, after, info.context)

    @staticmethod
    def resolve_livestream(_root: Any, info: Any, code: str) -> Any:
        """A public one."""
        info.context.hurry()
        return livestreams.by_code(read_code(code), info.context)

    @staticmethod
    def resolve_combos(
        _root: Any, info: Any, first: int, after: str | None, occasion: Any, province: str | None
    ) -> Page:
        """A fixed number of questions for all that are sold."""
        info.context.hurry()
        if province is not None:
            known("province", "provinces", [province])
        return combos.some(value(occasion), province, first, after, info.context)

    @staticmethod
    def resolve_combo(_root: Any, info: Any, code: str) -> Any:
        """One that is sold."""
        info.context.hurry()
        return combos.by_code(read_code(code), info.context)

    @staticmethod
    def resolve_search(
        _root: Any,
        info: Any,
        first: int,
        after: str | None,
        text: str,
        sort: Any,
        filter: Any = None,  # noqa: A002 - the API's name
        **more: bool,
    ) -> Page:
        """The shop's own search."""
        return found(question(text, filter or {}, sort, **more), first, after, info.context)

    @staticmethod
    def resolve_suggestions(_root: Any, _info: Any, text: str, first: int) -> Any:
        """The shop's own suggestions."""
        return suggested(text, first)


SCHEMA = graphene.Schema(query=Query)

"""Producers and sale points in the schema."""

from typing import Any

import graphene

from catalog.api import addresses
from catalog.api.goods import ProducerKind
from catalog.api.pages import Page, connection, paged, part_of
from catalog.api.places import Commune, Province
from catalog.api.words import argument, in_words, one, said
from catalog.producers.models import Producer as ProducerRow
from catalog.regions import province
from catalog.regions.places import places
from catalog.salepoints.models import SalePoint as SalePointRow


def adult_argument() -> graphene.Argument:
    """The caller's declaration."""
    return argument(
        graphene.Boolean,
        "With `true` you declare that you show the answer to people of 18 or older only; alcoholic drinks are then "
        "among it. Without it they are left out.",
        "Đặt `true` nghĩa là bạn cam kết chỉ hiển thị câu trả lời cho người từ đủ 18 tuổi; khi đó có cả "
        "đồ uống có cồn. Không đặt thì không có.",
        required=True,
        default_value=False,
    )


class Producer(graphene.ObjectType):
    """Who holds certificates."""

    class Meta:
        description = said(
            "Who holds certificates: a cooperative, an enterprise, a household business (chủ thể).",
            "Chủ thể có sản phẩm được công nhận: hợp tác xã, doanh nghiệp, hộ kinh doanh.",
        )

    id = one(
        graphene.ID,
        "Its permanent public number, the one in its page's address.",
        "Số công khai cố định, có trong địa chỉ trang của chủ thể.",
        get="pk",
    )
    name = one(graphene.String, "Its name as registered.", "Tên theo sổ đăng ký.")
    kind = one(
        ProducerKind,
        "Its legal form; null where unknown.",
        "Loại hình; null nếu chưa rõ.",
        required=False,
        get=lambda row: row.kind or None,
    )
    url = in_words(
        "Its page in the shop.",
        "Trang của chủ thể trên Chợ Sao.",
        lambda row, _: addresses.page("producer", row.slug, row.pk),
    )
    address = one(graphene.String, "As registered; may be empty.", "Địa chỉ theo sổ đăng ký, có thể trống.")
    province = one(Province, "Its province.", "Tỉnh của chủ thể.", get=lambda row: province(row.province_code))
    commune = one(
        Commune,
        "Its commune, where known.",
        "Xã, phường, nếu rõ.",
        required=False,
        get=lambda row: places().communes.get(row.commune_code),
    )
    story = one(
        graphene.String, "In its own words, in Vietnamese; may be empty.", "Lời giới thiệu của chủ thể, có thể trống."
    )
    is_sample = one(graphene.Boolean, "Is it made-up sample data?", "Có phải dữ liệu mẫu?")
    products = paged(
        "catalog.api.products.ProductConnection",
        "What it has listed today, in the order in which it came to the shop.",
        "Sản phẩm đang được bày, theo thứ tự lên chợ.",
        adult=adult_argument(),
    )

    @staticmethod
    def resolve_products(row: ProducerRow, info: Any, first: int, after: str | None, adult: bool) -> Page:
        """One question for all producers of the request."""
        return part_of(info.context.shelf(row.pk, adult=adult), f"products of {row.pk}, {adult}", first, after)


class SalePoint(graphene.ObjectType):
    """Where goods are shown, sold and handed over."""

    class Meta:
        description = said(
            "A place that shows, sells and hands over OCOP goods.", "Điểm giới thiệu và bán sản phẩm OCOP."
        )

    slug = one(graphene.String, "Its permanent code.", "Mã cố định của điểm bán.")
    name = one(graphene.String, "Its name.", "Tên điểm bán.")
    url = in_words(
        "Where the shop shows it.",
        "Nơi Chợ Sao giới thiệu.",
        lambda row, _: f"{addresses.page('sale_points')}#{row.slug}",
    )
    address = one(graphene.String, "Where it stands.", "Địa chỉ.")
    opening_hours = one(graphene.String, "When it is open; may be empty.", "Giờ mở cửa, có thể trống.")
    province = one(Province, "Its province.", "Tỉnh của điểm bán.", get=lambda row: province(row.province_code))
    commune = one(
        Commune,
        "Its commune, where known.",
        "Xã, phường, nếu rõ.",
        required=False,
        get=lambda row: places().communes.get(row.commune_code),
    )
    is_sample = one(graphene.Boolean, "Is it made-up sample data?", "Có phải dữ liệu mẫu?")


ProducerConnection = connection(Producer, "producers", "chủ thể")
SalePointConnection = connection(SalePoint, "sale points", "điểm bán")


def open_points() -> Any:
    """Those that are open."""
    return SalePointRow.objects.filter(is_open=True)

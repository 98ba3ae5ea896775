"""Livestreams in the schema: what is on, what comes and what can be seen again."""

from typing import Any

import graphene

from catalog import clock
from catalog.api import addresses
from catalog.api.combos import Combo
from catalog.api.pages import Page, connection, part_of
from catalog.api.places import Province
from catalog.api.producers import Producer, SalePoint
from catalog.api.products import Product
from catalog.api.words import DateTime, enum, many, one, said
from catalog.clock import TIME_ZONE
from catalog.livestreams import lists
from catalog.livestreams.lists import Listed
from catalog.livestreams.models import Livestream as LivestreamRow
from catalog.livestreams.pins import Pin
from catalog.livestreams.platforms import Platform
from catalog.livestreams.states import State
from catalog.regions import province

_CALLED_OFF = (State.CANCELLED, State.STOPPED)

LivestreamState = enum(
    "LivestreamState",
    said(
        "How a livestream stands, by the clock and by what its host said.",
        "Tình trạng của phiên, theo giờ và lời người phát.",
    ),
    {
        "ANNOUNCED": (State.ANNOUNCED.value, "Its time has not come.", "Chưa tới giờ."),
        "LATE": (State.LATE.value, "Its time has come, its host has not begun.", "Đã tới giờ mà chưa bắt đầu."),
        "LIVE": (State.LIVE.value, "It is on.", "Đang phát."),
        "ENDED": (State.ENDED.value, "It is over, and cannot be seen again.", "Đã kết thúc, không có bản xem lại."),
        "REPLAY": (State.REPLAY.value, "It is over, and can be seen again.", "Đã kết thúc, xem lại được."),
        "MISSED": (State.MISSED.value, "Its host never began.", "Không diễn ra."),
        "CANCELLED": (State.CANCELLED.value, "Its host called it off.", "Người phát đã hủy."),
        "STOPPED": (State.STOPPED.value, "An officer stopped it.", "Cán bộ chương trình đã dừng."),
    },
)
LivestreamPlatform = enum(
    "LivestreamPlatform",
    said("Where the video is.", "Video ở nền tảng nào."),
    {one.name: (one.value, f"On {one.label}.", f"Trên {one.label}.") for one in Platform},
)
LivestreamList = enum(
    "LivestreamList",
    said("Which livestreams are asked for.", "Hỏi các phiên nào."),
    {
        "CURRENT": ("current", "What is on and what comes, by its start.", "Đang phát và sắp phát, theo giờ bắt đầu."),
        "REPLAYS": ("replays", "What can be seen again, the latest first.", "Xem lại được, mới nhất trước."),
    },
)


class Livestream(graphene.ObjectType):
    """A session that its host made public."""

    class Meta:
        description = said(
            "A livestream of a producer or a sale point; the video stays on its platform.",
            "Phiên trực tiếp của một chủ thể hoặc điểm bán; video ở nền tảng của người phát.",
        )

    code = one(graphene.String, "Its permanent code.", "Mã cố định của phiên.", get="session.code")
    title = one(graphene.String, "Its title, in Vietnamese.", "Tên phiên.", get="session.title")
    note = one(
        graphene.String, "What its host says of it; may be empty.", "Giới thiệu, có thể trống.", get="session.note"
    )
    state = one(LivestreamState, "How it stands now.", "Tình trạng lúc này.", get=lambda row: row.state.value)
    reason = one(
        graphene.String,
        "Why it was cancelled or stopped; empty otherwise.",
        "Lý do hủy hoặc dừng; ngoài ra để trống.",
        get="session.reason",
    )
    starts_at = one(
        DateTime, "When it begins.", "Giờ bắt đầu.", get=lambda row: row.session.starts_at.astimezone(TIME_ZONE)
    )
    ends_at = one(
        DateTime,
        "When it is expected to end.",
        "Giờ dự kiến kết thúc.",
        get=lambda row: row.session.ends_at.astimezone(TIME_ZONE),
    )
    platform = one(LivestreamPlatform, "Where the video is.", "Video ở nền tảng nào.", get="session.platform")
    video_url = one(
        graphene.String,
        "The video, or its replay, on its platform; null where it was cancelled or stopped.",
        "Đường dẫn video hoặc bản xem lại; null nếu đã hủy hoặc bị dừng.",
        required=False,
        get=lambda row: None if row.state in _CALLED_OFF else row.session.replay_url or row.session.url,
    )
    url = one(
        graphene.String,
        "Its page in the shop.",
        "Trang của phiên trên Chợ Sao.",
        get=lambda row: addresses.page("livestream", row.session.slug, row.session.code),
    )
    producer = one(
        Producer,
        "Its host, where that is a producer.",
        "Người phát, nếu là chủ thể.",
        required=False,
        get="session.host.producer",
    )
    sale_point = one(
        SalePoint,
        "Its host, where that is a sale point.",
        "Người phát, nếu là điểm bán.",
        required=False,
        get="session.host.sale_point",
    )
    province = one(
        Province, "Its host's province.", "Tỉnh của người phát.", get=lambda row: province(row.province_code)
    )
    products = many(
        Product,
        "What is pinned to it, certified and on sale at this minute.",
        "Sản phẩm được ghim, còn chứng nhận và đang bán đúng lúc này.",
    )
    combos = many(
        Combo,
        "The gift combos that are pinned to it, of which a box can be had at this minute.",
        "Combo quà được ghim, còn bán được đúng lúc này.",
    )

    @staticmethod
    def resolve_products(row: Listed, info: Any) -> Any:
        """With the pins of all livestreams of the request."""
        return [pin.product for pin in _pins(row, info) if pin.product]

    @staticmethod
    def resolve_combos(row: Listed, info: Any) -> Any:
        """With the pins of all livestreams of the request."""
        return [pin.combo for pin in _pins(row, info) if pin.combo]


LivestreamConnection = connection(Livestream, "livestreams", "phiên trực tiếp")


def _pins(row: Listed, info: Any) -> list[Pin]:
    found: list[Pin] = [] if row.state is State.STOPPED else info.context.pins.get(row.session.pk)
    return found


def some(which: str, province_code: str | None, first: int, after: str | None, loaders: Any) -> Page:
    """A page of one of the lists. Raises BadCursor."""
    sessions, now = lists.asked(province_code or ""), clock.now()
    found = lists.schedule(sessions, now) if which == "current" else lists.replays(sessions, now, lists.MOST)
    page = part_of(found, f"livestreams {which} {province_code}", first, after)
    _see((edge.node for edge in page.edges), loaders)
    return page


def by_code(code: str | None, loaders: Any) -> Listed | None:
    """The public one with this code."""
    row: LivestreamRow | None = lists.asked().filter(code=code, confirmed_at__isnull=False).first()
    found = Listed(row, clock.now()) if row else None
    _see([found] if found else [], loaders)
    return found


def _see(found: Any, loaders: Any) -> None:
    rows = [one.session for one in found]
    loaders.pins.expect(row.pk for row in rows)
    loaders.see_producers(row.host.producer_id for row in rows if row.host.producer_id)

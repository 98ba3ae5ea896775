"""Why a basket did not become an order. In every case the basket is kept as it was."""

from catalog.errors import ShopError


class BasketChanged(ShopError):
    """The page was made for another revision of the basket."""

    code = "basket_changed"
    status = 409
    vi = "Giỏ hàng đã thay đổi so với trang này. Xin xem lại rồi đặt hàng."
    en = "The basket has changed since this page was made. Please look at it again, then order."


class LinesRefused(ShopError):
    """Lines that cannot be ordered; `problems` is {external reference: sentence for the buyer}."""

    code = "lines_refused"
    status = 409
    vi = "Có sản phẩm trong giỏ chưa đặt được. Xin xem ghi chú ở từng dòng."
    en = "Some products in the basket cannot be ordered. Please see the note at each of them."

    @property
    def problems(self) -> dict[str, str]:
        """Sentences by the external reference of the line."""
        return dict(self.data["problems"])  # type: ignore[call-overload]


class WayClosed(ShopError):
    """The goods cannot be received in the way chosen: a point without them all, or no delivery for live goods."""

    code = "way_closed"
    status = 409
    vi = "Cách nhận hàng này không còn dùng được cho giỏ hàng. Xin chọn lại."
    en = "The goods can no longer be received in this way. Please choose again."


class PriceChanged(ShopError):
    """Saleor's totals are not the ones shown; `shipping` and `total` are the new ones, in đồng."""

    code = "price_changed"
    status = 409
    vi = "Giá vừa thay đổi: tổng tiền nay là {shown}. Xin xem lại và bấm đặt hàng lần nữa nếu đồng ý."
    en = "The price has just changed: the total is now {shown}. Please check it, and order again if you agree."


class OrderInProgress(ShopError):
    """The same order is being made by another request."""

    code = "order_in_progress"
    status = 409
    vi = "Đơn hàng đang được ghi nhận. Xin chờ vài giây rồi bấm lại; đơn không bị đặt hai lần."
    en = "The order is being recorded. Please wait a few seconds and try again; it will not be placed twice."


class OrderingPaused(ShopError):
    """Saleor does not answer."""

    code = "ordering_paused"
    status = 503
    vi = "Việc đặt hàng đang tạm dừng. Giỏ hàng được giữ nguyên; xin thử lại sau ít phút, đơn không bị đặt hai lần."
    en = "Ordering is paused. Your basket is kept; please try again in a few minutes. Nothing is ordered twice."


class OrderingBusy(OrderingPaused):
    """Saleor answers, but as many people of this process wait for it as may."""

    code = "ordering_busy"
    vi = (
        "Đang có nhiều người đặt hàng cùng lúc. Giỏ hàng được giữ nguyên; xin bấm lại sau vài giây, "
        "đơn không bị đặt hai lần."
    )
    en = (
        "Many people are ordering at this moment. Your basket is kept; please press again in a few seconds. "
        "Nothing is ordered twice."
    )

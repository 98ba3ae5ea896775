"""Why an order cannot be changed."""

from catalog.errors import ShopError


class TooLateToCancel(ShopError):
    """The order is picked, sent, handed over or cancelled already."""

    code = "too_late_to_cancel"
    status = 409
    vi = "Đơn đã được soạn hoặc đã kết thúc nên không hủy tại đây được. Xin liên hệ điểm bán."
    en = "The order has been packed or is closed, so it cannot be cancelled here. Please contact the sale point."


class NotPaidYet(ShopError):
    """A gift for somebody else leaves nobody's hands before its buyer has paid."""

    code = "not_paid_yet"
    status = 409
    vi = "Đơn này là quà gửi người khác: người mua trả tiền tại điểm bán rồi mới xếp hộp và gửi hàng."
    en = "This order is a gift for somebody else: its buyer pays at the sale point before it is packed and sent."

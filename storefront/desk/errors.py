"""Why an order cannot be picked or handed over."""

from catalog.errors import ShopError


class WrongCode(ShopError):
    """The code is not this order's."""

    code = "wrong_code"
    status = 403
    vi = "Mã nhận hàng không đúng. Xin hỏi lại người mua."
    en = "The pickup code is wrong. Please ask the buyer again."


class CodeLocked(ShopError):
    """Too many wrong codes; `seconds` until the next is read."""

    code = "code_locked"
    status = 429
    vi = "Nhập sai nhiều lần: xin chờ {seconds} giây rồi thử lại."
    en = "Too many wrong codes: please wait {seconds} seconds and try again."


class NotToHandOver(ShopError):
    """The order is cancelled, or handed over already: a code serves once."""

    code = "not_to_hand_over"
    status = 409
    vi = "Đơn này không còn chờ giao: {state}."
    en = "This order is no longer waiting to be handed over: {state}."


class Stopped(ShopError):
    """A line's certificate was revoked or suspended after the sale."""

    code = "stopped"
    status = 409
    vi = "Không được giao: chứng nhận của {names} đã bị thu hồi hoặc đình chỉ sau khi bán."
    en = "Not to be handed over: the certificate of {names} was revoked or suspended after the sale."


class NotPacked(ShopError):
    """A box is not packed yet."""

    code = "not_packed"
    status = 409
    vi = "Chưa xếp xong hộp: {names}."
    en = "Not packed yet: {names}."


class BestBeforeUnread(ShopError):
    """A part of a box without the day on its package."""

    code = "best_before_unread"
    status = 422
    vi = "Xin nhập hạn sử dụng ghi trên bao bì của: {names}."
    en = "Please enter the best-before date that stands on the package of: {names}."


class BestBeforePast(ShopError):
    """A part that no longer keeps on the day on which it is wanted."""

    code = "best_before_past"
    status = 422
    vi = "Không xếp vào hộp: hạn sử dụng của {names} sớm hơn ngày {day}."
    en = "Not to be packed: {names} does not keep until {day}."

"""Why a producer's order cannot go on."""

from catalog.errors import ShopError


class NotToSend(ShopError):
    """The order is not in a state for it."""

    code = "not_to_send"
    status = 409
    vi = "Đơn này không còn ở bước đó: {state}."
    en = "This order is past that step: {state}."


class LineStopped(ShopError):
    """A line's certificate was revoked or suspended after the sale."""

    code = "line_stopped"
    status = 409
    vi = "Không được gửi: chứng nhận của {names} đã bị thu hồi hoặc đình chỉ sau khi bán."
    en = "Not to be sent: the certificate of {names} was revoked or suspended after the sale."


class StockNotSaved(ShopError):
    """Two things were to be changed; one is, of the other nobody knows."""

    code = "stock_not_saved"
    status = 503
    vi = "Giá mới đã được lưu. Tồn kho thì chưa chắc: hệ thống bán hàng không trả lời. Xin bấm Lưu lần nữa sau ít phút."
    en = (
        "The new price is saved. The stock may not be: the sales system does not answer. "
        "Please save again in a few minutes."
    )

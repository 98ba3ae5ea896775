"""Why a delivery was not accepted; nothing was changed by it."""

from catalog.errors import ShopError


class NotFromSaleor(ShopError):
    """No signature, a wrong one, or another server's; `reason` is for the log."""

    code = "webhook_not_from_saleor"
    status = 401
    vi = "Thông báo này không có chữ ký hợp lệ của hệ thống đặt hàng."
    en = "This message has no valid signature of the ordering system."


class NotUnderstood(ShopError):
    """Signed, but not an event that we subscribed to in the shape that we asked for."""

    code = "webhook_not_understood"
    status = 400
    vi = "Thông báo này không đúng định dạng."
    en = "This message is not in the expected form."


class TooLarge(ShopError):
    """More than a message of ours can be."""

    code = "webhook_too_large"
    status = 413
    vi = "Thông báo này quá lớn."
    en = "This message is too large."

"""Why a voucher cannot be set, or does not count."""

from catalog.errors import ShopError


class BadVoucher(ShopError):
    """A number that is out of its limits."""

    code = "bad_voucher"
    status = 422
    vi = "Mức giảm từ 1 đến {percent} %; mỗi giỏ từ 1 đến {most} gói; dùng thêm sau phiên từ 0 đến {grace} phút."
    en = "The reduction is 1 to {percent} %, pieces a basket 1 to {most}, minutes after the session 0 to {grace}."


class NoVoucherForSalePoints(ShopError):
    """What a sale point shows is not its own: who made it would pay."""

    code = "no_voucher_for_sale_points"
    status = 409
    vi = "Điểm bán không đặt được mã giảm giá: giá do chủ thể của sản phẩm quyết định."
    en = "A sale point cannot set a voucher: the producer of the goods decides on their price."


class VoucherIsSaid(ShopError):
    """It began: what was said on air stands."""

    code = "voucher_is_said"
    status = 409
    vi = "Phiên đã bắt đầu và mã đã được nói trên sóng nên không đổi được nữa."
    en = "The session has begun and the code was said on air: it cannot be changed any more."


class TooManyGuesses(ShopError):
    """So many wrong codes from one network this hour."""

    code = "too_many_vouchers_guessed"
    status = 429
    vi = "Mạng của bạn đã nhập sai mã quá nhiều lần. Xin thử lại sau {minutes} phút, hoặc mở đường dẫn của phiên."
    en = "Too many wrong codes came from your network. Please try again in {minutes} minutes, or open the session link."


class UnknownVoucher(ShopError):
    """No such code, or of a session that nobody may see."""

    code = "unknown_voucher"
    status = 404
    vi = "Không có mã giảm giá này. Mã gồm 6 chữ số, người phát nói trong phiên."
    en = "There is no such code. A code has 6 digits and is said in a livestream."


class VoucherTooEarly(ShopError):
    """The session is still to come."""

    code = "voucher_too_early"
    status = 409
    vi = "Mã này dùng được khi phiên “{title}” bắt đầu."
    en = "This code can be used once the livestream “{title}” begins."


class VoucherOver(ShopError):
    """The session and its grace are over, or it was stopped."""

    code = "voucher_over"
    status = 409
    vi = "Mã của phiên “{title}” đã hết hạn."
    en = "The code of the livestream “{title}” is over."


class VoucherForNothing(ShopError):
    """Nothing in the basket is of it."""

    code = "voucher_for_nothing"
    status = 409
    vi = "Trong giỏ chưa có sản phẩm nào của phiên “{title}”. Cho sản phẩm vào giỏ trước rồi nhập mã."
    en = "Nothing in the basket is of the livestream “{title}”. Put something in first, then enter the code."

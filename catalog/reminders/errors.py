"""Why a request for a reminder, or a link of its mails, is refused."""

from catalog.errors import ShopError


class BadAddress(ShopError):
    """Not one e-mail address."""

    code = "reminder_bad_address"
    status = 422
    vi = "Đây chưa phải một địa chỉ email. Xin nhập dạng ten@example.com."
    en = "This is not an e-mail address. Please enter one such as name@example.com."


class TooManyReminders(ShopError):
    """One network address, or all together, asked too often this hour."""

    code = "too_many_reminders"
    status = 429
    vi = "Mạng của bạn đã gửi quá nhiều yêu cầu nhắc. Xin thử lại sau {minutes} phút, hoặc thêm phiên vào lịch."
    en = "Too many requests came from your network. Please try again in {minutes} minutes, or use the calendar."


class NothingToRemindOf(ShopError):
    """The session has begun, is over, or will not take place."""

    code = "nothing_to_remind_of"
    status = 409
    vi = "Phiên này không còn ở trạng thái sắp phát nên không đặt nhắc được. Xin xem trang của phiên."
    en = "This livestream is no longer about to come, so there is nothing to be reminded of. Please see its page."


class LinkOver(ShopError):
    """The link was changed on its way, is older than a day, or its reminder was taken back."""

    code = "reminder_link_over"
    status = 410
    vi = "Đường dẫn xác nhận đã hết hạn hoặc không đúng. Xin đặt nhắc lại trên trang của phiên."
    en = "The confirmation link has expired or is not right. Please ask again on the livestream's page."

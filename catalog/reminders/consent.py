"""What a viewer agrees to, with its version: a changed text gets a new version."""

from django.utils.translation import gettext_lazy as _

VERSION = "2026-11-28"
TEXT = _(
    "Chợ Sao dùng địa chỉ này chỉ để gửi thư xác nhận, thư nhắc trước giờ phát và thư báo khi phiên đổi giờ hoặc không "
    "diễn ra. Người phát không thấy địa chỉ. Địa chỉ bị xóa khi phiên kết thúc, khi bạn bỏ nhắc, hoặc sau 24 giờ nếu "
    "bạn không xác nhận."
)

"""What the buyer agrees to, with its version: a changed text gets a new version, never an old one's name."""

from django.utils.translation import gettext_lazy as _

VERSION = "2026-11-24"
TEXT = _(
    "Tôi đồng ý để Chợ Sao và người bán dùng họ tên, số điện thoại và địa chỉ trên đây để thực hiện đơn hàng này: "
    "liên hệ, giao hàng, đổi trả. Thông tin không dùng vào việc khác."
)

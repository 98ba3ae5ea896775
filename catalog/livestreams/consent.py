"""What a host confirms before a session is public, with its version: a changed text gets a new version."""

from django.utils.translation import gettext_lazy as _

VERSION = "2026-11-28"
TEXT = _(
    "Tôi xác nhận: tôi có quyền phát phiên này thay mặt người bán; nội dung nói đúng về sản phẩm, giá và chứng nhận "
    "OCOP; không quảng cáo thuốc, rượu bia hay sản phẩm sức khỏe chưa có số xác nhận nội dung. Tôi hiểu cán bộ chương "
    "trình có thể dừng phiên, và nhật ký của phiên được lưu."
)

"""Reason codes in words (registry specification, "Reason codes")."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    "missing_name": _("Thiếu tên sản phẩm"),
    "missing_producer": _("Thiếu chủ thể"),
    "missing_decision": _("Thiếu số quyết định"),
    "missing_authority": _("Thiếu cơ quan ban hành"),
    "missing_issue_date": _("Thiếu ngày quyết định"),
    "bad_date": _("Ngày không đọc được"),
    "future_date": _("Ngày quyết định ở tương lai"),
    "date_conflict": _("Các ngày mâu thuẫn nhau"),
    "bad_star": _("Không đọc được hạng sao"),
    "below_three_stars": _("Dưới 3 sao"),
    "potential_only": _("Chỉ mới đề xuất 5 sao"),
    "score_conflict": _("Điểm không khớp hạng sao"),
    "authority_mismatch": _("Cơ quan không có thẩm quyền cấp hạng này"),
    "unknown_place": _("Không rõ địa danh"),
    "ambiguous_place": _("Địa danh chưa phân biệt được"),
    "weak_evidence": _("Bằng chứng chưa đủ"),
    "duplicate_conflict": _("Trùng sản phẩm, khác nội dung"),
    "identity_conflict": _("Muốn đổi tên hoặc địa bàn trái với nguồn khác"),
    "star_jump": _("Từ 3 sao lên 5 sao trong một bước"),
    "rejected": _("Cán bộ đã từ chối"),
    "expired": _("Hết hạn"),
    "revoked": _("Bị thu hồi"),
    "suspended": _("Bị tạm đình chỉ"),
}

"""Cells and codes in words, in the language of the page that asks."""

from collections.abc import Iterable

from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ocop_sync.desk.reasons import REASONS

CELLS = {
    "registry_id": _("Mã hồ sơ"),
    "product": _("Tên sản phẩm"),
    "producer": _("Chủ thể"),
    "producer_kind": _("Loại hình chủ thể"),
    "category": _("Nhóm sản phẩm"),
    "set_no": _("Bộ sản phẩm"),
    "address": _("Địa chỉ"),
    "commune": _("Xã/phường"),
    "province": _("Tỉnh"),
    "province_code": _("Mã tỉnh"),
    "commune_code": _("Mã xã"),
    "current_star": _("Hạng sao hiện tại"),
    "expires": _("Ngày hết hạn"),
    "note": _("Ghi chú"),
    "evidence": _("Mức bằng chứng"),
    "star": _("Hạng sao"),
    "score": _("Điểm"),
    "decision": _("Số quyết định"),
    "authority": _("Cơ quan ban hành"),
    "issued": _("Ngày quyết định"),
    "year": _("Năm"),
    "status": _("Tình trạng"),
    "filed": _("Ngày nộp hồ sơ"),
    "revoked": _("Ngày thu hồi"),
    "ground": _("Căn cứ thu hồi"),
}

TIERS = {
    "A": _("Quyết định đã ký kèm phụ lục"),
    "B1": _("Tin hoặc danh sách của cơ quan nhà nước"),
    "B2": _("Tin đề xuất, đánh giá"),
    "C": _("Trang của cửa hàng hoặc chủ thể"),
}
OUTCOMES = {"listed": _("Lên kệ"), "lapsed": _("Hết hiệu lực"), "held": _("Giữ lại")}


def cell_in_words(name: str) -> str:
    """ "2.decision" → "Số quyết định (lần 2)"."""
    number, _dot, field = name.rpartition(".")
    label = str(CELLS.get(field, field))
    return gettext("{cell} (lần {n})").format(cell=label, n=number) if number else label


def codes_in_words(codes: Iterable[str]) -> str:
    """Reason codes as one phrase."""
    return ", ".join(str(REASONS.get(code, code)) for code in codes)


lazy_codes = lazy(codes_in_words, str)
lazy_cell = lazy(cell_in_words, str)

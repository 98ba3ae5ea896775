"""Column names as they are met, in Vietnamese and English; a name not listed here is never read."""

import re
from collections.abc import Mapping

from catalog.text import fold

_NAMES = {
    "registry_id": "record id|registry id|ma san pham|ma ho so",
    "product": "ten san pham|san pham|product name|product|ten sp",
    "producer": "chu the|ten chu the|producer|chu the ocop|chu the san xuat|don vi|ten co so",
    "producer_kind": "loai hinh kd|loai hinh kinh doanh|loai hinh|loai hinh chu the|producer type|hinh thuc",
    "category": "nhom san pham|nhom|category as published|category|nganh hang|nhom sp",
    "set_no": "bo san pham|product set|set no|bo sp so",
    "commune": "xa phuong|xa|phuong|xa phuong dac khu|xa phuong thi tran|current commune|commune",
    "address": "dia chi|dia chi san xuat|original address|address|dia chi chu the",
    "province": "tinh|tinh thanh pho|tinh thanh|current province|province|tinh tp",
    "province_code": "new province code|province code|ma tinh",
    "commune_code": "new ward code|ward code|commune code|ma xa",
    "current_star": "hang sao hien tai|sao hien tai",
    "expires": "ngay het han|het han|expires at|expires on|han den|ngay het hieu luc",
    "note": "ghi chu|note|notes",
    "evidence": "evidence level|evidence|muc bang chung",
    "star": "hang sao|sao|star rating|star|xep hang|so sao|ket qua xep hang",
    "score": "diem|score|so diem|tong diem",
    "issued": "ngay|ngay cap|ngay ban hanh|issued at|issued on|ngay qd|ngay ky|ngay quyet dinh|ngay cong nhan",
    "year": "nam|cert year|year|nam cong nhan|nam cap",
    "decision": "so qd|so quyet dinh|decision number|quyet dinh|so quyet dinh cong nhan",
    "authority": "co quan ban hanh|co quan cap|issuing authority|authority|cap cong nhan|co quan cong nhan",
}
LABELS = {
    "registry_id": "Mã sản phẩm", "product": "Tên sản phẩm", "producer": "Chủ thể", "producer_kind": "Loại hình KD",
    "category": "Nhóm sản phẩm", "set_no": "Bộ sản phẩm", "commune": "Xã/phường", "address": "Địa chỉ",
    "province": "Tỉnh", "province_code": "Mã tỉnh", "commune_code": "Mã xã", "current_star": "Hạng sao hiện tại",
    "expires": "Ngày hết hạn", "note": "Ghi chú", "evidence": "Mức bằng chứng", "star": "Hạng sao", "score": "Điểm",
    "issued": "Ngày", "year": "Năm", "decision": "Số QĐ", "authority": "Cơ quan ban hành",
}  # fmt: skip
FIELDS = tuple(_NAMES)
RECOGNITION = ("star", "score", "issued", "year", "decision", "authority")
ALIASES = {field: aliases.split("|") for field, aliases in _NAMES.items()}
_BY_NAME = {alias: field for field, aliases in ALIASES.items() for alias in aliases}
LONGEST_HEADER = 120  # characters; a longer text is no header
_PERSONAL = re.compile(
    r"\b(dai dien|giam doc|dien thoai|dt|sdt|so dt|di dong|hotline|zalo|phone|telephone|mobile|tel|representative|"
    r"contact|lien he|lien lac|email|gioi tinh|gender|dan toc|ethnicity|ngay sinh|nam sinh|cccd|cmnd|can cuoc)\b"
)


def field_of(header: str, columns: Mapping[str, str] | None = None) -> str | None:
    """The field that a column header stands for, whatever its case, accents, line breaks; None for all others.

    `columns`: folded headers of a source's own mapping, which go before the names known here. A header that speaks
    of a representative, a telephone or another personal fact stands for nothing, whatever a mapping says.
    """
    if len(header) > LONGEST_HEADER or is_personal(header):
        return None
    words = fold(header)
    return (columns or {}).get(words) or _BY_NAME.get(words)


def is_personal(header: str) -> bool:
    """Does a header name personal data (representative, telephone, …), which are never read?"""
    return _PERSONAL.search(fold(header)) is not None


def is_counter(header: str) -> bool:
    """The column of running numbers (TT, STT), which makes two rows no different."""
    return fold(header) in ("tt", "stt", "so tt", "no")

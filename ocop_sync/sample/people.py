"""Sample sale points. They stand in stalls that exist nowhere, and name nobody."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class SalePointFacts:
    """What `catalog.salepoints.models.SalePoint` holds of a sale point, under the same names."""

    slug: str
    name: str
    address: str
    province_code: str
    commune_code: str
    opening_hours: str


# The first one is the sale point of the demo login.
SALE_POINTS: Final = (
    SalePointFacts(
        "diem-ban-mau-ho-guom",
        "Điểm bán OCOP Hồ Gươm (mẫu)",
        "Gian mẫu 01, phường Hoàn Kiếm, thành phố Hà Nội",
        "01",
        "00070",
        "8:00–21:00 hằng ngày",
    ),
    SalePointFacts(
        "diem-ban-mau-sa-pa",
        "Điểm bán OCOP chợ phiên Sa Pa (mẫu)",
        "Gian mẫu 02, phường Sa Pa, tỉnh Lào Cai",
        "15",
        "03006",
        "7:30–18:00, thứ Ba đến Chủ nhật",
    ),
    SalePointFacts(
        "diem-ban-mau-song-han",
        "Điểm bán OCOP bờ sông Hàn (mẫu)",
        "Gian mẫu 03, phường Hải Châu, thành phố Đà Nẵng",
        "48",
        "20242",
        "8:00–22:00 hằng ngày",
    ),
    SalePointFacts(
        "diem-ban-mau-da-lat",
        "Điểm bán OCOP chợ hoa Đà Lạt (mẫu)",
        "Gian mẫu 04, phường Xuân Hương - Đà Lạt, tỉnh Lâm Đồng",
        "68",
        "24781",
        "7:00–20:00 hằng ngày",
    ),
    SalePointFacts(
        "diem-ban-mau-ben-thanh",
        "Điểm bán OCOP Bến Thành (mẫu)",
        "Gian mẫu 05, phường Bến Thành, thành phố Hồ Chí Minh",
        "79",
        "26743",
        "8:00–21:30 hằng ngày",
    ),
    SalePointFacts(
        "diem-ban-mau-ninh-kieu",
        "Điểm bán OCOP bến Ninh Kiều (mẫu)",
        "Gian mẫu 06, phường Ninh Kiều, thành phố Cần Thơ",
        "92",
        "31135",
        "6:30–19:00 hằng ngày",
    ),
)

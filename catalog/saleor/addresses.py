"""Addresses as Saleor accepts them: it checks the province against an old list with its own spelling.

Our own address stays the record; Saleor's copy is for its shipping rules and its staff.
"""

from collections.abc import Mapping
from types import MappingProxyType

from catalog.saleor.generated.enums import CountryCode
from catalog.saleor.generated.input_types import AddressInput

# Today's 34 provinces by their official code → `countryArea`. Two differ from today's name: Huế and Hồ Chí Minh.
COUNTRY_AREAS: Mapping[str, str] = MappingProxyType({
    "01": "Hà Nội", "04": "Cao Bằng", "08": "Tuyên Quang", "11": "Điện Biên", "12": "Lai Châu", "14": "Sơn La",
    "15": "Lào Cai", "19": "Thái Nguyên", "20": "Lạng Sơn", "22": "Quảng Ninh", "24": "Bắc Ninh", "25": "Phú Thọ",
    "31": "Hải Phòng", "33": "Hưng Yên", "37": "Ninh Bình", "38": "Thanh Hóa", "40": "Nghệ An", "42": "Hà Tĩnh",
    "44": "Quảng Trị", "46": "Thừa Thiên–Huế", "48": "Đà Nẵng", "51": "Quảng Ngãi", "52": "Gia Lai",
    "56": "Khánh Hòa", "66": "Đắk Lắk", "68": "Lâm Đồng", "75": "Đồng Nai", "79": "Thành phố Hồ Chí Minh",
    "80": "Tây Ninh", "82": "Đồng Tháp", "86": "Vĩnh Long", "91": "An Giang", "92": "Cần Thơ", "96": "Cà Mau",
})  # fmt: skip


def address(
    *, name: str, street: str, province_code: str, commune: str = "", phone: str = "", company: str = ""
) -> AddressInput:
    """An address for Saleor. `province_code` is one of today's 34 (KeyError otherwise), `phone` +84… or empty.

    `commune` stands as the city, since Vietnam has no districts any more; without one the province does.
    The whole name is the first name: a Vietnamese name is not to be cut in two.
    """
    area = COUNTRY_AREAS[province_code]
    facts = AddressInput(
        firstName=name,
        streetAddress1=street,
        city=commune or area,
        countryArea=area,
        country=CountryCode.VN,
    )
    if phone:
        facts.phone = phone
    if company:
        facts.company_name = company
    return facts

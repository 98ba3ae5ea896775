"""The six branches and 26 product sets of the programme (Quyết định 26/2026/QĐ-TTg, annex)."""

from typing import Final, NamedTuple


class Branch(NamedTuple):
    """A branch; `number` 1–6 stands for I–VI."""

    number: int
    slug: str
    name_vi: str
    name_en: str


class ProductSet(NamedTuple):
    """A product set; `alcohol` and `health` say which selling rules its goods fall under."""

    number: int
    branch: int
    slug: str
    name_vi: str
    name_en: str
    alcohol: bool = False
    health: bool = False


LIVE_BRANCH: Final = 5  # living plants and animals: no ordinary parcel
SERVICE_BRANCH: Final = 6  # tourism: nothing to ship

BRANCHES: Final = (
    Branch(1, "thuc-pham", "Thực phẩm", "Food"),
    Branch(2, "do-uong", "Đồ uống", "Drinks"),
    Branch(3, "duoc-lieu", "Dược liệu và sản phẩm từ dược liệu", "Medicinal herbs and products of them"),
    Branch(4, "thu-cong-my-nghe", "Hàng thủ công mỹ nghệ", "Handicrafts"),
    Branch(5, "sinh-vat-canh", "Sinh vật cảnh", "Ornamental plants and animals"),
    Branch(
        6,
        "du-lich",
        "Du lịch cộng đồng, du lịch sinh thái và điểm du lịch",
        "Community tourism, ecotourism and tourist sites",
    ),
)

PRODUCT_SETS: Final = (
    ProductSet(1, 1, "rau-cu-qua-hat-tuoi", "Rau, củ, quả, hạt tươi", "Fresh vegetables, roots, fruit and seeds"),
    ProductSet(2, 1, "thit-thuy-san-trung-sua-tuoi", "Thịt, thủy sản, trứng, sữa tươi", "Fresh meat, fish, eggs, milk"),
    ProductSet(3, 1, "gao-ngu-coc-hat-so-che", "Gạo, ngũ cốc, hạt sơ chế khác", "Rice, cereals, prepared seeds"),
    ProductSet(
        4, 1, "mat-ong-nong-san-khac", "Mật ong, mật khác và nông sản thực phẩm khác", "Honey, syrups, other farm food"
    ),
    ProductSet(5, 1, "do-an-nhanh", "Đồ ăn nhanh", "Ready-to-eat food"),
    ProductSet(6, 1, "che-bien-tu-gao-ngu-coc", "Chế biến từ gạo, ngũ cốc", "Products of rice and cereals"),
    ProductSet(
        7,
        1,
        "che-bien-tu-rau-cu-qua-hat",
        "Chế biến từ rau, củ, quả, hạt",
        "Products of vegetables, roots, fruit and seeds",
    ),
    ProductSet(
        8,
        1,
        "che-bien-tu-thit-trung-sua-thuy-san-mat-ong",
        "Chế biến từ thịt, trứng, sữa, thủy sản, các sản phẩm từ mật ong, mật khác và nông sản thực phẩm khác",
        "Products of meat, eggs, milk, fish, honey and other farm food",
    ),
    ProductSet(
        9,
        1,
        "tuong-nuoc-mam",
        "Tương, nước mắm, gia vị dạng lỏng khác",
        "Soy sauce, fish sauce, other liquid seasonings",
    ),
    ProductSet(10, 1, "gia-vi-khac", "Gia vị khác", "Other seasonings"),
    ProductSet(11, 1, "che", "Chè tươi, chế biến", "Tea, fresh and processed"),
    ProductSet(12, 1, "che-tu-thuc-vat-khac", "Sản phẩm chè từ thực vật khác", "Teas of other plants"),
    ProductSet(13, 1, "ca-phe-ca-cao", "Cà phê, ca cao", "Coffee and cocoa"),
    ProductSet(14, 2, "ruou-trang", "Rượu trắng", "Clear spirits", alcohol=True),
    ProductSet(15, 2, "do-uong-co-con-khac", "Đồ uống có cồn khác", "Other alcoholic drinks", alcohol=True),
    ProductSet(
        16,
        2,
        "nuoc-khoang-nuoc-uong-dong-chai",
        "Nước khoáng thiên nhiên, nước uống đóng chai",
        "Mineral and bottled water",
    ),
    ProductSet(17, 2, "do-uong-khong-con", "Đồ uống không cồn", "Soft drinks"),
    ProductSet(
        18,
        3,
        "thuc-pham-chuc-nang-thuoc",
        "Thực phẩm chức năng, thuốc dược liệu, thuốc cổ truyền",
        "Functional food, herbal and traditional medicine",
        health=True,
    ),
    ProductSet(19, 3, "my-pham", "Mỹ phẩm có thành phần từ dược liệu", "Cosmetics with medicinal herbs", health=True),
    ProductSet(
        20, 3, "tinh-dau-duoc-lieu-khac", "Tinh dầu và dược liệu khác", "Essential oils and other medicinal herbs"
    ),
    ProductSet(
        21,
        4,
        "thu-cong-my-nghe-gia-dung-trang-tri",
        "Thủ công mỹ nghệ gia dụng, trang trí",
        "Handicrafts for use and decoration",
    ),
    ProductSet(22, 4, "vai-may-mac", "Vải, may mặc", "Textiles and clothing"),
    ProductSet(23, 5, "hoa", "Hoa", "Flowers"),
    ProductSet(24, 5, "cay-canh", "Cây cảnh", "Ornamental trees and plants"),
    ProductSet(25, 5, "dong-vat-canh", "Động vật cảnh", "Ornamental animals"),
    ProductSet(
        26,
        6,
        "dich-vu-du-lich",
        "Dịch vụ du lịch cộng đồng, du lịch sinh thái và điểm du lịch",
        "Community tourism, ecotourism and tourist sites",
    ),
)


def branch_of(set_number: int) -> Branch:
    """The branch that a set belongs to. Raises IndexError for a number that is no set."""
    return BRANCHES[PRODUCT_SETS[set_number - 1].branch - 1]

"""Sample offers of the constructed products: the same product always gets the same packs, prices and pieces."""

import hashlib
import json
from functools import lru_cache
from typing import Final, NamedTuple

from catalog.products.sets import LIVE_BRANCH, SERVICE_BRANCH
from catalog.text import even, name_key
from ocop_sync.sample import SAMPLE_FILES
from ocop_sync.sample.people import SALE_POINTS

NO_OFFER_ONE_IN = 17
SOLD_OUT_ONE_IN = 25
REAL: Final = SAMPLE_FILES[0][1]


class SampleOffer(NamedTuple):
    """A pack: price in đồng with tax, shipping weight in grams, pieces at the producer's and by sale point's slug."""

    name: str
    price: int
    weight: int
    own_stock: int
    at_points: dict[str, int]


class _Pack(NamedTuple):
    """A pack size: its usual price in thousands of đồng, its shipping weight in grams."""

    name: str
    thousands: int
    grams: int


# The first row counts whose set is the product's (0: any) and whose words its name holds (empty: any).
_PACKS: Final[tuple[tuple[int, str, tuple[_Pack, ...]], ...]] = (
    (0, "túi lọc", (_Pack("Hộp 20 túi lọc", 55, 90), _Pack("Hộp 50 túi lọc", 125, 200))),
    (1, "sầu riêng", (_Pack("Quả 2–2,5 kg", 290, 2500),)),
    (1, "dừa sáp", (_Pack("Quả khoảng 1 kg", 130, 1200),)),
    (1, "", (_Pack("Túi 2 kg", 110, 2100), _Pack("Thùng 5 kg", 265, 5400))),
    (2, "", (_Pack("Hộp 100 g", 420, 250),)),
    (3, "", (_Pack("Túi 2 kg", 78, 2050), _Pack("Túi 5 kg", 189, 5100))),
    (4, "", (_Pack("Chai 500 ml", 265, 850), _Pack("Chai 250 ml", 145, 480))),
    (5, "nem", (_Pack("Gói 500 g", 95, 560),)),
    (5, "", (_Pack("Hộp 185 g", 52, 230), _Pack("Lốc 6 hộp", 299, 1400))),
    (6, "bánh", (_Pack("Hộp 400 g", 72, 480),)),
    (6, "", (_Pack("Gói 500 g", 55, 540), _Pack("Thùng 10 gói 500 g", 520, 5500))),
    (7, "mắc ca|hạt điều|hạt dẻ", (_Pack("Hộp 500 g", 195, 600), _Pack("Gói 250 g", 105, 290))),
    (7, "", (_Pack("Gói 250 g", 75, 290),)),
    (8, "sâm|nhung", (_Pack("Hũ 250 g", 680, 480),)),
    (8, "", (_Pack("Gói 250 g", 165, 300), _Pack("Gói 500 g", 319, 560))),
    (9, "nước mắm", (_Pack("Chai 500 ml", 95, 850), _Pack("Thùng 6 chai 500 ml", 549, 5300))),
    (9, "", (_Pack("Hũ 400 g", 85, 650),)),
    (10, "đường", (_Pack("Gói 500 g", 65, 540),)),
    (10, "tỏi", (_Pack("Hộp 250 g", 220, 320),)),
    (10, "muối", (_Pack("Hũ 200 g", 38, 290),)),
    (10, "", (_Pack("Gói 250 g", 89, 290), _Pack("Gói 500 g", 169, 550))),
    (11, "shan|đinh", (_Pack("Hộp 100 g", 290, 180), _Pack("Gói 200 g", 540, 260))),
    (11, "", (_Pack("Gói 200 g", 115, 240), _Pack("Gói 500 g", 270, 560))),
    (12, "hoa vàng", (_Pack("Hộp 100 g", 480, 170),)),
    (12, "", (_Pack("Hộp 100 g", 125, 170),)),
    (13, "socola", (_Pack("Thanh 100 g", 95, 130),)),
    (13, "nhân xanh", (_Pack("Bao 5 kg", 750, 5150),)),
    (13, "hòa tan", (_Pack("Hộp 15 gói × 16 g", 68, 300),)),
    (13, "", (_Pack("Gói 500 g", 165, 540), _Pack("Gói 250 g", 89, 280))),
    (14, "", (_Pack("Chai 500 ml", 120, 950),)),
    (15, "", (_Pack("Chai 500 ml", 175, 980),)),
    (17, "yến", (_Pack("Hộp 6 lọ × 70 ml", 330, 1100), _Pack("Lọ 70 ml", 59, 190))),
    (17, "", (_Pack("Chai 350 ml", 42, 430), _Pack("Thùng 12 chai 350 ml", 479, 5300))),
    (18, "", (_Pack("Hộp 60 viên", 145, 120),)),
    (19, "", (_Pack("Chai 250 ml", 135, 330),)),
    (20, "tinh dầu", (_Pack("Chai 10 ml", 75, 60), _Pack("Chai 50 ml", 290, 140))),
    (20, "", (_Pack("Gói 250 g", 130, 290),)),
    (21, "bộ ấm", (_Pack("Bộ 1 ấm 6 chén", 890, 2600),)),
    (21, "chiếu|thảm", (_Pack("Chiếc 1,6 × 2 m", 420, 2800),)),
    (21, "dao", (_Pack("Chiếc", 180, 450),)),
    (21, "", (_Pack("Chiếc", 650, 2200),)),
    (22, "vải", (_Pack("Tấm 0,9 × 2 m", 850, 700),)),
    (22, "", (_Pack("Chiếc", 320, 280),)),
    (23, "cắt cành", (_Pack("Bó 20 cành", 120, 1200),)),
    (23, "", (_Pack("Chậu", 185, 3500),)),
    (24, "", (_Pack("Chậu", 950, 12000),)),
)  # fmt: skip


def sample_offer(name: str, branch: int | None, set_no: int | None, key: str) -> list[SampleOffer]:
    """The packs of a product; `key` is its `name_key`, from which everything that varies is drawn.

    None for tourism, for a few of the rest, and for the real products: nobody but their sellers may name a price.
    Living plants stand only at sale points, for no ordinary parcel takes them.
    """
    packs = _packs_of(name, set_no)
    if branch == SERVICE_BRANCH or key in _real_names() or not packs or _draw(key, "offer", NO_OFFER_ONE_IN) == 0:
        return []
    told = packs if _draw(key, "packs", 3) == 0 else packs[:1]
    factor = 85 + _draw(key, "price", 31)  # per cent
    sold_out = _draw(key, "sold out", SOLD_OUT_ONE_IN) == 0
    return [
        SampleOffer(
            name=pack.name,
            price=pack.thousands * factor // 100 * 1000,
            weight=pack.grams,
            own_stock=0 if sold_out or branch == LIVE_BRANCH else 12 + _draw(key, f"own {pack.name}", 109),
            at_points={} if sold_out else _at_points(key, pack.name, at_least=int(branch == LIVE_BRANCH)),
        )
        for pack in told
    ]


def _packs_of(name: str, set_no: int | None) -> tuple[_Pack, ...]:
    words = even(name)
    return next(
        (
            packs
            for number, held, packs in _PACKS
            if number in (0, set_no) and any(even(one) in words for one in held.split("|"))
        ),
        (),
    )


def _at_points(key: str, pack: str, *, at_least: int) -> dict[str, int]:
    """Pieces on the shelves of `at_least` to three sale points."""
    count = max(at_least, _draw(key, f"points {pack}", 4))
    first = _draw(key, f"first {pack}", len(SALE_POINTS))
    chosen = [SALE_POINTS[(first + 2 * step) % len(SALE_POINTS)].slug for step in range(count)]
    return {slug: 4 + _draw(key, f"{slug} {pack}", 21) for slug in chosen}


def _draw(key: str, about: str, below: int) -> int:
    """A number from 0 to `below` (excluded) that only depends on the words given."""
    return int.from_bytes(hashlib.sha256(f"{key}\n{about}".encode()).digest()[:8]) % below


@lru_cache(maxsize=1)
def _real_names() -> frozenset[str]:
    lines = REAL.read_text(encoding="utf-8").splitlines()
    return frozenset(name_key(json.loads(line)["product_name"]) for line in lines)

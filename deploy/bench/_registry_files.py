"""Large registry files with the troubles that real ones have, the same for the same number of rows."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook

from catalog.regions import communes, province, provinces

HEADER = (
    "TT", "Tên sản phẩm", "Nhóm sản phẩm", "Loại hình KD", "Chủ thể", "Xã/phường", "Địa chỉ", "Người đại diện",
    "Điện thoại", "Hạng sao hiện tại", "Ngày hết hạn",
    "Hạng sao", "Ngày", "Năm", "Số QĐ", "Cơ quan ban hành",
    "Hạng sao", "Ngày", "Năm", "Số QĐ", "Cơ quan ban hành", "Ghi chú",
)  # fmt: skip
KINDS = ("Cà phê rang", "Mật ong", "Mắm nêm", "Trà hoa", "Bánh tráng", "Gạo đặc sản", "Rượu nếp", "Tinh dầu")
FORMS = ("Hợp tác xã", "Công ty TNHH", "Hộ kinh doanh", "Tổ hợp tác")


@dataclass(frozen=True)
class Row:
    """A product as a registry tells it; days are ISO texts."""

    number: int
    product: str
    producer: str
    form: str
    commune: str
    province: str
    star: int
    issued: str
    expires: str
    decision: str
    authority: str
    renewed: bool  # it was recognised once before
    status: str


def rows(count: int, *, revoked: frozenset[int] = frozenset()) -> Iterator[Row]:
    """`count` products of about half as many producers: 1% with a bad star, 4% expired, the rest sound."""
    places = [place for one in provinces() for place in communes(one.code)]
    for number in range(count):
        maker = number // 2
        place = places[(maker * 37) % len(places)]
        where = province(place.province_code)
        form = FORMS[maker % len(FORMS)]
        expired = number % 25 == 7
        month, day = 1 + maker % 9, 1 + number % 28
        year = 2021 if expired else 2025 - maker % 2
        star = 0 if number % 100 == 50 else 3 + number % 2
        yield Row(
            number=number,
            product=f"{KINDS[number % len(KINDS)]} số {number}",
            producer=f"{form} Thử nghiệm {maker}",
            form=form,
            commune=place.name,
            province=where.name,
            star=star,
            issued=f"{year}-{month:02}-{day:02}",
            expires=f"{year + 3}-{month:02}-{day:02}",
            decision=f"{100 + maker % 3000}/QĐ-UBND",
            authority=f"UBND {where.name}",
            renewed=number % 3 == 0,
            status="revoked" if number in revoked else "valid",
        )


def write_workbook(path: Path, count: int) -> None:
    """A provincial workbook of 22 columns (README of the formats, section 1)."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Loc")
    sheet.append(["DANH SÁCH SẢN PHẨM OCOP"])
    sheet.append(HEADER)
    for row in rows(count):
        star = f"{row.star} sao" if row.star else "chưa rõ"
        cells = [star, row.issued, int(row.issued[:4]), row.decision, row.authority]
        old = [3, f"2020-0{1 + row.number % 9}-11", 2020, f"{row.number % 500}/QĐ-UBND", row.authority]
        first, second = (old, cells) if row.renewed else (cells, [None] * 5)
        head = [row.number + 1, row.product, "Thực phẩm", row.form, row.producer, row.commune]
        place = f"Thôn {row.number % 9}, {row.commune}, {row.province}"
        sheet.append([*head, place, "Người Thử", "0900000000", row.star or None, row.expires, *first, *second, None])
    book.save(path)


def write_lines(path: Path, count: int, *, revoked: frozenset[int] = frozenset()) -> None:
    """A registry feed v1, one item a line; `revoked` are numbers of rows."""
    with path.open("w", encoding="utf-8") as file:
        for row in rows(count, revoked=revoked):
            told = {
                "star": row.star or None, "decision_number": row.decision, "authority": row.authority,
                "issued_on": row.issued, "expires_on": row.expires, "status": row.status,
            }  # fmt: skip
            if row.status == "revoked":
                told |= {"revoked_on": "2026-11-01", "revocation_ground": "Vi phạm an toàn thực phẩm"}
            item = {
                "registry_id": f"TN-{row.number}", "product_name": row.product,
                "producer": {"name": row.producer, "type": "cooperative"}, "category": "Thực phẩm",
                "address": f"Thôn {row.number % 9}, {row.commune}, {row.province}", "recognitions": [told],
                "evidence": "A",
            }  # fmt: skip
            file.write(json.dumps(item, ensure_ascii=False) + "\n")

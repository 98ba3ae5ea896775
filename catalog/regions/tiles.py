"""Where each province stands on the tile map: a drawing of the country in squares, not its geography to scale."""

from typing import Final, NamedTuple


class Tile(NamedTuple):
    """A square, from 1: rows from north to south, columns from west to east."""

    row: int
    column: int


_ROWS: Final = (
    "12 15 08 04 ..",  # Lai Châu, Lào Cai, Tuyên Quang, Cao Bằng
    "11 14 19 20 ..",  # Điện Biên, Sơn La, Thái Nguyên, Lạng Sơn
    ".. 25 01 24 22",  # Phú Thọ, Hà Nội, Bắc Ninh, Quảng Ninh
    ".. .. 37 33 31",  # Ninh Bình, Hưng Yên, Hải Phòng
    ".. 38 .. .. ..",  # Thanh Hóa
    ".. 40 .. .. ..",  # Nghệ An
    ".. .. 42 .. ..",  # Hà Tĩnh
    ".. .. 44 .. ..",  # Quảng Trị
    ".. .. .. 46 ..",  # Huế
    ".. .. .. 48 ..",  # Đà Nẵng
    ".. .. .. 51 ..",  # Quảng Ngãi
    ".. .. .. .. 52",  # Gia Lai
    ".. .. .. .. 66",  # Đắk Lắk
    ".. 80 75 68 56",  # Tây Ninh, Đồng Nai, Lâm Đồng, Khánh Hòa
    "91 82 79 .. ..",  # An Giang, Đồng Tháp, Hồ Chí Minh
    ".. 92 86 .. ..",  # Cần Thơ, Vĩnh Long
    "96 .. .. .. ..",  # Cà Mau
)

# By code of today's provinces, in reading order: north to south, then west to east.
TILES: Final = {
    code: Tile(row, column)
    for row, line in enumerate(_ROWS, 1)
    for column, code in enumerate(line.split(), 1)
    if code != ".."
}

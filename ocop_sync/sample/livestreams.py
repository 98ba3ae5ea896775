"""A sample livestream of a sample sale point: the account that it names is made up."""

from typing import Final

POINT: Final = "diem-ban-mau-ben-thanh"  # packs combos; no demo login's, whose identity is still to be checked
TITLE: Final = "Mở hộp quà OCOP cuối năm (phiên mẫu)"
NOTE: Final = "Mở từng hộp, nếm từng món và đọc chứng nhận trên hộp. Ai xem cũng hỏi được."
LINK: Final = "https://zalo.me/cho.sao.phien.mau"
COMBOS: Final = 2  # pinned
PRODUCTS: Final = 3

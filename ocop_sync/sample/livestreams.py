"""A sample livestream of a sample sale point: the account that it names is made up."""

from typing import Final

from ocop_sync.sample.people import SALE_POINTS

POINT: Final = SALE_POINTS[0].slug  # that of the demo login
TITLE: Final = "Mở hộp quà OCOP cuối năm (phiên mẫu)"
NOTE: Final = "Mở từng hộp, nếm từng món và đọc chứng nhận trên hộp. Ai xem cũng hỏi được."
LINK: Final = "https://zalo.me/cho.sao.phien.mau"
COMBOS: Final = 2  # pinned
PRODUCTS: Final = 3

"""Who we are to a Saleor: the app's identifier and name, the same however it is registered."""

from typing import Final

IDENTIFIER: Final = "vn.chosao.shop"
NAME: Final = "Chợ Sao"

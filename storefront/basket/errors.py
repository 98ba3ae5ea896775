"""Why something cannot be put into a basket."""

from catalog.errors import ShopError


class UnknownOffer(ShopError):
    """No offer bears this reference."""

    code = "unknown_offer"
    status = 404
    vi = "Không tìm thấy sản phẩm này."
    en = "There is no such product."


class UnknownCombo(ShopError):
    """No combo, packaging or offer bears this code."""

    code = "unknown_combo"
    status = 404
    vi = "Không tìm thấy hộp quà này."
    en = "There is no such gift box."


class BadQuantity(ShopError):
    """Not a whole number from 1 to 50."""

    code = "bad_quantity"
    vi = "Số lượng phải là số nguyên từ 1 đến 50."
    en = "The quantity must be a whole number from 1 to 50."


class NotForSale(ShopError):
    """The gate, the selling policy or the stock says no; `reason` is the sentence for the buyer."""

    code = "not_for_sale"
    status = 409
    vi = "{name}: {reason}"
    en = "{name}: {reason}"

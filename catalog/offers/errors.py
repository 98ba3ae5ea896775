"""Refusals around offers."""

from catalog.errors import ShopError


class NotListed(ShopError):
    """The gate says no: the product cannot be offered today."""

    code = "not_listed"
    status = 409
    vi = "Sản phẩm “{product}” hiện không được niêm yết nên chưa thể đặt giá và tồn kho."
    en = "“{product}” is not listed at present, so no price or stock can be set."


class NotPublished(ShopError):
    """The product has not reached Saleor yet."""

    code = "not_published"
    status = 409
    vi = "Sản phẩm “{product}” vừa được niêm yết và đang được đưa lên hệ thống bán hàng. Xin thử lại sau một phút."
    en = "“{product}” was listed just now and is still on its way to the sales system. Please try again in a minute."


class BadPrice(ShopError):
    """Not a price in whole đồng within the limits."""

    code = "bad_price"
    vi = "Giá phải là số đồng nguyên, từ 1.000 đến 100.000.000."
    en = "The price must be in whole đồng, from 1,000 to 100,000,000."


class BadQuantity(ShopError):
    """Not a number of pieces within the limits."""

    code = "bad_quantity"
    vi = "Số lượng phải là số nguyên, từ 0 đến 100.000."
    en = "The quantity must be a whole number, from 0 to 100,000."

"""Whether an offer may be sold at all today: the gate's say and the selling policy. Stock is another question."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from catalog import clock
from catalog.certificates.services import is_listed
from catalog.offers.models import Offer
from catalog.products.models import Restriction

NOT_LISTED = _("Chứng nhận OCOP của sản phẩm không còn hiệu lực hôm nay nên không bán được.")
ADULT = _(
    "Đồ uống có cồn chỉ được thanh toán không dùng tiền mặt; cửa hàng hiện chỉ nhận tiền mặt nên chưa bán. "
    "Xin mua trực tiếp tại điểm bán."
)
SERVICE = _("Đây là dịch vụ du lịch: xin liên hệ chủ thể để đặt chỗ, không đặt qua giỏ hàng.")
WITHDRAWN = _("Quy cách này không còn bán.")
SOLD_OUT = _("Hết hàng.")


def objection(offer: Offer) -> str:
    """Why the offer may not be sold today whatever its stock (gate, selling policy), or empty."""
    product = offer.product
    if not is_listed(product, clock.today()):
        return str(NOT_LISTED)
    if product.adult_only:
        return str(ADULT)
    if product.restriction == Restriction.SERVICE:
        return str(SERVICE)
    return "" if offer.is_active else str(WITHDRAWN)


def shortage(quantity: int, available: int) -> str:
    """Why so many pieces (or boxes) cannot be had where so many are free, or empty."""
    if available <= 0:
        return str(SOLD_OUT)
    if quantity > available:
        return str(format_lazy(_("Chỉ còn {count}: xin giảm số lượng."), count=available))
    return ""

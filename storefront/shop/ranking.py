"""How lists are put in order, told to everybody. The tests hold what this page says to what the search does.

The law on e-commerce (122/2025/QH15, in force since 1 July 2026) asks that buyers are told how results are ranked.
"""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from storefront.shop.listing import SORTS

CRITERIA: Final = {
    "for_sale": _("Đang bán trên chợ đứng trước chưa mở bán."),
    "in_stock": _("Còn hàng đứng trước hết hàng."),
    "star": _("Nhiều sao đứng trước ít sao."),
    "newest": _("Quyết định công nhận mới hơn đứng trước."),
    "cheap": _("Giá thấp nhất của sản phẩm: thấp đứng trước cao."),
    "dear": _("Giá thấp nhất của sản phẩm: cao đứng trước thấp."),
    "name": _("Tên theo bảng chữ cái, không kể dấu."),
    "known": _("Còn lại: sản phẩm lên chợ trước đứng trước."),
}
ORDERS: Final = {  # the sorts of the list, each with its criteria; "relevance" without words
    "relevance": ("for_sale", "in_stock", "star", "newest", "known"),
    "price": ("for_sale", "cheap", "known"),
    "-price": ("for_sale", "dear", "known"),
    "star": ("for_sale", "star", "known"),
    "newest": ("for_sale", "newest", "known"),
    "name": ("for_sale", "name", "known"),
}
WORDS: Final = {  # what makes one product match words better than another, the strongest first
    "accents": _("Các từ bạn gõ có dấu: sản phẩm có đúng các từ ấy với đúng dấu, ở tên hay ở thông tin khác."),
    "name_accents": _(
        "Các từ ấy nằm ngay trong tên sản phẩm, càng nhiều từ càng nặng; cả câu đứng liền nhau, ở bất cứ đâu, nặng hơn "
        "một từ trong tên và nhẹ hơn hai từ."
    ),
    "for_sale": _("Đang bán trên chợ đứng trước chưa mở bán."),
    "in_name": _(
        "Không kể dấu: các từ nằm trong tên hoặc đứng liền nhau, tính như trên; từ đồng nghĩa đứng sau chính từ bạn gõ."
    ),
    "weight": _("Từ hiếm nặng hơn từ nhiều sản phẩm cùng có; thông tin ngắn gọn nặng hơn thông tin dài."),
}


@require_GET
def ranking(request: HttpRequest) -> HttpResponse:
    """GET /cach-xep-hang/: what puts one product before another, sort by sort."""
    sorts = [(SORTS[name], [CRITERIA[one] for one in criteria]) for name, criteria in ORDERS.items()]
    return render(request, "shop/ranking.html", {"sorts": sorts, "words": WORDS.values()})

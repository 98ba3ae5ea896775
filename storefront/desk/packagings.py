"""The boxes that my sale points pack gifts in. Another point's box is a 404, as if it did not exist."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from catalog.combos.models import Packaging
from catalog.combos.packaging import HEAVIEST, MOST_PIECES, PackagingFacts, put_packaging
from catalog.errors import ShopError
from catalog.offers.services import HIGHEST_PRICE, LOWEST_PRICE
from catalog.offers.services import MOST_PIECES as MOST_BOXES
from catalog.products.codes import new_code, read_code
from catalog.salepoints.models import SalePoint
from catalog.text import clean
from storefront.desk.services import points_of
from storefront.portal.forms import WholeNumberField

_STOCK = gettext_lazy("Số hộp phải là số nguyên, từ 0 đến 100.000.")


def _wrong(text: Any) -> dict[str, Any]:
    return dict.fromkeys(("required", "invalid", "min_value", "max_value"), text)


class PackagingForm(forms.Form):
    """`code` makes a box sent twice one box."""

    name = forms.CharField(
        label=gettext_lazy("Tên hộp"), max_length=120,
        error_messages={"required": gettext_lazy("Xin đặt tên, ví dụ “Giỏ tre đan tay”.")},
    )  # fmt: skip
    name_en = forms.CharField(label=gettext_lazy("Tên tiếng Anh"), max_length=120, required=False)
    price = WholeNumberField(
        label=gettext_lazy("Giá một hộp (đồng, đã gồm thuế)"), min_value=LOWEST_PRICE, max_value=HIGHEST_PRICE,
        error_messages=_wrong(gettext_lazy("Giá phải là số đồng nguyên, từ 1.000 đến 100.000.000.")),
    )  # fmt: skip
    weight = WholeNumberField(
        label=gettext_lazy("Hộp rỗng nặng (gam)"), min_value=0, max_value=HEAVIEST,
        error_messages=_wrong(gettext_lazy("Khối lượng phải là số gam nguyên, từ 0 đến 20.000.")),
    )  # fmt: skip
    most_pieces = WholeNumberField(
        label=gettext_lazy("Chứa nhiều nhất (món)"), min_value=1, max_value=MOST_PIECES,
        error_messages=_wrong(gettext_lazy("Số món phải là số nguyên, từ 1 đến 60.")),
    )  # fmt: skip
    to_collect = WholeNumberField(
        label=gettext_lazy("Hộp trên kệ, cho khách đến nhận"), min_value=0, max_value=MOST_BOXES,
        error_messages=_wrong(_STOCK),
    )  # fmt: skip
    to_send = WholeNumberField(
        label=gettext_lazy("Hộp trong kho đóng gói, để gửi đi"), min_value=0, max_value=MOST_BOXES,
        error_messages=_wrong(_STOCK),
    )  # fmt: skip
    is_active = forms.BooleanField(label=gettext_lazy("Đang dùng được cho combo và hộp quà mới"), required=False)
    code = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_name(self) -> str:
        """One line, no control characters."""
        return clean(self.cleaned_data["name"])

    def facts(self) -> PackagingFacts:
        """As the service takes it."""
        return PackagingFacts(**{name: value for name, value in self.cleaned_data.items() if name != "code"})


@never_cache
@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """GET /diem-ban/hop/: my points' boxes with what lies in both places."""
    points = _points(request)
    found = Packaging.objects.filter(sale_point__in=points).select_related("sale_point")
    rows = [(one, *_boxes(one)) for one in found.prefetch_related("stocks__warehouse").order_by("sale_point", "name")]
    return render(request, "desk/packagings.html", {"points": points, "rows": rows})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """GET and POST /diem-ban/hop/moi/?diem=: a box of the point that `diem` (its slug) names, or of my first."""
    points = _points(request)
    slug = request.GET.get("diem") or points[0].slug
    point = next((one for one in points if one.slug == slug), None)
    if point is None:
        raise Http404
    start = {"code": new_code(), "is_active": True, "to_collect": 0, "to_send": 0}
    form = PackagingForm(request.POST or None, initial=start)
    code = read_code(request.POST.get("code", "")) if request.method == "POST" else ""
    if code is None:
        raise Http404
    return _form(request, point, form, code, None, [one for one in points if one != point])


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """GET and POST /diem-ban/hop/<code>/: one of my boxes."""
    found = Packaging.objects.filter(sale_point__in=_points(request)).select_related("sale_point")
    packaging = get_object_or_404(found.prefetch_related("stocks__warehouse"), code=code.upper())
    shelf, store = _boxes(packaging)
    names = ("name", "name_en", "price", "weight", "most_pieces")
    start = {name: getattr(packaging, name) for name in names}
    unfinished = packaging.read_at is None
    start |= {"to_collect": shelf[0], "to_send": store[0], "is_active": packaging.is_active or unfinished}
    form = PackagingForm(request.POST or None, initial=start)
    return _form(request, packaging.sale_point, form, packaging.code, packaging, [])


def _form(
    request: HttpRequest, point: SalePoint, form: PackagingForm, code: str, packaging: Packaging | None,
    others: list[SalePoint],
) -> HttpResponse:  # fmt: skip
    error: ShopError | None = None
    if form.is_bound and form.is_valid():
        try:
            put_packaging(point, code, form.facts())
        except ShopError as refusal:
            error = refusal
        else:
            messages.success(request, _("Đã lưu hộp."))
            return redirect("desk_packagings")
    context = {
        "point": point,
        "form": form,
        "packaging": packaging,
        "others": others,
        "error": error.message(get_language() or "vi") if error else "",
    }
    status = error.status if error else 422 if form.is_bound else 200
    return render(request, "desk/packaging.html", context, status=status)


def _points(request: HttpRequest) -> list[SalePoint]:
    points = list(points_of(request.user))
    if not points:
        raise PermissionDenied
    return points


def _boxes(packaging: Packaging) -> tuple[tuple[int, int], tuple[int, int]]:
    """(on hand, promised) on the shelf, and in the packing store."""
    places = {"shelf": (0, 0), "store": (0, 0)}
    for stock in packaging.stocks.all():
        places["shelf" if stock.warehouse.sale_point_id else "store"] = (stock.quantity, stock.reserved)
    return places["shelf"], places["store"]

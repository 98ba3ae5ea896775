"""Addresses of the read pages, basket, checkout, orders, accounts, the cooperative's page and the desk."""

from django.urls import include, path, re_path

from storefront.accounts import views as accounts
from storefront.basket import views as basket
from storefront.checkout import views as checkout
from storefront.desk import packagings, packing
from storefront.desk import views as desk
from storefront.orders import boxes
from storefront.orders import views as orders
from storefront.portal import views as portal
from storefront.shop import adult, home, listing, points, product, ranking, suggestions, verify

urlpatterns = [
    path("", home.home, name="home"),
    path("tim/", listing.listing, name="search"),
    path("goi-y/", suggestions.suggestions, name="suggestions"),
    path("cach-xep-hang/", ranking.ranking, name="ranking"),
    re_path(r"^san-pham/(?P<slug>[a-z0-9-]+)-(?P<code>[0-9A-Za-z]{7})/$", product.product, name="product"),
    re_path(r"^chu-the/(?P<slug>[a-z0-9-]+)-(?P<pk>[0-9]{1,9})/$", product.producer, name="producer"),
    path("xac-minh/", verify.ask, name="verify"),
    path("xac-minh/<str:code>/", verify.code, name="verify_code"),
    path("xac-minh/<str:code>/qr.svg", verify.qr, name="verify_qr"),
    path("bao-nhan-gia/", include("storefront.reports.urls")),
    path("vung/", include("storefront.regions.urls")),
    path("truc-tiep/", include("storefront.livestreams.urls")),
    path("combo/", include("storefront.combos.urls")),
    path("combo-cua-toi/", include("storefront.proposals.urls")),
    path("diem-gioi-thieu/", points.sale_points, name="sale_points"),
    path("du-18-tuoi/", adult.declare, name="adult"),
    path("gio-hang/", basket.show, name="basket"),
    path("gio-hang/them/", basket.add, name="basket_add"),
    path("gio-hang/them-hop/", basket.add_box, name="basket_add_box"),
    path("gio-hang/ma/", basket.enter_voucher, name="basket_voucher"),
    path("gio-hang/sua/", basket.update, name="basket_update"),
    path("gio-hang/bo/", basket.remove, name="basket_remove"),
    path("dat-hang/", checkout.choose, name="checkout"),
    path("dat-hang/thong-tin/", checkout.details, name="checkout_details"),
    path("chinh-sach/", checkout.policies, name="policies"),
    path("don-hang/<str:token>/", orders.show, name="order"),
    path("don-hang/<str:token>/huy/", orders.cancel, name="order_cancel"),
    path("hop/<str:code>/", boxes.show, name="box"),
    path("tai-khoan/", accounts.home, name="account"),
    path("hop-tac-xa/", portal.products, name="portal"),
    path("hop-tac-xa/don-hang/", portal.orders, name="portal_orders"),
    path("hop-tac-xa/don-hang/<int:pk>/da-gui/", portal.sent, name="portal_sent"),
    path("hop-tac-xa/don-hang/<int:pk>/da-giao/", portal.delivered, name="portal_delivered"),
    path("hop-tac-xa/san-pham/<str:code>/", portal.product, name="portal_product"),
    path("diem-ban/", desk.queue, name="desk"),
    path("diem-ban/hop/", packagings.mine, name="desk_packagings"),
    path("diem-ban/hop/moi/", packagings.make, name="desk_packaging_new"),
    re_path(r"^diem-ban/hop/(?P<code>[0-9A-Za-z]{7})/$", packagings.edit, name="desk_packaging"),
    path("diem-ban/don/<int:pk>/", desk.show, name="desk_order"),
    path("diem-ban/don/<int:pk>/soan/", desk.pick, name="desk_pick"),
    path("diem-ban/don/<int:pk>/giao/", desk.hand_over, name="desk_hand_over"),
    path("diem-ban/don/<int:pk>/thu-tien/", desk.take_payment, name="desk_pay"),
    path("diem-ban/hop/<int:pk>/xep/", packing.pack, name="desk_box_pack"),
    path("diem-ban/hop/<int:pk>/gui/", packing.send, name="desk_box_send"),
    path("diem-ban/hop/<int:pk>/da-giao/", packing.deliver, name="desk_box_deliver"),
    path("diem-ban/hop/<int:pk>/nhan/", packing.label, name="desk_box_label"),
]

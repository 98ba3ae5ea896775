"""Addresses of the shop: Vietnamese at the root, English under /en/; webhooks know no language."""

from allauth.account import views as accounts
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from catalog.api.views import graphql

urlpatterns = [
    path("hooks/", include("catalog.saleor.urls")),
    *i18n_patterns(
        path("", include("storefront.urls")),
        path("graphql/", graphql, name="graphql"),
        path("can-bo/", include("ocop_sync.desk.urls")),
        path("tai-khoan/dang-nhap/", accounts.login, name="account_login"),
        path("tai-khoan/dang-ky/", accounts.signup, name="account_signup"),
        path("tai-khoan/dang-xuat/", accounts.logout, name="account_logout"),
        prefix_default_language=False,
    ),
]

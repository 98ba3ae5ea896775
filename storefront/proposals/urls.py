"""Addresses below /combo-cua-toi/."""

from django.urls import path, re_path

from storefront.proposals import editing, views

CODE = "(?P<code>[0-9A-Za-z]{7})"
urlpatterns = [
    path("", views.mine, name="combo_maker"),
    path("moi/", editing.make, name="combo_maker_new"),
    re_path(rf"^{CODE}/$", views.show, name="combo_maker_show"),
    re_path(rf"^{CODE}/sua/$", editing.edit, name="combo_maker_edit"),
    re_path(rf"^{CODE}/lam/$", views.act, name="combo_maker_act"),
]

"""Addresses below /combo/."""

from django.urls import path, re_path

from storefront.combos import own, views

urlpatterns = [
    path("", views.listing, name="combos"),
    path("tu-chon/", own.build, name="combo_build"),
    path("tu-chon/hop/", own.own, name="combo_own"),
    re_path(r"^(?P<slug>[a-z0-9-]+)-(?P<code>[0-9A-Za-z]{7})/$", views.combo, name="combo"),
]

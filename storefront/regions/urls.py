"""Addresses below /vung/."""

from django.urls import path

from storefront.regions import views

urlpatterns = [
    path("", views.country, name="regions"),
    path("<slug:slug>/", views.province, name="province"),
]

"""Addresses below /bao-nhan-gia/."""

from django.urls import path

from storefront.reports import views

urlpatterns = [
    path("", views.report, name="report"),
    path("<str:reference>/", views.state, name="report_state"),
]

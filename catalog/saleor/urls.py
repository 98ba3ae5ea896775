"""Addresses that Saleor calls, under /hooks/."""

from django.urls import path

from catalog.saleor.app.views import register_app, show_app, show_manifest
from catalog.saleor.webhooks.views import receive_webhook

urlpatterns = [
    path("saleor/", receive_webhook, name="saleor_webhook"),
    path("saleor/manifest.json", show_manifest, name="saleor_manifest"),
    path("saleor/register/", register_app, name="saleor_register"),
    path("saleor/app/", show_app, name="saleor_app"),
]

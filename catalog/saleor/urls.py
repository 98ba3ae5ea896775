"""Addresses that Saleor calls, under /hooks/."""

from django.urls import path

from catalog.saleor.webhooks.views import receive_webhook

urlpatterns = [path("saleor/", receive_webhook, name="saleor_webhook")]

"""Addresses of the officer's desk."""

from django.urls import path

from ocop_sync.desk import views

urlpatterns = [
    path("", views.overview, name="officer"),
    path("giu-lai/", views.held, name="officer_held"),
    path("suc-khoe/", views.health, name="officer_health"),
]

"""Addresses of the officer's desk."""

from django.urls import path

from ocop_sync.desk import history, reports, sources, views

urlpatterns = [
    path("", views.overview, name="officer"),
    path("giu-lai/", views.held, name="officer_held"),
    path("suc-khoe/", views.health, name="officer_health"),
    path("bao-cao/", reports.queue, name="officer_reports"),
    path("bao-cao/<int:pk>/", reports.show, name="officer_report"),
    path("bao-cao/<int:pk>/lam/", reports.act, name="officer_report_act"),
    path("bao-cao/anh/<int:pk>/", reports.photo, name="officer_report_photo"),
    path("nguon/", sources.overview, name="officer_sources"),
    path("nguon/chay/", sources.run, name="officer_source_run"),
    path("nguon/cho-qua/<int:pk>/", sources.let_pass, name="officer_source_release"),
    path("lich-su/<str:code>/", history.show, name="officer_history"),
]

"""Addresses of the officer's desk."""

from django.urls import path

from ocop_sync.desk import history, reports, views, warnings
from ocop_sync.desk.programme import views as programme

urlpatterns = [
    path("", views.overview, name="officer"),
    path("giu-lai/", views.held, name="officer_held"),
    path("suc-khoe/", views.health, name="officer_health"),
    path("chuong-trinh/", programme.programme, name="officer_programme"),
    path("chuong-trinh/<slug:key>.csv", programme.table, name="officer_programme_table"),
    path("bao-cao/", reports.queue, name="officer_reports"),
    path("bao-cao/<int:pk>/", reports.show, name="officer_report"),
    path("bao-cao/<int:pk>/lam/", reports.act, name="officer_report_act"),
    path("bao-cao/anh/<int:pk>/", reports.photo, name="officer_report_photo"),
    path("bao-han/", warnings.show, name="officer_warnings"),
    path("lich-su/<str:code>/", history.show, name="officer_history"),
]

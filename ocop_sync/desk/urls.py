"""Addresses of the officer's desk."""

from django.urls import path

from ocop_sync.desk import held, history, reports, sources, views, warnings
from ocop_sync.desk.programme import views as programme

urlpatterns = [
    path("", views.overview, name="officer"),
    path("giu-lai/", held.queue, name="officer_held"),
    path("giu-lai/lam/", held.act_on_many, name="officer_held_act"),
    path("giu-lai/xuat/", held.export, name="officer_held_export"),
    path("giu-lai/bang-chung/<int:pk>/", held.evidence, name="officer_evidence"),
    path("giu-lai/<int:pk>/", held.show, name="officer_held_record"),
    path("giu-lai/<int:pk>/lam/", held.act, name="officer_held_record_act"),
    path("suc-khoe/", views.health, name="officer_health"),
    path("chuong-trinh/", programme.programme, name="officer_programme"),
    path("chuong-trinh/<slug:key>.csv", programme.table, name="officer_programme_table"),
    path("bao-cao/", reports.queue, name="officer_reports"),
    path("bao-cao/<int:pk>/", reports.show, name="officer_report"),
    path("bao-cao/<int:pk>/lam/", reports.act, name="officer_report_act"),
    path("bao-cao/anh/<int:pk>/", reports.photo, name="officer_report_photo"),
    path("bao-han/", warnings.show, name="officer_warnings"),
    path("nguon/", sources.overview, name="officer_sources"),
    path("nguon/chay/", sources.run, name="officer_source_run"),
    path("nguon/cho-qua/<int:pk>/", sources.let_pass, name="officer_source_release"),
    path("lich-su/<str:code>/", history.show, name="officer_history"),
]

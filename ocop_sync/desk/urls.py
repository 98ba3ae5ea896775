"""Addresses of the officer's desk."""

from django.urls import path

from ocop_sync.desk import combos, held, history, livestreams, reports, sources, views, warnings
from ocop_sync.desk.programme import views as programme
from ocop_sync.desk.synonyms import versions as synonym_versions
from ocop_sync.desk.synonyms import views as synonyms

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
    path("truc-tiep/", livestreams.overview, name="officer_livestreams"),
    path("truc-tiep/nguoi-phat/<int:pk>/", livestreams.host, name="officer_live_host"),
    path("truc-tiep/nguoi-phat/<int:pk>/rut/", livestreams.withdraw, name="officer_live_host_withdraw"),
    path("truc-tiep/<str:code>/", livestreams.show, name="officer_livestream"),
    path("truc-tiep/<str:code>/dung/", livestreams.stop, name="officer_livestream_stop"),
    path("combo/", combos.queue, name="officer_combos"),
    path("combo/<str:code>/", combos.show, name="officer_combo"),
    path("combo/<str:code>/lam/", combos.act, name="officer_combo_act"),
    path("bao-han/", warnings.show, name="officer_warnings"),
    path("nguon/", sources.overview, name="officer_sources"),
    path("nguon/chay/", sources.run, name="officer_source_run"),
    path("nguon/cho-qua/<int:pk>/", sources.let_pass, name="officer_source_release"),
    path("tu-dong-nghia/", synonyms.overview, name="officer_synonyms"),
    path("tu-dong-nghia/nhom/", synonyms.edit, name="officer_synonym_new"),
    path("tu-dong-nghia/nhom/<int:version>/<int:index>/", synonyms.edit, name="officer_synonym"),
    path("tu-dong-nghia/xem-truoc/", synonyms.try_out, name="officer_synonyms_try"),
    path("tu-dong-nghia/ap-dung/", synonyms.apply, name="officer_synonyms_apply"),
    path("tu-dong-nghia/lich-su/", synonym_versions.history, name="officer_synonym_versions"),
    path("tu-dong-nghia/lich-su/<int:number>/", synonym_versions.show, name="officer_synonym_version"),
    path("tu-dong-nghia/lich-su/<int:number>.csv", synonym_versions.export, name="officer_synonyms_export"),
    path("lich-su/<str:code>/", history.show, name="officer_history"),
]

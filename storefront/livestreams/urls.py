"""Addresses below /truc-tiep/."""

from django.urls import path, re_path

from storefront.livestreams import feeds, host, reminders, views

CODE = "(?P<code>[0-9A-Za-z]{7})"
LINK = r"(?P<token>[0-9]{1,18}\.[\w-]{1,100})"
urlpatterns = [
    path("", views.schedule, name="livestreams"),
    path("lich.ics", feeds.calendar_of_many, name="livestreams_calendar"),
    path("lich.json", feeds.json_of_many, name="livestreams_json"),
    path("cua-toi/", host.mine, name="live_host"),
    path("cua-toi/moi/", host.make, name="live_host_new"),
    re_path(rf"^cua-toi/{CODE}/$", host.edit, name="live_host_session"),
    re_path(rf"^cua-toi/{CODE}/lam/$", host.act, name="live_host_act"),
    re_path(rf"^nhac/{LINK}/$", reminders.confirm, name="reminder_confirm"),
    re_path(rf"^bo-nhac/{LINK}/$", reminders.stop, name="reminder_stop"),
    re_path(rf"^{CODE}/nhac/$", reminders.ask, name="reminder"),
    re_path(rf"^{CODE}/nhac/da-gui/$", reminders.asked, name="reminder_asked"),
    re_path(rf"^cua-toi/{CODE}/so-lieu/$", host.show_figures, name="live_host_figures"),
    re_path(rf"^cua-toi/{CODE}/so-lieu\.csv$", host.download_figures, name="live_host_csv"),
    re_path(rf"^{CODE}/luot/$", views.visit, name="livestream_visit"),
    re_path(rf"^{CODE}/su-kien/$", views.events, name="livestream_events"),
    re_path(rf"^{CODE}/lich\.ics$", feeds.calendar_of_one, name="livestream_calendar"),
    re_path(rf"^(?P<slug>[a-z0-9-]+)-{CODE}/$", views.session, name="livestream"),
]

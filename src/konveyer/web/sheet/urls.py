"""Addresses of the daily sheet."""

from django.urls import path

from konveyer.web.sheet import views

urlpatterns = [
    path("", views.sheet, name="sheet"),
    path("team/", views.team, name="sheet-team"),
    path("table.xlsx", views.table, name="sheet-xlsx"),
    path("file/", views.file, name="sheet-file"),
]

"""Addresses of the funnel."""

from django.urls import path

from konveyer.web.insight import views

urlpatterns = [
    path("", views.show, name="funnel"),
    path("table.csv", views.table, name="funnel-csv"),
]

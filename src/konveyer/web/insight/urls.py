"""Addresses of the funnel."""

from django.urls import path

from konveyer.web.insight import foretelling, handed, handing, holding, views

urlpatterns = [
    path("", views.show, name="funnel"),
    path("forecast/", foretelling.show, name="forecast"),
    path("handoffs/", handing.show, name="handoffs"),
    path("handoffs/leads/", handed.show, name="handoffs-leads"),
    path("portfolio/", holding.show, name="portfolio"),
    path("portfolio/days.csv", holding.table, name="portfolio-csv"),
    path("table.csv", views.table, name="funnel-csv"),
]

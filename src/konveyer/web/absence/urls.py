"""Addresses of the absences."""

from django.urls import path

from konveyer.web.absence import views

urlpatterns = [
    path("", views.absences, name="absences"),
    path("new/", views.new, name="absence-new"),
    path("<uuid:absence_id>/", views.absence, name="absence"),
    path("<uuid:absence_id>/back/", views.back, name="absence-back"),
    path("<uuid:absence_id>/call-off/", views.off, name="absence-off"),
]

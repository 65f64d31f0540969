"""Addresses of a person's own data."""

from django.urls import path

from konveyer.web.erasure import views

urlpatterns = [
    path("base/people/<uuid:contact_id>/erase/", views.erase, name="erase"),
    path("base/people/<uuid:contact_id>/data.zip", views.package, name="personal-data"),
]

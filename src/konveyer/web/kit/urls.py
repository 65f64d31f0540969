"""Addresses of the design system's own pages."""

from django.urls import path

from konveyer.web.kit import views

urlpatterns = [
    path("components/", views.components, name="components"),
    path("components/dialog", views.sample_dialog, name="components-dialog"),
]

"""Addresses of duplicates."""

from django.urls import path

from konveyer.web.duplicates import views

urlpatterns = [
    path("", views.duplicates, name="duplicates"),
    path("scan/", views.scan, name="duplicates-scan"),
    path("run/", views.run, name="duplicates-run"),
    path("all/", views.merge_all, name="duplicates-all"),
    path("merged/", views.merges, name="merges"),
    path("merged/<uuid:merge_id>/undo/", views.undo, name="merge-undo"),
    path("<uuid:pair_id>/", views.group, name="duplicate"),
    path("<uuid:pair_id>/apart/", views.apart, name="duplicate-apart"),
]

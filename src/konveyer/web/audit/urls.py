"""Addresses of the audit."""

from django.urls import path

from konveyer.web.audit import frames, letters, views

urlpatterns = [
    path("", views.show, name="audit"),
    path("run/", views.run, name="audit-run"),
    path("frames/", frames.show, name="audit-frames"),
    path("letter/", letters.letter, name="audit-letter"),
    path("<slug:code>/", views.one, name="audit-check"),
    path("<slug:code>/benchmark/", views.benchmark, name="audit-benchmark"),
]

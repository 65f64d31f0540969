"""Addresses of notes and files."""

from django.urls import path

from konveyer.web.notes import views

urlpatterns = [
    path("notes/<slug:kind>/<uuid:pk>/", views.notes, name="notes"),
    path("notes/<uuid:note_id>/edit/", views.edit, name="note-edit"),
    path("notes/<uuid:note_id>/remove/", views.remove, name="note-remove"),
    path("files/<slug:kind>/<uuid:pk>/", views.files, name="files"),
    path("files/<uuid:file_id>/", views.download, name="file"),
    path("files/<uuid:file_id>/remove/", views.remove_a_file, name="file-remove"),
]

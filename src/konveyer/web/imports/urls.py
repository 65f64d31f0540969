"""Addresses of imports."""

from django.urls import path

from konveyer.web.imports import drafts, views, written

urlpatterns = [
    path("", views.imports, name="imports"),
    path("<uuid:batch_id>/", views.show, name="import"),
    path("<uuid:batch_id>/rejects/", views.rejects, name="import-rejects"),
    path("<uuid:batch_id>/reading/", drafts.reading, name="import-reading"),
    path("<uuid:batch_id>/columns/", drafts.columns, name="import-columns"),
    path("<uuid:batch_id>/try/", drafts.try_out, name="import-try"),
    path("<uuid:batch_id>/rows/<int:line>/", drafts.mend, name="import-mend"),
    path("<uuid:batch_id>/withdraw/", drafts.withdraw, name="import-withdraw"),
    path("<uuid:batch_id>/write/", written.write, name="import-write"),
    path("<uuid:batch_id>/go-on/", written.go_on, name="import-go-on"),
    path("<uuid:batch_id>/undo/", written.undo, name="import-undo"),
]

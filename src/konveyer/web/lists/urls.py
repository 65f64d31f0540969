"""Addresses of views."""

from django.urls import path

from konveyer.web.lists import many, views, whole

urlpatterns = [
    path("setup/out/", whole.out, name="setup-out"),
    path("setup/out/take/", whole.take, name="setup-out-take"),
    path("lists/many/", many.latest, name="bulk-latest"),
    path("lists/many/<uuid:action_id>/", many.one, name="bulk"),
    path("lists/many/<uuid:action_id>/kept.csv", many.kept_file, name="bulk-kept"),
    path("lists/many/<uuid:action_id>/do/", many.do, name="bulk-do"),
    path("lists/many/<uuid:action_id>/back/", many.back, name="bulk-back"),
    path("lists/<slug:name>/many/", many.new, name="bulk-new"),
    path("lists/<slug:name>/views/new/", views.keep, name="view-keep"),
    path("lists/<slug:name>/usual/", views.usual, name="view-usual"),
    path("lists/views/<uuid:view_id>/", views.change, name="view-change"),
    path("lists/views/<uuid:view_id>/drop/", views.drop, name="view-drop"),
]

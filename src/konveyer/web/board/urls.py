"""Addresses of the board."""

from django.urls import path

from konveyer.web.board import views

urlpatterns = [
    path("", views.show, name="board"),
    path("column/<uuid:stage_id>/", views.column, name="board-column"),
    path("move/", views.move, name="board-move"),
    path("fold/<slug:stage>/", views.fold, name="board-fold"),
]

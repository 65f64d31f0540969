"""Addresses of one lead."""

from django.urls import path

from konveyer.web.lead import views

urlpatterns = [
    path("<uuid:lead_id>/", views.show, name="lead"),
    path("<uuid:lead_id>/move/", views.move, name="lead-move"),
    path("<uuid:lead_id>/step/", views.step_on, name="lead-step"),
    path("<uuid:lead_id>/take/", views.take_it, name="lead-take"),
    path("<uuid:lead_id>/refuse/", views.refuse_it, name="lead-refuse"),
    path("<uuid:lead_id>/hold/", views.hold_it, name="lead-hold"),
    path("<uuid:lead_id>/wake/", views.wake_it, name="lead-wake"),
    path("<uuid:lead_id>/reopen/", views.reopen_it, name="lead-reopen"),
]

"""Addresses of one lead."""

from django.urls import path

from konveyer.web.lead import changing, handing, judging, planning, touching, views

urlpatterns = [
    path("<uuid:lead_id>/", views.show, name="lead"),
    path("<uuid:lead_id>/move/", views.move, name="lead-move"),
    path("<uuid:lead_id>/step/", views.step_on, name="lead-step"),
    path("<uuid:lead_id>/take/", views.take_it, name="lead-take"),
    path("<uuid:lead_id>/refuse/", views.refuse_it, name="lead-refuse"),
    path("<uuid:lead_id>/hold/", views.hold_it, name="lead-hold"),
    path("<uuid:lead_id>/wake/", views.wake_it, name="lead-wake"),
    path("<uuid:lead_id>/reroute/", views.reroute_it, name="lead-reroute"),
    path("<uuid:lead_id>/reopen/", views.reopen_it, name="lead-reopen"),
    path("<uuid:lead_id>/touch/", touching.touch, name="lead-touch"),
    path("<uuid:lead_id>/touch/next/", touching.next_step, name="lead-touch-next"),
    path("<uuid:lead_id>/tap/<uuid:point_id>/", touching.tap_it, name="lead-tap"),
    path("<uuid:lead_id>/plan/", planning.plan, name="lead-plan"),
    path("<uuid:lead_id>/done/<uuid:task_id>/", planning.finish, name="lead-done"),
    path("<uuid:lead_id>/judge/", judging.judge_it, name="lead-judge"),
    path("<uuid:lead_id>/assign/", handing.assign_it, name="lead-assign"),
    path("<uuid:lead_id>/handoff/<uuid:handoff_id>/accept/", handing.accept, name="lead-accept"),
    path("<uuid:lead_id>/handoff/<uuid:handoff_id>/return/", handing.give_back, name="lead-return"),
    path("<uuid:lead_id>/change/", changing.change, name="lead-change"),
    path("<uuid:lead_id>/fact/<str:kind>/", changing.fact, name="lead-fact"),
    path("<uuid:lead_id>/exchange/<slug:hand>/<slug:stage>/", changing.exchange, name="lead-exchange"),
    path("<uuid:lead_id>/temperature/", changing.warmth, name="lead-warmth"),
]

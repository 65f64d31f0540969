"""Addresses of the conveyor editor."""

from django.urls import path

from konveyer.web.conveyors import criteria, draft, listing, publishing, rotation, routes, stage

ONE = "<uuid:conveyor_id>/"
urlpatterns = [
    path("", listing.conveyors, name="setup-conveyors"),
    path("new/", listing.new, name="setup-conveyor-new"),
    path(ONE, listing.conveyor, name="setup-conveyor"),
    path(f"{ONE}criteria/", criteria.criteria, name="setup-criteria"),
    path(f"{ONE}rotation/new/", rotation.rule, name="setup-rotation-new"),
    path(f"{ONE}rotation/<uuid:rule_id>/", rotation.rule, name="setup-rotation"),
    path(f"{ONE}rotation/<uuid:rule_id>/remove/", rotation.remove, name="setup-rotation-remove"),
    path(f"{ONE}retire/", publishing.retire, name="setup-conveyor-retire"),
    path(f"{ONE}revive/", publishing.revive, name="setup-conveyor-revive"),
    path(f"{ONE}draft/", draft.draft, name="setup-draft"),
    path(f"{ONE}draft/open/", draft.begin, name="setup-draft-open"),
    path(f"{ONE}draft/order/", draft.order, name="setup-draft-order"),
    path(f"{ONE}draft/drop/", draft.drop, name="setup-draft-drop"),
    path(f"{ONE}draft/publish/", publishing.publish, name="setup-draft-publish"),
    path(f"{ONE}draft/refusals/", routes.routes, name="setup-draft-refusals"),
    path(f"{ONE}draft/stages/new/", stage.stage, name="setup-stage-new"),
    path(f"{ONE}draft/stages/<str:stage_key>/", stage.stage, name="setup-stage"),
    path(f"{ONE}draft/stages/<str:stage_key>/remove/", stage.remove, name="setup-stage-remove"),
]

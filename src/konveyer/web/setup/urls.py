"""Addresses of the settings."""

from django.urls import path

from konveyer.web.setup import frames, invitations, members, moving, overview, roles, teams, tokens, webhooks

urlpatterns = [
    path("", overview.setup, name="setup"),
    path("workspace/", overview.workspace, name="setup-workspace"),
    path("members/", members.members, name="setup-members"),
    path("members/<uuid:member_id>/", members.member, name="setup-member"),
    path("members/<uuid:member_id>/deactivate/", members.deactivate, name="setup-deactivate"),
    path("members/<uuid:member_id>/reactivate/", members.reactivate, name="setup-reactivate"),
    path("members/<uuid:member_id>/frames/", frames.of_member, name="setup-member-frames"),
    path("invitations/new/", invitations.invite, name="setup-invite"),
    path("invitations/<uuid:invitation_id>/renew/", invitations.renew, name="setup-renew"),
    path("invitations/<uuid:invitation_id>/withdraw/", invitations.withdraw, name="setup-withdraw"),
    path("teams/", teams.teams, name="setup-teams"),
    path("teams/new/", teams.team, name="setup-team-new"),
    path("teams/<uuid:team_id>/", teams.team, name="setup-team"),
    path("teams/<uuid:team_id>/remove/", teams.remove, name="setup-team-remove"),
    path("roles/", roles.roles, name="setup-roles"),
    path("roles/new/", roles.role, name="setup-role-new"),
    path("roles/<uuid:role_id>/", roles.role, name="setup-role"),
    path("roles/<uuid:role_id>/remove/", roles.remove, name="setup-role-remove"),
    path("roles/<uuid:role_id>/frames/", frames.of_role, name="setup-role-frames"),
    path("frames/", frames.frames, name="setup-frames"),
    path("tokens/", tokens.tokens, name="setup-tokens"),
    path("webhooks/", webhooks.webhooks, name="setup-webhooks"),
    path("webhooks/new/", webhooks.new, name="setup-webhook-new"),
    path("webhooks/<uuid:webhook_id>/", webhooks.webhook, name="setup-webhook"),
    path("webhooks/<uuid:webhook_id>/secret/", webhooks.secret, name="setup-webhook-secret"),
    path("webhooks/<uuid:webhook_id>/test/", webhooks.test, name="setup-webhook-test"),
    path("webhooks/<uuid:webhook_id>/remove/", webhooks.remove, name="setup-webhook-remove"),
    path(
        "webhooks/<uuid:webhook_id>/log/<uuid:delivery_id>/resend/",
        webhooks.resend,
        name="setup-webhook-resend",
    ),
    path("move/", moving.move, name="setup-move"),
    path("move/download/", moving.download, name="setup-move-download"),
    path("move/apply/", moving.apply, name="setup-move-apply"),
]

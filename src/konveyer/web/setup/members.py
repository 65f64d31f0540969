"""Members: the list, one member, letting go and taking back."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from konveyer.domain.absence.operations import dismiss
from konveyer.domain.journal.queries import of_record
from konveyer.domain.staff.operations import members as operations
from konveyer.domain.staff.queries import roster
from konveyer.domain.staff.queries.find import find
from konveyer.domain.workspace.models import Member
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import clock
from konveyer.web.journal.sentences import sentences
from konveyer.web.setup.answer import attempt, done, page
from konveyer.web.setup.forms import LeaveForm, MemberForm, RolesForm, of_people, of_roles, of_teams
from konveyer.web.work import WorkRequest, work

HERE = "setup-members"


@work(Right.MEMBERS_MANAGE)
def members(request: WorkRequest) -> HttpResponse:
    """Who works here, who is invited, who was here."""
    found = roster.people(request.actor.workspace_id)
    context = {
        "people": [person for person in found if person.member.user_id],
        "unseated": [person for person in found if not person.member.user_id],
        "invitations": roster.open_invitations(request.actor.workspace_id),
        "now": clock.now(),
    }
    return page(request, "members", HERE, context)


@work(Right.MEMBERS_MANAGE)
def member(request: WorkRequest, member_id: UUID) -> HttpResponse:
    """One member. POST saves the part whose button was pressed: described, roles."""
    found = find(Member, request.actor.workspace_id, member_id)
    forms = _forms(request, found, None)
    status = 200
    if request.method == "POST":
        part = "roles" if "roles" in request.POST else "described"
        forms = _forms(request, found, part)
        act = operations.change_roles if part == "roles" else operations.change_member
        tried = attempt(
            forms[part],
            lambda **values: act(actor=request.actor, at=clock.now(), member_id=member_id, **values),
        )
        if tried.done:
            return done(request, _("Saved."), "setup-member", member_id)
        status = tried.status
    return _page(request, member_id, forms, status)


@require_POST
@work(Right.MEMBERS_MANAGE)
def deactivate(request: WorkRequest, member_id: UUID) -> HttpResponse:
    """Let him go. Open work without a successor comes back as a question: who takes it?"""
    found = find(Member, request.actor.workspace_id, member_id)
    forms = _forms(request, found, "leave")
    tried = attempt(
        forms["leave"],
        lambda successor: _let_go(request, member_id, successor),
    )
    if tried.done:
        return done(request, _("Let go. His sessions ended and his tokens are revoked."), HERE)
    return _page(request, member_id, forms, tried.status)


def _let_go(request: WorkRequest, member_id: UUID, successor: str) -> None:
    shared = successor == "share"
    dismiss(
        actor=request.actor, at=clock.now(), member_id=member_id, rule="share" if shared else "member",
        to=None if shared or not successor else UUID(successor),
    )  # fmt: skip


@require_POST
@work(Right.MEMBERS_MANAGE)
def reactivate(request: WorkRequest, member_id: UUID) -> HttpResponse:
    """Take him back."""
    operations.reactivate(actor=request.actor, at=clock.now(), member_id=member_id)
    return done(request, _("He is back, in his former roles."), "setup-member", member_id)


def _forms(request: WorkRequest, found: Member, sent: str | None) -> dict[str, Any]:
    workspace_id = request.actor.workspace_id
    people = of_people(roster.people(workspace_id), but=found.pk)
    data = {part: request.POST if part == sent else None for part in ("described", "roles", "leave")}
    initial = {name: getattr(found, name) for name in ("name", "timezone", "team_id", "deputy_id")}
    return {
        "described": MemberForm(
            data["described"],
            initial=initial,
            zone=found.timezone,
            workspace_zone=request.workspace.timezone,
            people=people,
            teams=of_teams(row.team for row in roster.teams(workspace_id)),
        ),
        "roles": RolesForm(
            data["roles"],
            initial={"role_ids": [str(role.pk) for role in found.roles.all()]},
            roles=of_roles(roster.roles(workspace_id)),
        ),
        "leave": LeaveForm(data["leave"], people=people),
    }


def _page(request: WorkRequest, member_id: UUID, forms: dict[str, Any], status: int) -> HttpResponse:
    person = roster.people(request.actor.workspace_id, member_id=member_id)[0]
    context = {
        "person": person,
        "forms": forms,
        "oneself": member_id == request.actor.member_id,
        "lines": sentences(
            request.actor.workspace_id, of_record(request.actor.workspace_id, member_id, limit=20)
        ),
    }
    return page(request, "member", HERE, context, status)

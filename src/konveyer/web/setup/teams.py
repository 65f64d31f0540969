"""Teams."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from konveyer.domain.staff.operations import teams as operations
from konveyer.domain.staff.queries import roster
from konveyer.domain.staff.queries.find import find
from konveyer.domain.workspace.models import Team
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import clock
from konveyer.web.setup.answer import attempt, done, page
from konveyer.web.setup.forms import TeamForm, of_people
from konveyer.web.work import WorkRequest, work

HERE = "setup-teams"


@work(Right.MEMBERS_MANAGE)
def teams(request: WorkRequest) -> HttpResponse:
    """Teams with their heads and people."""
    return page(request, "teams", HERE, {"teams": roster.teams(request.actor.workspace_id)})


@work(Right.MEMBERS_MANAGE)
def team(request: WorkRequest, team_id: UUID | None = None) -> HttpResponse:
    """A new team, or one to change."""
    workspace_id = request.actor.workspace_id
    initial = {}
    if team_id:
        row = find(Team, workspace_id, team_id)
        inside = [found for found in roster.teams(workspace_id) if found.team.pk == team_id]
        people = [str(member.pk) for found in inside for member in found.members]
        initial = {"name": row.name, "head_id": row.head_id, "member_ids": people}
    form = TeamForm(request.POST or None, initial=initial, people=of_people(roster.people(workspace_id)))
    status = 200
    if request.method == "POST":
        tried = attempt(
            form,
            lambda **values: operations.save_team(
                actor=request.actor, at=clock.now(), team_id=team_id, **values
            ),
        )
        if tried.done:
            return done(request, gettext_lazy("Saved."), HERE)
        status = tried.status
    title = initial["name"] if initial else _("New team")
    return page(request, "form", HERE, {"form": form, "title": title}, status)


@require_POST
@work(Right.MEMBERS_MANAGE)
def remove(request: WorkRequest, team_id: UUID) -> HttpResponse:
    """Dissolve it; its people stay."""
    operations.remove_team(actor=request.actor, at=clock.now(), team_id=team_id)
    return done(request, gettext_lazy("The team is dissolved; its people stay, without a team."), HERE)

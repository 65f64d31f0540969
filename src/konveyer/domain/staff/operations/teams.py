"""Changing teams: members with a head, whose records the view "team" takes in."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from konveyer.domain.journal.operations import changes, record
from konveyer.domain.staff.queries.find import find
from konveyer.domain.workspace.models import Invitation, Member, Team
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import Invalid


def save_team(
    *,
    actor: Actor,
    at: datetime,
    name: str,
    member_ids: Collection[UUID],
    head_id: UUID | None = None,
    team_id: UUID | None = None,
) -> Team:
    """Make a team, or set name, head and people of one. A member stands in one team: he leaves his former one.

    Raises Invalid for a name that is empty or taken, NotFound for members who are not here.
    """
    actor.require(Right.MEMBERS_MANAGE)
    workspace_id = actor.workspace_id
    team = find(Team, workspace_id, team_id, lock=True) if team_id else Team(workspace_id=workspace_id)
    _check(workspace_id, name, team_id)
    people = [find(Member, workspace_id, member_id) for member_id in set(member_ids)]
    head = find(Member, workspace_id, head_id) if head_id else None
    before = _state(team) if team_id else {}
    team.name, team.head = name.strip(), head
    team.save()
    Member.objects.filter(workspace_id=workspace_id, team=team).exclude(
        pk__in=[member.pk for member in people]
    ).update(team=None)
    Member.objects.filter(workspace_id=workspace_id, pk__in=[member.pk for member in people]).update(
        team=team
    )
    was, became = changes(before, _state(team))
    if became:
        record(
            actor=actor, at=at, subject="team", subject_id=team.pk,
            action="changed" if team_id else "created", before=was if team_id else None, after=became,
        )  # fmt: skip
    return team


def remove_team(*, actor: Actor, at: datetime, team_id: UUID) -> None:
    """Dissolve a team; its people stay, without a team."""
    actor.require(Right.MEMBERS_MANAGE)
    team = find(Team, actor.workspace_id, team_id, lock=True)
    before = _state(team)
    Member.objects.filter(workspace_id=actor.workspace_id, team=team).update(team=None)
    Invitation.objects.filter(workspace_id=actor.workspace_id, team=team).update(team=None)
    Team.objects.filter(workspace_id=actor.workspace_id, pk=team_id).delete()
    record(actor=actor, at=at, subject="team", subject_id=team_id, action="removed", before=before)


def _state(team: Team) -> dict[str, object]:
    people = Member.objects.filter(workspace_id=team.workspace_id, team=team).values_list("id", flat=True)
    return {
        "name": team.name,
        "head": str(team.head_id or ""),
        "members": sorted(str(member_id) for member_id in people),
    }


def _check(workspace_id: UUID, name: str, team_id: UUID | None) -> None:
    if not name.strip() or len(name) > 120:
        raise Invalid("name", _("A team needs a name of at most 120 letters."), fields={"name": "invalid"})
    namesakes = Team.objects.filter(workspace_id=workspace_id, name=name.strip())
    if any(team.pk != team_id for team in namesakes):
        raise Invalid(
            "team_taken",
            _("There is a team with this name already. Choose another name."),
            fields={"name": "taken"},
        )

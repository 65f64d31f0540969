"""The list of members and roles as the settings show them."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from konveyer.domain.workspace.models import Invitation, Member, MemberRole, Role, Team


@dataclass
class Person:
    """A member with what the settings show of him."""

    member: Member
    email: str
    roles: list[Role] = field(default_factory=list)
    team: str = ""
    deputy: str = ""
    last_login: datetime | None = None

    @property
    def away(self) -> date | None:
        return self.member.away_until


def people(workspace_id: UUID, *, member_id: UUID | None = None) -> list[Person]:
    """Members by name, those who left last; with `member_id` that one alone. Two queries."""
    rows = Member.objects.filter(workspace_id=workspace_id).select_related("user", "team", "deputy")
    if member_id:
        rows = rows.filter(pk=member_id)
    found = {
        row.pk: Person(
            row,
            row.user.email if row.user else "",
            team=row.team.name if row.team else "",
            deputy=row.deputy.name if row.deputy else "",
            last_login=row.user.last_login if row.user else None,
        )
        for row in rows.order_by("-active", "name_key", "id")
    }
    held = MemberRole.objects.filter(workspace_id=workspace_id, member_id__in=list(found)).select_related(
        "role"
    )
    for row in held.order_by("role__position"):
        found[row.member_id].roles.append(row.role)
    return list(found.values())


def roles(workspace_id: UUID) -> list[Role]:
    """Roles in the order of the conveyor."""
    return list(Role.objects.filter(workspace_id=workspace_id).order_by("position", "name", "id"))


def holders(workspace_id: UUID) -> Counter[UUID]:
    """How many active members hold each role."""
    rows = MemberRole.objects.filter(workspace_id=workspace_id, member__active=True)
    return Counter(rows.values_list("role_id", flat=True))


@dataclass
class TeamRow:
    """A team with its people."""

    team: Team
    head: Member | None
    members: Sequence[Member]


def teams(workspace_id: UUID) -> list[TeamRow]:
    """Teams by name with head and active members. Two queries."""
    of_team: dict[UUID | None, list[Member]] = defaultdict(list)
    rows = Member.objects.filter(workspace_id=workspace_id, active=True, team__isnull=False)
    for member in rows.order_by("name_key", "id"):
        of_team[member.team_id].append(member)
    found = Team.objects.filter(workspace_id=workspace_id).select_related("head").order_by("name", "id")
    return [TeamRow(team, team.head, of_team[team.pk]) for team in found]


def open_invitations(workspace_id: UUID) -> list[Invitation]:
    """Invitations neither accepted nor withdrawn, newest first; those past their day too."""
    rows = Invitation.objects.filter(
        workspace_id=workspace_id, accepted_at__isnull=True, withdrawn_at__isnull=True
    )
    return list(rows.select_related("invited_by", "team").order_by("-created_at", "-id"))

"""Reads about workspaces and members."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from konveyer.domain.workspace.models import Member, Team, Workspace
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.member_keys import unique_keys
from konveyer.domain.workspace.rules.rights import View, widest


@dataclass(frozen=True)
class Seat:
    """A place of a user in a workspace."""

    workspace_id: UUID
    member_id: UUID
    slug: str
    workspace_name: str
    member_name: str


def seats(user_id: UUID) -> list[Seat]:
    """The workspaces a user may enter, by name. Needs no workspace to be entered."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select workspace_id, member_id, slug, name, member_name from seats_of_user(%s)", [user_id]
        )
        return [Seat(*row) for row in cursor.fetchall()]


_WORKSPACE = [field.attname for field in Workspace._meta.concrete_fields]
_ACTOR = """
    coalesce(array_agg(distinct r) filter (where r is not null), '{}'),
    coalesce(array_agg(distinct role.view) filter (where role.view is not null), '{}'),
    coalesce(array_agg(distinct role.id) filter (where role.id is not null), '{}'),
    (select f.text from frame f where f.workspace_id = %(w)s and f.member_id = %(m)s and f.kind = 'view'),
    (select array_agg(other.id) from member me join team on team.workspace_id = me.workspace_id
        and (team.id = me.team_id or team.head_id = me.id)
        join member other on other.workspace_id = me.workspace_id and other.team_id = team.id
      where me.workspace_id = %(w)s and me.id = %(m)s)
  from workspace w
  left join member_role mr on mr.workspace_id = w.id and mr.member_id = %(m)s
  left join role on role.workspace_id = mr.workspace_id and role.id = mr.role_id
  left join lateral unnest(role.rights) r on true
 where w.id = %(w)s
 group by w.id
"""


def actor_of(member_id: UUID, workspace_id: UUID, *, by: str = "member") -> Actor:
    """The member as an actor: rights and widest view over all his roles, then his own frame. One query."""
    with connection.cursor() as cursor:
        cursor.execute(f"select {_ACTOR}", {"w": workspace_id, "m": member_id})
        found = cursor.fetchone()
    return _actor(workspace_id, member_id, by, found or ([], [], [], None, None))


def workplace(member_id: UUID, workspace_id: UUID) -> tuple[Workspace, Actor]:
    """The workspace and the member as an actor in it: what every request of a signed-in member begins with. One query."""
    names = ", ".join(f"w.{name}" for name in _WORKSPACE)
    with connection.cursor() as cursor:
        cursor.execute(f"select {names}, {_ACTOR}", {"w": workspace_id, "m": member_id})
        row = cursor.fetchone()
    if row is None:
        raise Workspace.DoesNotExist(workspace_id)
    split = len(_WORKSPACE)
    workspace = Workspace.from_db(connection.alias, _WORKSPACE, row[:split])
    return workspace, _actor(workspace_id, member_id, "member", row[split:])


def _actor(workspace_id: UUID, member_id: UUID, by: str, found: Sequence[Any]) -> Actor:
    rights, views, roles, framed, team = found
    view = View(framed) if framed else widest([View(v) for v in views])
    seen = {
        View.ALL: None,
        View.TEAM: frozenset({member_id, *(team or ())}),
        View.OWN: frozenset({member_id}),
    }[view]
    return Actor(workspace_id, member_id, by, frozenset(rights), view, seen, frozenset(roles))


def only_workspace(slug: str | None = None) -> Workspace | None:
    """The workspace of that slug; without one, the only workspace there is. None when there is none or a choice."""
    found = list(Workspace.objects.filter(slug=slug) if slug else Workspace.objects.all()[:2])
    return found[0] if len(found) == 1 else None


def members(workspace_id: UUID, *, active: bool = True) -> list[Member]:
    """Members by name."""
    rows = Member.objects.filter(workspace_id=workspace_id).order_by("name_key", "id")
    return list(rows.filter(active=True, user__isnull=False) if active else rows)


def member_names(workspace_id: UUID) -> list[tuple[UUID, str]]:
    """The same as choices: ids and names."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select id, name from member where workspace_id = %s and active and user_id is not null order by name_key, id",
            [workspace_id],
        )
        return [(pk, name) for pk, name in cursor.fetchall()]


def members_in_role(workspace_id: UUID, role_id: UUID) -> list[Member]:
    """Active members who hold a role, by name."""
    rows = Member.objects.filter(workspace_id=workspace_id, active=True, roles=role_id)
    return list(rows.order_by("name_key", "id"))


def member_keys(workspace_id: UUID) -> dict[UUID, str]:
    """Every member's key in reports and filters: the key from outside, else the name; unique."""
    rows = Member.objects.filter(workspace_id=workspace_id).order_by("created_at", "id")
    return unique_keys(rows.values_list("id", "external_key", "name"))


def team_of(workspace_id: UUID, member_id: UUID) -> frozenset[UUID]:
    """The member and those who share a team with him or whom he heads."""
    teams = Team.objects.filter(workspace_id=workspace_id).filter(
        Q(head_id=member_id) | Q(pk__in=Member.objects.filter(pk=member_id).values("team_id"))
    )
    rows = Member.objects.filter(workspace_id=workspace_id, team_id__in=teams.values("pk"))
    return frozenset({member_id, *rows.values_list("pk", flat=True)})

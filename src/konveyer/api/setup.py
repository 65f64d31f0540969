"""Settings: the workspace, roles, teams, frames."""

from typing import Literal
from uuid import UUID

from ninja import Router, Schema, Status

from konveyer.api.auth import ApiRequest
from konveyer.api.shapes import Given, Name, Ref, Short, ref
from konveyer.domain.staff.operations import frames, roles, teams
from konveyer.domain.staff.operations.workspace import change_workspace
from konveyer.domain.staff.queries import roster
from konveyer.domain.staff.queries.frames import all_frames
from konveyer.domain.workspace.models import Role, Workspace
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import clock

router = Router(tags=["settings"])


class WorkspaceOut(Schema):
    """The workspace's own settings."""

    id: UUID
    slug: str
    name: str
    language: str
    currency: str
    timezone: str
    team_size: str
    talk_seconds: int


class WorkspaceIn(Given):
    """Everything but the currency, in which amounts are written."""

    name: Name
    language: Literal["ru", "en"]
    timezone: Short
    team_size: Literal["1", "2-5", "6+"]
    talk_seconds: int


class RoleOut(Schema):
    """A role: rights and whose records it sees."""

    id: UUID
    code: str
    name: str
    rights: list[str]
    view: str
    members: int


class RoleIn(Given):
    """Name, rights, view."""

    name: Name
    rights: list[str]
    view: Literal["own", "team", "all"] = "own"


class TeamOut(Schema):
    """A team with its people."""

    id: UUID
    name: str
    head: Ref | None
    members: list[Ref]


class TeamIn(Given):
    """Name, head, people; a member stands in one team."""

    name: Name
    head_id: UUID | None = None
    member_ids: list[UUID] = []


class FrameOut(Schema):
    """A limit of a role or of one member."""

    kind: str
    value: str
    role_id: UUID | None
    member_id: UUID | None
    holder: str


class FrameIn(Given):
    """One of role and member, a kind, a value; an empty value takes the frame away."""

    kind: Literal["discount_percent", "open_leads", "hours", "daily_calls", "export", "view"]
    value: Short
    role_id: UUID | None = None
    member_id: UUID | None = None


@router.get("/workspace", response=WorkspaceOut, summary="The workspace")
def get_workspace(request: ApiRequest) -> Workspace:
    """Name, language, currency, zone."""
    return request.workspace


@router.put("/workspace", response=WorkspaceOut, summary="Change the workspace")
def put_workspace(request: ApiRequest, body: WorkspaceIn) -> Workspace:
    """A new zone rebuilds the stored local days at once."""
    return change_workspace(actor=request.actor, at=clock.now(), **body.dict())


@router.get("/roles", response=list[RoleOut], summary="Roles")
def list_roles(request: ApiRequest) -> list[RoleOut]:
    """In the order of the conveyor, with how many active members hold each."""
    held = roster.holders(request.actor.workspace_id)
    return [_role(row, held[row.pk]) for row in roster.roles(request.actor.workspace_id)]


@router.post("/roles", response={201: RoleOut}, summary="Add a role")
def post_role(request: ApiRequest, body: RoleIn) -> Status[RoleOut]:
    """Nobody gives rights that he does not hold."""
    return Status(201, _role(roles.add_role(actor=request.actor, at=clock.now(), **body.dict()), 0))


@router.put("/roles/{uuid:role_id}", response=RoleOut, summary="Change a role")
def put_role(request: ApiRequest, role_id: UUID, body: RoleIn) -> RoleOut:
    """The owner's role always keeps every right."""
    row = roles.change_role(actor=request.actor, at=clock.now(), role_id=role_id, **body.dict())
    return _role(row, roster.holders(request.actor.workspace_id)[row.pk])


@router.delete("/roles/{uuid:role_id}", response={204: None}, summary="Remove a role")
def delete_role(request: ApiRequest, role_id: UUID) -> Status[None]:
    """Only one that nobody holds and no stage names."""
    roles.remove_role(actor=request.actor, at=clock.now(), role_id=role_id)
    return Status(204, None)


@router.get("/teams", response=list[TeamOut], summary="Teams")
def list_teams(request: ApiRequest) -> list[TeamOut]:
    """By name, with head and active members."""
    return [_team(row) for row in roster.teams(request.actor.workspace_id)]


@router.post("/teams", response={201: TeamOut}, summary="Make a team")
def post_team(request: ApiRequest, body: TeamIn) -> Status[TeamOut]:
    """Its people leave their former teams."""
    team = teams.save_team(actor=request.actor, at=clock.now(), **body.dict())
    return Status(201, _one_team(request, team.pk))


@router.put("/teams/{uuid:team_id}", response=TeamOut, summary="Change a team")
def put_team(request: ApiRequest, team_id: UUID, body: TeamIn) -> TeamOut:
    """Name, head and people as given."""
    teams.save_team(actor=request.actor, at=clock.now(), team_id=team_id, **body.dict())
    return _one_team(request, team_id)


@router.delete("/teams/{uuid:team_id}", response={204: None}, summary="Dissolve a team")
def delete_team(request: ApiRequest, team_id: UUID) -> Status[None]:
    """Its people stay, without a team."""
    teams.remove_team(actor=request.actor, at=clock.now(), team_id=team_id)
    return Status(204, None)


@router.get("/frames", response=list[FrameOut], summary="Frames")
def list_frames(request: ApiRequest) -> list[FrameOut]:
    """All limits, of roles and of members."""
    request.actor.require(Right.MEMBERS_MANAGE)
    return [
        FrameOut(
            kind=row.kind,
            value=str(row.value),
            role_id=row.role_id,
            member_id=row.member_id,
            holder=row.holder,
        )
        for row in all_frames(request.actor.workspace_id)
    ]


@router.put("/frames", response={204: None}, summary="Set a frame")
def put_frame(request: ApiRequest, body: FrameIn) -> Status[None]:
    """The member's own frame wins over those of his roles."""
    frames.set_frame(actor=request.actor, at=clock.now(), **body.dict())
    return Status(204, None)


def _role(row: Role, members: int) -> RoleOut:
    return RoleOut(id=row.pk, code=row.code, name=row.name, rights=row.rights, view=row.view, members=members)


def _one_team(request: ApiRequest, team_id: UUID) -> TeamOut:
    return next(_team(row) for row in roster.teams(request.actor.workspace_id) if row.team.pk == team_id)


def _team(row: roster.TeamRow) -> TeamOut:
    return TeamOut(
        id=row.team.pk,
        name=row.team.name,
        head=ref(row.head),
        members=[Ref(id=member.pk, name=member.name) for member in row.members],
    )

"""Members, and what is done with them. Everybody who uses the API sees the names; managing needs members.manage."""

from datetime import datetime
from uuid import UUID

from ninja import Router, Schema, Status

from konveyer.api.auth import ApiRequest
from konveyer.api.shapes import Day, Given, Name, Ref, ref
from konveyer.domain.absence.operations import dismiss
from konveyer.domain.staff.operations import invitations, members
from konveyer.domain.staff.queries import roster
from konveyer.domain.staff.queries.find import find
from konveyer.domain.workspace.models import Invitation, Member
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import clock

router = Router(tags=["members"])


class MemberOut(Schema):
    """A member. `email` is shown to who manages members."""

    id: UUID
    name: str
    email: str | None
    active: bool
    can_sign_in: bool
    roles: list[str]
    team: Ref | None
    deputy: Ref | None
    timezone: str
    away_until: Day | None


class MemberIn(Given):
    """What is known of a member; left out = empty."""

    name: Name
    team_id: UUID | None = None
    deputy_id: UUID | None = None
    timezone: str = ""


class RolesIn(Given):
    """The roles that the member is to hold, all of them."""

    role_ids: list[UUID]


class LeaveIn(Given):
    """Who takes the open work over; without one, open work holds the member back."""

    successor_id: UUID | None = None


class InvitationOut(Schema):
    """An offer of a place."""

    id: UUID
    email: str
    name: str
    roles: list[str]
    team: Ref | None
    invited_by: str
    created_at: datetime
    expires_at: datetime


class InvitationIn(Given):
    """Whom to invite, into which roles."""

    email: str
    name: Name
    role_ids: list[UUID]
    team_id: UUID | None = None


class InvitationMade(InvitationOut):
    """The offer with the secret of its link: /sign-in/invitation/SECRET/. It is shown only here."""

    secret: str


@router.get("/members", response=list[MemberOut], summary="Members by name")
def list_members(request: ApiRequest) -> list[MemberOut]:
    """Everybody of ours, those who left last, also people known only from imported lists."""
    return [_shape(request, person) for person in roster.people(request.actor.workspace_id)]


@router.get("/members/{uuid:member_id}", response=MemberOut, summary="One member")
def get_member(request: ApiRequest, member_id: UUID) -> MemberOut:
    """The member with roles, team and deputy."""
    find(Member, request.actor.workspace_id, member_id)
    return _shape(request, roster.people(request.actor.workspace_id, member_id=member_id)[0])


@router.put("/members/{uuid:member_id}", response=MemberOut, summary="Describe a member")
def put_member(request: ApiRequest, member_id: UUID, body: MemberIn) -> MemberOut:
    """Name, team, deputy, zone. Absences have resources of their own."""
    members.change_member(actor=request.actor, at=clock.now(), member_id=member_id, **body.dict())
    return get_member(request, member_id)


@router.put("/members/{uuid:member_id}/roles", response=MemberOut, summary="Give roles")
def put_roles(request: ApiRequest, member_id: UUID, body: RolesIn) -> MemberOut:
    """Nobody gives rights that he does not hold; an active owner always remains."""
    members.change_roles(actor=request.actor, at=clock.now(), member_id=member_id, role_ids=body.role_ids)
    return get_member(request, member_id)


@router.post("/members/{uuid:member_id}/deactivate", response=MemberOut, summary="Let a member go")
def deactivate(request: ApiRequest, member_id: UUID, body: LeaveIn) -> MemberOut:
    """Sessions end, tokens are revoked; open work passes to the successor, or refuses with 409 and its counts."""
    dismiss(actor=request.actor, at=clock.now(), member_id=member_id, to=body.successor_id)
    return get_member(request, member_id)


@router.post("/members/{uuid:member_id}/reactivate", response=MemberOut, summary="Take a member back")
def reactivate(request: ApiRequest, member_id: UUID) -> MemberOut:
    """With the roles he had; his tokens stay revoked."""
    members.reactivate(actor=request.actor, at=clock.now(), member_id=member_id)
    return get_member(request, member_id)


@router.get("/invitations", response=list[InvitationOut], summary="Open invitations")
def list_invitations(request: ApiRequest) -> list[InvitationOut]:
    """Neither accepted nor withdrawn, newest first."""
    request.actor.require(Right.MEMBERS_MANAGE)
    return [_offer(row) for row in roster.open_invitations(request.actor.workspace_id)]


@router.post("/invitations", response={201: InvitationMade}, summary="Invite somebody")
def post_invitation(request: ApiRequest, body: InvitationIn) -> Status[InvitationMade]:
    """The answer holds the secret of the link; no letter is sent from here."""
    made = invitations.invite(actor=request.actor, at=clock.now(), **body.dict())
    return Status(201, InvitationMade(**_offer(made.invitation).dict(), secret=made.secret))


@router.delete("/invitations/{uuid:invitation_id}", response={204: None}, summary="Withdraw an invitation")
def delete_invitation(request: ApiRequest, invitation_id: UUID) -> Status[None]:
    """The link stops working."""
    invitations.withdraw(actor=request.actor, at=clock.now(), invitation_id=invitation_id)
    return Status(204, None)


def _shape(request: ApiRequest, person: roster.Person) -> MemberOut:
    member = person.member
    return MemberOut(
        id=member.pk,
        name=member.name,
        email=person.email if request.actor.may(Right.MEMBERS_MANAGE) else None,
        active=member.active,
        can_sign_in=member.active and member.user_id is not None,
        roles=[role.code for role in person.roles],
        team=ref(member.team),
        deputy=ref(member.deputy),
        timezone=member.timezone,
        away_until=member.away_until,
    )


def _offer(row: Invitation) -> InvitationOut:
    return InvitationOut(
        id=row.pk,
        email=row.email,
        name=row.name,
        roles=row.role_codes,
        team=ref(row.team),
        invited_by=row.invited_by.name,
        created_at=row.created_at,
        expires_at=row.expires_at,
    )

"""Inviting people, and their coming in. The link is shown once, works once, and ends after a week."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from konveyer.domain.journal.operations import record
from konveyer.domain.staff.events import MemberJoined
from konveyer.domain.staff.queries.find import find
from konveyer.domain.staff.rules.authority import require_grantable
from konveyer.domain.staff.rules.secrets import new_secret
from konveyer.domain.workspace.models import Invitation, Member, MemberRole, Role, Team, User
from konveyer.domain.workspace.rules.actor import Actor, for_workspace
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.events import publish
from konveyer.kit.refusal import Invalid, NotFound, Refused
from konveyer.kit.text import sort_key

LASTS = timedelta(days=7)


@dataclass(frozen=True)
class Invited:
    """The invitation and the secret of its link, which is nowhere else."""

    invitation: Invitation
    secret: str


def invite(
    *,
    actor: Actor,
    at: datetime,
    email: str,
    name: str,
    role_ids: Collection[UUID],
    team_id: UUID | None = None,
) -> Invited:
    """Offer somebody a place. A former open invitation of the same address ends.

    Raises Invalid for a wrong address, no name, no role, or somebody who works here; Forbidden when a role
    reaches beyond the actor's rights.
    """
    actor.require(Right.MEMBERS_MANAGE)
    address = _address(actor.workspace_id, email)
    if not name.strip() or len(name) > 200:
        raise Invalid("name", _("A member needs a name of at most 200 letters."), fields={"name": "invalid"})
    roles = [find(Role, actor.workspace_id, role_id) for role_id in set(role_ids)]
    if not roles:
        raise Invalid("no_role", _("A member needs at least one role."), fields={"roles": "empty"})
    for role in roles:
        require_grantable(actor, role.rights, role.view)
    team = find(Team, actor.workspace_id, team_id) if team_id else None
    inviter = find(Member, actor.workspace_id, actor.member_id) if actor.member_id else None
    if inviter is None:
        raise Refused("nobody", _("Only a member can do this."))
    _open(actor.workspace_id).filter(email=address).update(withdrawn_at=at)
    secret = new_secret()
    invitation = Invitation.objects.create(
        workspace_id=actor.workspace_id,
        email=address,
        name=name.strip(),
        role_codes=sorted(role.code for role in roles),
        team=team,
        token_hash=secret.hash,
        invited_by=inviter,
        created_at=at,
        expires_at=at + LASTS,
    )
    record(
        actor=actor, at=at, subject="invitation", subject_id=invitation.pk, action="created",
        after={"email": address, "roles": invitation.role_codes},
    )  # fmt: skip
    return Invited(invitation, secret.text)


def renew(*, actor: Actor, at: datetime, invitation_id: UUID) -> Invited:
    """A new link for another week; the former one stops working. Raises Refused when it was used or withdrawn."""
    actor.require(Right.MEMBERS_MANAGE)
    invitation = find(Invitation, actor.workspace_id, invitation_id, lock=True)
    if invitation.accepted_at or invitation.withdrawn_at:
        raise Refused("invitation_over", _("This invitation was used or withdrawn. Invite again."))
    for role in Role.objects.filter(workspace_id=actor.workspace_id, code__in=invitation.role_codes):
        require_grantable(actor, role.rights, role.view)
    secret = new_secret()
    invitation.token_hash, invitation.expires_at = secret.hash, at + LASTS
    invitation.save(update_fields=["token_hash", "expires_at"])
    record(actor=actor, at=at, subject="invitation", subject_id=invitation.pk, action="renewed")
    return Invited(invitation, secret.text)


def withdraw(*, actor: Actor, at: datetime, invitation_id: UUID) -> None:
    """Take an offer back; its link stops working."""
    actor.require(Right.MEMBERS_MANAGE)
    invitation = find(Invitation, actor.workspace_id, invitation_id, lock=True)
    if invitation.accepted_at or invitation.withdrawn_at:
        return
    invitation.withdrawn_at = at
    invitation.save(update_fields=["withdrawn_at"])
    record(actor=actor, at=at, subject="invitation", subject_id=invitation.pk, action="withdrawn")


def accept(
    *,
    invitation_id: UUID,
    at: datetime,
    user_id: UUID | None = None,
    password: str = "",
    name: str = "",
    language: str = "ru",
) -> Member:
    """Take the place: as the signed-in account `user_id`, or as a new account with `password`.

    Works once. Raises NotFound when the link is used, withdrawn or past its day; Refused when the account is
    another one than was invited, or the address has an account whose owner must sign in first; Invalid for a
    weak password.
    """
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("workspace")
        .filter(pk=invitation_id)
        .first()
    )
    if invitation is None or invitation.accepted_at or invitation.withdrawn_at or invitation.expires_at <= at:
        raise NotFound("invitation_over", _("This invitation is over. Ask for a new one."))
    user = _account(invitation, user_id, password, language)
    member = _seat(invitation, user, name, at)
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    actor = for_workspace(invitation.workspace_id, "member", member.pk)
    record(
        actor=actor, at=at, subject="member", subject_id=member.pk, action="joined",
        after={"name": member.name, "roles": invitation.role_codes},
    )  # fmt: skip
    publish(MemberJoined(actor, member.pk, at))
    return member


def _account(invitation: Invitation, user_id: UUID | None, password: str, language: str) -> User:
    known: User | None = User.objects.filter(email=invitation.email).first()
    if known:
        if known.pk != user_id:
            raise Refused(
                "sign_in_first",
                _("This address has an account already. Sign in with it to accept the invitation."),
            )
        return known
    if user_id:
        raise Refused(
            "another_account", _("You are signed in as somebody else. Sign out to accept this invitation.")
        )
    try:
        validate_password(password, User(email=invitation.email))
    except ValidationError as error:
        raise Invalid(
            "password_weak", " ".join(error.messages), fields={"password": error.messages}
        ) from error
    user: User = User.objects.create_user(invitation.email, password, language=language)
    return user


def _seat(invitation: Invitation, user: User, name: str, at: datetime) -> Member:
    if Member.objects.filter(workspace_id=invitation.workspace_id, user=user).exists():
        raise Refused("member_already", _("You are a member of this workspace already."))
    shown = name.strip()[:200] or invitation.name
    member = Member.objects.create(
        workspace_id=invitation.workspace_id,
        user=user,
        name=shown,
        name_key=sort_key(shown),
        team_id=invitation.team_id,
        created_at=at,
    )
    roles = Role.objects.filter(workspace_id=invitation.workspace_id, code__in=invitation.role_codes)
    MemberRole.objects.bulk_create(
        MemberRole(workspace_id=invitation.workspace_id, member=member, role=role) for role in roles
    )
    return member


def _open(workspace_id: UUID) -> "QuerySet[Invitation]":
    return Invitation.objects.filter(
        workspace_id=workspace_id, accepted_at__isnull=True, withdrawn_at__isnull=True
    )


def _address(workspace_id: UUID, email: str) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise Invalid("email", _("This is not an e-mail address."), fields={"email": "invalid"}) from error
    member = Member.objects.filter(workspace_id=workspace_id, user__email=address).first()
    if member:
        text = (
            _("This person works here already.")
            if member.active
            else _("This person worked here before. Take him back in the list of members.")
        )
        raise Invalid("member_already", text, fields={"email": "taken"})
    return address

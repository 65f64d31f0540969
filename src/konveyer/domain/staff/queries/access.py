"""Who stands behind a token or a link. The two lookups by hash need no workspace to be entered."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import connection

from konveyer.domain.staff.rules.secrets import digest
from konveyer.domain.workspace.models import AccessToken, Invitation, User
from konveyer.domain.workspace.queries import actor_of
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.rows import only


@dataclass(frozen=True)
class Pointer:
    """Where a secret leads: a row of a workspace still to be entered."""

    workspace_id: UUID
    row_id: UUID


def find_token(text: str) -> Pointer | None:
    """The personal token with this text, valid or not."""
    return _lookup("select workspace_id, token_id from workspace_of_token(%s)", text)


def find_invitation(text: str) -> Pointer | None:
    """The invitation behind this link, open or not."""
    return _lookup("select workspace_id, invitation_id from workspace_of_invitation(%s)", text)


def _lookup(sql: str, text: str) -> Pointer | None:
    with connection.cursor() as cursor:
        cursor.execute(sql, [digest(text)])
        row = cursor.fetchone()
    return Pointer(*row) if row else None


@dataclass(frozen=True)
class Bearer:
    """A valid token at work: the actor within its scopes and the member's name."""

    token_id: UUID
    actor: Actor
    member_name: str
    language: str


def bearer(token_id: UUID, *, at: datetime) -> Bearer | None:
    """Whom the token speaks for; None when it is revoked, past its day, or its member may not use the API (any more)."""
    token = only(AccessToken.objects.filter(pk=token_id).select_related("member__user"))
    if token is None or token.revoked_at or (token.expires_at and token.expires_at <= at):
        return None
    member = token.member
    if not member.active or member.user is None or not member.user.is_active:
        return None
    actor = actor_of(member.pk, token.workspace_id, by="api")
    if Right.API_USE not in actor.rights:
        return None
    scoped = replace(actor, rights=actor.rights & set(token.scopes))
    return Bearer(token.pk, scoped, member.name, member.user.language)


def tokens(workspace_id: UUID, member_id: UUID | None = None) -> list[AccessToken]:
    """Tokens not revoked, of one member or of all, newest first."""
    rows = AccessToken.objects.filter(workspace_id=workspace_id, revoked_at__isnull=True)
    if member_id:
        rows = rows.filter(member_id=member_id)
    return list(rows.select_related("member").order_by("-created_at", "-id"))


def invitation(invitation_id: UUID) -> Invitation | None:
    """One invitation with its workspace and team."""
    return (
        Invitation.objects.filter(pk=invitation_id).select_related("workspace", "team", "invited_by").first()
    )


def account_exists(email: str) -> bool:
    """Whether somebody can sign in with this address, here or in another workspace."""
    return User.objects.filter(email=email.strip().lower()).exists()


def account(email: str) -> User | None:
    """The account with this address."""
    found: User | None = User.objects.filter(email=email.strip().lower()).first()
    return found

"""Personal tokens for the API: each acts as its member, within its scopes, and is shown once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from konveyer.domain.journal.operations import record
from konveyer.domain.staff.queries.find import find
from konveyer.domain.staff.rules.secrets import TOKEN_PREFIX, new_secret
from konveyer.domain.workspace.models import AccessToken
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import Forbidden, Invalid, NotFound, Refused

LONGEST_DAYS = 366
SEEN_EVERY = timedelta(minutes=10)


@dataclass(frozen=True)
class Issued:
    """The token's row and its text, which is nowhere else."""

    token: AccessToken
    secret: str


def issue_token(
    *, actor: Actor, at: datetime, name: str, scopes: Collection[str], days: int | None = 90
) -> Issued:
    """A token of the actor's own for some of his rights; `days` None = until revoked.

    Raises Forbidden without api.use or for a scope that he does not hold, Invalid without name or scopes.
    """
    actor.require(Right.API_USE)
    if actor.member_id is None or actor.by == "api":
        raise Refused("token_by_token", _("A token is made on the screen, not by another token."), details={})
    if not name.strip() or len(name) > 120:
        raise Invalid("name", _("Name the token after what will use it."), fields={"name": "invalid"})
    unknown = sorted(set(scopes) - {right.value for right in Right})
    if unknown or not scopes:
        raise Invalid("scopes", _("Choose what the token may do."), fields={"scopes": "invalid"})
    beyond = sorted(set(scopes) - actor.rights)
    if beyond:
        raise Forbidden(
            "beyond_own_rights",
            _("A token cannot do more than you may yourself."),
            details={"rights": beyond},
        )
    if days is not None and not 1 <= days <= LONGEST_DAYS:
        raise Invalid("days", _("A token lasts from 1 to %d days.") % LONGEST_DAYS, fields={"days": "range"})
    secret = new_secret(TOKEN_PREFIX)
    token = AccessToken.objects.create(
        workspace_id=actor.workspace_id,
        member_id=actor.member_id,
        name=name.strip(),
        token_hash=secret.hash,
        hint=secret.hint,
        scopes=sorted(scopes),
        created_at=at,
        expires_at=at + timedelta(days=days) if days else None,
    )
    record(
        actor=actor, at=at, subject="access_token", subject_id=token.pk, action="created",
        after={"name": token.name, "scopes": token.scopes, "expires_at": token.expires_at},
    )  # fmt: skip
    return Issued(token, secret.text)


def revoke_token(*, actor: Actor, at: datetime, token_id: UUID) -> None:
    """End a token: one's own, or anybody's with members.manage. Raises NotFound for others' otherwise."""
    token = find(AccessToken, actor.workspace_id, token_id, lock=True)
    if token.member_id != actor.member_id and not actor.may(Right.MEMBERS_MANAGE):
        raise NotFound("not_found", _("There is no such token in this workspace."))
    if token.revoked_at:
        return
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    record(actor=actor, at=at, subject="access_token", subject_id=token.pk, action="revoked")


def seen(*, token_id: UUID, at: datetime) -> None:
    """Note that the token is in use; written at most once in ten minutes."""
    AccessToken.objects.filter(
        Q(last_used_at__isnull=True) | Q(last_used_at__lt=at - SEEN_EVERY), pk=token_id
    ).update(last_used_at=at)

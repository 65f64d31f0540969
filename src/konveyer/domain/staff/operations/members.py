"""Changing members: what is known of them, their roles, their leaving and coming back."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID
from zoneinfo import available_timezones

from django.utils.translation import gettext as _

from konveyer.domain.journal.operations import changes, record
from konveyer.domain.staff.events import MemberLeaving, MemberLeft
from konveyer.domain.staff.queries.find import find
from konveyer.domain.staff.rules.authority import LastOwner, require_above, require_grantable
from konveyer.domain.workspace.models import AccessToken, Member, MemberRole, Role, Team
from konveyer.domain.workspace.queries import actor_of, seats
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.events import publish
from konveyer.kit.refusal import Invalid, Refused
from konveyer.kit.text import sort_key


def change_member(
    *,
    actor: Actor,
    at: datetime,
    member_id: UUID,
    name: str,
    team_id: UUID | None = None,
    deputy_id: UUID | None = None,
    timezone: str = "",
) -> Member:
    """Set name, team, deputy, zone ("" = the workspace's).

    Raises Invalid for an empty name, an unknown zone, oneself as deputy; Forbidden without members.manage.
    """
    actor.require(Right.MEMBERS_MANAGE)
    member = find(Member, actor.workspace_id, member_id, lock=True)
    require_above(actor, actor_of(member_id, actor.workspace_id).rights)
    _check(name, timezone)
    if deputy_id == member_id:
        raise Invalid("deputy_self", _("Nobody can be his own deputy."), fields={"deputy": "self"})
    team = find(Team, actor.workspace_id, team_id) if team_id else None
    deputy = find(Member, actor.workspace_id, deputy_id) if deputy_id else None
    if deputy and not deputy.active:
        raise Invalid(
            "deputy_gone", _("The deputy does not work here any more."), fields={"deputy": "inactive"}
        )
    _save(
        actor,
        at,
        member,
        name=name.strip(),
        team=team,
        deputy=deputy,
        timezone=timezone,
    )
    return member


def rename_oneself(*, actor: Actor, at: datetime, name: str, timezone: str = "") -> Member:
    """A member sets his own name and zone; no right is needed. Raises Invalid like `change_member`."""
    if actor.member_id is None:
        raise Refused("nobody", _("Only a member can do this."))
    member = find(Member, actor.workspace_id, actor.member_id, lock=True)
    _check(name, timezone)
    _save(actor, at, member, name=name.strip(), timezone=timezone)
    return member


def _check(name: str, timezone: str) -> None:
    if not name.strip() or len(name) > 200:
        raise Invalid("name", _("A member needs a name of at most 200 letters."), fields={"name": "invalid"})
    if timezone and timezone not in available_timezones():
        raise Invalid(
            "timezone", _("This is not a time zone. Example: Europe/Moscow."), fields={"timezone": "unknown"}
        )


def _save(actor: Actor, at: datetime, member: Member, **values: object) -> None:
    def state() -> dict[str, object]:
        return {
            name: str(getattr(member, f"{name}_id") or "")
            if name in {"team", "deputy"}
            else getattr(member, name)
            for name in values
        }

    before = state()
    for name, value in values.items():
        setattr(member, name, value)
    member.name_key = sort_key(member.name)
    was, became = changes(before, state())
    if not became:
        return
    member.save()
    record(
        actor=actor, at=at, subject="member", subject_id=member.pk, action="changed", before=was, after=became
    )


def change_roles(*, actor: Actor, at: datetime, member_id: UUID, role_ids: Collection[UUID]) -> None:
    """Give the member exactly these roles.

    Raises Forbidden where a role given or taken reaches beyond the actor's rights, LastOwner when the
    workspace would be left without an active owner, Invalid when no role remains.
    """
    actor.require(Right.MEMBERS_MANAGE)
    member = find(Member, actor.workspace_id, member_id, lock=True)
    if not role_ids:
        raise Invalid("no_role", _("A member needs at least one role."), fields={"roles": "empty"})
    wanted = [find(Role, actor.workspace_id, role_id) for role_id in set(role_ids)]
    held = _held(actor.workspace_id, member_id)
    given = [role for role in wanted if role.pk not in held]
    taken = [role for pk, role in held.items() if pk not in {role.pk for role in wanted}]
    for role in given:
        require_grantable(actor, role.rights, role.view)
    for role in taken:
        require_above(actor, role.rights)
    if any(role.code == "owner" for role in taken):
        _keep_an_owner(actor.workspace_id, member_id)
    if not given and not taken:
        return
    MemberRole.objects.filter(
        workspace_id=actor.workspace_id, member=member, role__in=[role.pk for role in taken]
    ).delete()
    MemberRole.objects.bulk_create(
        MemberRole(workspace_id=actor.workspace_id, member=member, role=role) for role in given
    )
    record(
        actor=actor, at=at, subject="member", subject_id=member.pk, action="roles_changed",
        before={"roles": sorted(role.code for role in held.values())},
        after={"roles": sorted(role.code for role in wanted)},
    )  # fmt: skip


def _held(workspace_id: UUID, member_id: UUID) -> dict[UUID, Role]:
    rows = MemberRole.objects.filter(workspace_id=workspace_id, member_id=member_id).select_related("role")
    return {row.role_id: row.role for row in rows}


def _keep_an_owner(workspace_id: UUID, leaving: UUID) -> None:
    """Two owners who remove each other at once wait here: the role's row is the gate."""
    Role.objects.select_for_update().get(workspace_id=workspace_id, code="owner")
    others = MemberRole.objects.filter(
        workspace_id=workspace_id, role__code="owner", member__active=True, member__user__is_active=True
    ).exclude(member_id=leaving)
    if not others.exists():
        raise LastOwner


def deactivate(*, actor: Actor, at: datetime, member_id: UUID) -> None:
    """Let a member go: his tokens are revoked, his sessions end.

    Raises OpenWork with the counts when he holds open work, LastOwner for the
    only owner, Forbidden for oneself and for those above the actor.
    """
    actor.require(Right.MEMBERS_MANAGE)
    member = find(Member, actor.workspace_id, member_id, lock=True)
    if not member.active:
        return
    if member_id == actor.member_id:
        raise Refused("oneself", _("You cannot deactivate yourself. Ask another owner."))
    require_above(actor, actor_of(member_id, actor.workspace_id).rights)
    if any(role.code == "owner" for role in _held(actor.workspace_id, member_id).values()):
        _keep_an_owner(actor.workspace_id, member_id)
    publish(MemberLeaving(actor, member_id, at))
    _let_go(member, at)
    record(
        actor=actor, at=at, subject="member", subject_id=member.pk, action="deactivated",
        before={"active": True}, after={"active": False},
    )  # fmt: skip
    elsewhere = bool(member.user_id and seats(member.user_id))
    publish(MemberLeft(actor, member_id, None if elsewhere else member.user_id, at))


def _let_go(member: Member, at: datetime) -> None:
    workspace_id = member.workspace_id
    AccessToken.objects.filter(workspace_id=workspace_id, member=member, revoked_at__isnull=True).update(
        revoked_at=at
    )
    Team.objects.filter(workspace_id=workspace_id, head=member).update(head=None)
    Member.objects.filter(workspace_id=workspace_id, deputy=member).update(deputy=None)
    member.active = False
    member.save(update_fields=["active"])


def reactivate(*, actor: Actor, at: datetime, member_id: UUID) -> None:
    """Take a member back with the roles he had. Raises Forbidden when those reach beyond the actor's rights."""
    actor.require(Right.MEMBERS_MANAGE)
    member = find(Member, actor.workspace_id, member_id, lock=True)
    if member.active:
        return
    require_above(actor, actor_of(member_id, actor.workspace_id).rights)
    member.active = True
    member.save(update_fields=["active"])
    record(
        actor=actor, at=at, subject="member", subject_id=member.pk, action="reactivated",
        before={"active": False}, after={"active": True},
    )  # fmt: skip

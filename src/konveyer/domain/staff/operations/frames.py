"""Setting frames: the limits of a role or of one member."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from konveyer.domain.journal.operations import record
from konveyer.domain.staff.queries.find import find
from konveyer.domain.staff.queries.frames import value_of
from konveyer.domain.staff.rules.authority import require_above, require_grantable
from konveyer.domain.staff.rules.frames import FrameKind, read_frame
from konveyer.domain.workspace.models import Frame, Member, Role
from konveyer.domain.workspace.queries import actor_of
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import Invalid


def set_frame(
    *,
    actor: Actor,
    at: datetime,
    kind: str,
    value: str,
    role_id: UUID | None = None,
    member_id: UUID | None = None,
) -> Frame | None:
    """Set the frame of a role or of a member; an empty value takes it away and gives None.

    Raises Invalid for an unknown kind, a value out of range, or when not exactly one of role and member is
    named; Forbidden when a view wider than the actor's own is given or the holder stands above him.
    """
    actor.require(Right.MEMBERS_MANAGE)
    chosen = _kind(kind, role_id, member_id)
    if role_id:
        role = find(Role, actor.workspace_id, role_id, lock=True)
        require_above(actor, role.rights)
    else:
        assert member_id  # noqa: S101 - _kind has seen to it
        find(Member, actor.workspace_id, member_id, lock=True)
        require_above(actor, actor_of(member_id, actor.workspace_id).rights)
    holder = {"role_id": role_id} if role_id else {"member_id": member_id}
    rows = Frame.objects.filter(workspace_id=actor.workspace_id, kind=chosen, **holder)
    former = rows.first()
    before = {chosen.value: str(value_of(former))} if former else {}
    if not value.strip():
        rows.delete()
        if former:
            _record(actor, at, role_id, member_id, before, {chosen.value: ""})
        return None
    stored = read_frame(chosen, value)
    if chosen == FrameKind.VIEW:
        require_grantable(actor, (), str(stored))
    number, text = (stored, "") if isinstance(stored, Decimal) else (None, stored)
    frame, _made = Frame.objects.update_or_create(
        workspace_id=actor.workspace_id,
        kind=chosen,
        **holder,
        defaults={"number": number, "text": text},
    )
    if not former or value_of(former) != stored:
        _record(actor, at, role_id, member_id, before, {chosen.value: str(stored)})
    return frame


def _kind(kind: str, role_id: UUID | None, member_id: UUID | None) -> FrameKind:
    if (role_id is None) == (member_id is None):
        raise Invalid("frame_of_one", _("A frame belongs to one role or to one member."))
    if kind not in {known.value for known in FrameKind}:
        raise Invalid("frame_kind", _("There is no such kind of frame."), fields={"kind": "unknown"})
    if kind == FrameKind.VIEW and role_id:
        raise Invalid(
            "frame_kind", _("A role has its own view: change it in the role."), fields={"kind": "view"}
        )
    return FrameKind(kind)


def _record(
    actor: Actor,
    at: datetime,
    role_id: UUID | None,
    member_id: UUID | None,
    before: dict[str, str],
    after: dict[str, str],
) -> None:
    subject, subject_id = ("role", role_id) if role_id else ("member", member_id)
    assert subject_id  # noqa: S101
    record(
        actor=actor,
        at=at,
        subject=subject,
        subject_id=subject_id,
        action="frame_set",
        before=before,
        after=after,
    )

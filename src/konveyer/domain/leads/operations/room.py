"""The frame of open leads: nobody gets more into his hands than his frame allows (R28).

Asked wherever an open lead comes to a new owner: opened for him, taken, assigned, handed on, accepted, woken or
reopened by hand. Never asked where a lead only comes back: returned by the next specialist, or awake because its day
has come; then he stands above his frame and gets no further one until he is below it.
"""

from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from konveyer.domain.leads.models import Lead
from konveyer.domain.leads.queries.load import Load, load_of
from konveyer.domain.staff.queries.allowing import who_sets_frames
from konveyer.domain.staff.rules.frames import FrameKind
from konveyer.domain.staff.rules.outside import OutsideFrame
from konveyer.domain.workspace.models import Member
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right

# Two leads taken at the same moment: the second waits and counts the first.
_ONE_AT_A_TIME = "select pg_advisory_xact_lock(hashtextextended('load ' || %s, 0))"


def require_room(lead: Lead, member: Member, *, actor: Actor, reason: str | None = None) -> None:
    """Raise OutsideFrame unless the member may hold this lead besides his others; the lead itself is not counted.

    Who may set frames passes with a `reason`, which the caller journals: that is how it is allowed once. None: there
    is no place for a reason here.
    """
    load = _load(lead.workspace_id, member.pk, lead.pk)
    allows = reason is not None and actor.may(Right.MEMBERS_MANAGE)
    if not load.full or (allows and reason and reason.strip()):
        return
    values = {"name": member.name, "held": load.held, "limit": load.limit}
    mine = member.pk == actor.member_id
    raise OutsideFrame(
        FrameKind.OPEN_LEADS,
        _("Open leads in your hands: %(held)s. Your frame allows %(limit)s.") % values if mine
        else _("%(name)s: open leads in hand %(held)s, the frame allows %(limit)s.") % values,
        how=_("Say why, and it is done all the same.") if allows
        else _("Bring one to its end or to rest, or hand one on."),
        limit=load.limit, found=load.held + 1, who=who_sets_frames(lead.workspace_id), fields={"member": "frame"},
    )  # fmt: skip


def has_room(lead: Lead, member_id: UUID) -> bool:
    """The same as a question, for whoever chooses among several."""
    return not _load(lead.workspace_id, member_id, lead.pk).full


def _load(workspace_id: UUID, member_id: UUID, but: UUID) -> Load:
    load = load_of(workspace_id, member_id, but=but)
    if load.limit is None:
        return load
    with connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME, [str(member_id)])
    return load_of(workspace_id, member_id, but=but)

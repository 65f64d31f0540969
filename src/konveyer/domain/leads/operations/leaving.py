"""A member leaves: everything open in his hands goes to another member, in a constant number of statements."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from konveyer.domain.staff.events import MemberLeaving
from konveyer.domain.staff.rules.authority import OpenWork
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.kit.ids import uuid7

_COUNTS = """
select (select count(*) from lead l where l.workspace_id = %(w)s and l.owner_id = %(m)s and l.closed_at is null),
       (select count(*) from task t where t.workspace_id = %(w)s and t.member_id = %(m)s
           and t.done_at is null and t.cancelled_at is null),
       (select count(*) from handoff h where h.workspace_id = %(w)s and h.to_member_id = %(m)s and h.state = 'sent')
"""
# The journal first: it reads who owned the lead before.
_JOURNAL = """
insert into journal_entry (workspace_id, at, actor_id, by, subject, subject_id, action, before, after, reason, batch_id)
select l.workspace_id, %(at)s, %(actor)s, %(by)s, 'lead', l.id, 'assigned',
       jsonb_build_object('owner_id', l.owner_id), jsonb_build_object('owner_id', %(to)s::uuid), %(reason)s, %(batch)s
  from lead l where l.workspace_id = %(w)s and l.owner_id = %(m)s and l.closed_at is null
"""
_PASSES = """
update stage_pass p set owner_id = %(to)s from lead l
 where l.workspace_id = %(w)s and l.owner_id = %(m)s and l.closed_at is null
   and p.workspace_id = l.workspace_id and p.lead_id = l.id and p.left_at is null
"""
# Both people are credited (S25): whoever works the stage of his role now stands for it.
_LEADS = """
update lead l set owner_id = %(to)s, version = l.version + 1,
       telemarketer_id = case when r.code = 'telemarketer' then %(to)s else l.telemarketer_id end,
       closer_id = case when r.code = 'closer' then %(to)s else l.closer_id end
  from stage s join role r on r.workspace_id = s.workspace_id and r.id = s.role_id
 where l.workspace_id = %(w)s and l.owner_id = %(m)s and l.closed_at is null
   and s.workspace_id = l.workspace_id and s.id = l.stage_id
"""
_TASKS = """
update task set member_id = %(to)s
 where workspace_id = %(w)s and member_id = %(m)s and done_at is null and cancelled_at is null
"""
_HANDOFFS = """
update handoff set to_member_id = %(to)s where workspace_id = %(w)s and to_member_id = %(m)s and state = 'sent'
"""


@dataclass(frozen=True)
class Work:
    """What is open in somebody's hands."""

    leads: int
    tasks: int
    handoffs: int

    @property
    def any(self) -> bool:
        """Whether there is something to hand over."""
        return bool(self.leads or self.tasks or self.handoffs)


def open_work(workspace_id: UUID, member_id: UUID) -> Work:
    """Leads not closed yet, open tasks, handoffs that wait for his answer. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, {"w": workspace_id, "m": member_id})
        return Work(*cursor.fetchone())


def on_leaving(event: MemberLeaving) -> None:
    """Hands the open work over to the successor; without one, raises OpenWork with the counts."""
    work = open_work(event.actor.workspace_id, event.member_id)
    if not work.any:
        return
    if event.successor_id is None:
        raise OpenWork(_sentence(work), leads=work.leads, tasks=work.tasks, handoffs=work.handoffs)
    hand_over(actor=event.actor, at=event.at, member_id=event.member_id, to=event.successor_id)


def hand_over(*, actor: Actor, at: datetime, member_id: UUID, to: UUID, reason: str = "") -> UUID:
    """Give everything open of one member to another; each lead gets its journal line. Returns the id they share."""
    batch = uuid7()
    values: dict[str, Any] = {
        "w": actor.workspace_id, "m": member_id, "to": to, "at": at, "actor": actor.member_id, "by": actor.by,
        "reason": reason, "batch": batch,
    }  # fmt: skip
    with connection.cursor() as cursor:
        for statement in (_JOURNAL, _PASSES, _LEADS, _TASKS, _HANDOFFS):
            cursor.execute(statement, values)
    return batch


def _sentence(work: Work) -> str:
    leads = ngettext("%(n)d open lead", "%(n)d open leads", work.leads) % {"n": work.leads}
    tasks = ngettext("%(n)d task", "%(n)d tasks", work.tasks) % {"n": work.tasks}
    return _("In his hands: %(leads)s, %(tasks)s. Choose who takes them over.") % {
        "leads": leads,
        "tasks": tasks,
    }

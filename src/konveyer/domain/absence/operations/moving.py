"""Open work changes hands, and back: a constant number of statements, a journal line for each lead."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from konveyer.domain.absence.models import Absence
from konveyer.domain.absence.queries.plan import Given, Plan
from konveyer.domain.workspace.rules.actor import Actor

_STEPS = """
insert into absence_step (workspace_id, absence_id, {kind}_id, to_member_id)
select %(w)s, %(absence)s, moved.id, moved.to_member from unnest(%(ids)s::uuid[], %(to)s::uuid[]) as moved (id, to_member)
"""
# The journal first: it reads who owned the lead before.
_JOURNAL = """
insert into journal_entry (workspace_id, at, actor_id, by, subject, subject_id, action, before, after, reason, batch_id)
select l.workspace_id, %(at)s, %(actor)s, %(by)s, 'lead', l.id, 'assigned', jsonb_build_object('owner_id', l.owner_id),
       jsonb_build_object('owner_id', m.to_member), '', %(absence)s
  from ({moves}) m join lead l on l.workspace_id = %(w)s and l.id = m.lead_id
"""
_PASSES = """
update stage_pass p set owner_id = m.to_member from ({moves}) m
 where p.workspace_id = %(w)s and p.lead_id = m.lead_id and p.left_at is null
"""
# Both people are credited (S25): whoever works the stage of his role stands for it, and for the time of it only.
_LEADS = """
update lead l set owner_id = m.to_member, version = l.version + 1,
       queue_id = case when m.to_member is null then s.role_id end,
       next_task_id = case when m.to_member is null then null else l.next_task_id end,
       telemarketer_id = case when r.code = 'telemarketer' and l.won_at is null then coalesce(m.to_member, l.telemarketer_id)
                              else l.telemarketer_id end,
       closer_id = case when r.code = 'closer' and l.won_at is null then coalesce(m.to_member, l.closer_id) else l.closer_id end
  from ({moves}) m, stage s, role r
 where l.workspace_id = %(w)s and l.id = m.lead_id and s.workspace_id = l.workspace_id and s.id = l.stage_id
   and r.workspace_id = s.workspace_id and r.id = s.role_id
"""
_TASKS = """
update task t set member_id = m.to_member from ({moves}) m
 where t.workspace_id = %(w)s and t.id = m.task_id and m.to_member is not null
"""
_DROPPED = """
update task t set cancelled_at = %(at)s from ({moves}) m
 where t.workspace_id = %(w)s and t.lead_id = m.lead_id and m.to_member is null and t.done_at is null and t.cancelled_at is null
"""
_HANDOFFS = """
update handoff h set to_member_id = m.to_member from ({moves}) m
 where h.workspace_id = %(w)s and h.id = m.handoff_id and h.state = 'sent'
"""
MOVES = """select {kind}_id, to_member_id as to_member from absence_step
            where workspace_id = %(w)s and absence_id = %(absence)s and {kind}_id is not null"""


def give(absence: Absence, plan: Plan, *, actor: Actor, at: datetime) -> None:
    """Write the steps of the plan and carry them out."""
    values = values_of(absence, actor, at)
    tasks: Given = {task: to for task, to in plan.tasks.items() if to is not None}
    with connection.cursor() as cursor:
        for kind, given in (("lead", plan.leads), ("task", tasks), ("handoff", plan.handoffs)):
            cursor.execute(_STEPS.format(kind=kind), {**values, **_columns(given)})
        leads, moved = MOVES.format(kind="lead"), MOVES.format(kind="task")
        for statement in (_JOURNAL, _PASSES, _DROPPED, _LEADS):
            cursor.execute(statement.format(moves=leads), values)
        cursor.execute(_TASKS.format(moves=moved), values)
        cursor.execute(_HANDOFFS.format(moves=MOVES.format(kind="handoff")), values)


def _columns(given: Given) -> dict[str, list[UUID | None]]:
    return {"ids": list(given), "to": list(given.values())}


def values_of(absence: Absence, actor: Actor, at: datetime) -> dict[str, Any]:
    """What every statement takes."""
    return {
        "w": absence.workspace_id, "absence": absence.pk, "member": absence.member_id, "at": at, "actor": actor.member_id,
        "by": actor.by,
    }  # fmt: skip


def take_back(values: dict[str, Any]) -> None:
    """Give the leads, tasks and handoffs whose step is marked "returned" to the member again.

    Leads that waited in a queue are not among them: they need a next step, too.
    """
    back = (
        "select {kind}_id, to_member_id as former, %(member)s::uuid as to_member from absence_step where workspace_id = %(w)s "
        "and absence_id = %(absence)s and {kind}_id is not null and settled = 'returned'"
    )
    leads = back.format(kind="lead") + " and to_member_id is not null"
    with connection.cursor() as cursor:
        for statement in (_JOURNAL, _PASSES, _LEADS):
            cursor.execute(statement.format(moves=leads), values)
        cursor.execute(_TASKS.format(moves=back.format(kind="task")), values)
        cursor.execute(_PLANNED_SINCE.format(moves=leads), values)
        cursor.execute(_HANDOFFS.format(moves=back.format(kind="handoff")), values)


# What the deputy planned on a lead that goes back goes back with it.
_PLANNED_SINCE = """
update task t set member_id = m.to_member from ({moves}) m
 where t.workspace_id = %(w)s and t.lead_id = m.lead_id and t.member_id = m.former and t.done_at is null and t.cancelled_at is null
"""

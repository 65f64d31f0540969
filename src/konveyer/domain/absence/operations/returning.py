"""Back again: what still lies where it was put comes back, the rest stays and is named."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from konveyer.domain.absence.models import Absence, Step
from konveyer.domain.absence.operations.going import today_of
from konveyer.domain.absence.operations.moving import take_back, values_of
from konveyer.domain.absence.queries.absences import one
from konveyer.domain.journal.operations import record
from konveyer.domain.leads.models import Lead
from konveyer.domain.leads.operations.assign import set_owner
from konveyer.domain.leads.operations.hold_of import save, snapshot
from konveyer.domain.staff.operations.members import reactivate
from konveyer.domain.workspace.models import Member
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import Refused

_LEADS = """
update absence_step s set settled = case when x.why = '' then 'returned' else 'kept' end, why = x.why
  from (select s.id, case
            when l.closed_at is not null then 'closed'
            when l.owner_id is distinct from s.to_member_id or (s.to_member_id is null and l.queue_id is null) then 'elsewhere'
            when %(keep)s and exists (select 1 from touch t where t.workspace_id = l.workspace_id and t.lead_id = l.id
                   and t.counted and t.member_id = s.to_member_id and t.happened_at >= %(since)s) then 'talked'
            else '' end as why
          from absence_step s join lead l on l.workspace_id = s.workspace_id and l.id = s.lead_id
         where s.workspace_id = %(w)s and s.absence_id = %(absence)s and s.settled = '') x
 where s.workspace_id = %(w)s and s.id = x.id
"""
# A task goes with its lead where that one changed hands too.
_TASKS = """
update absence_step s set settled = case when x.why = '' then 'returned' else 'kept' end, why = x.why
  from (select s.id, case when t.done_at is not null or t.cancelled_at is not null then 'closed'
                          when t.member_id is distinct from s.to_member_id then 'elsewhere' else coalesce(ls.why, '') end as why
          from absence_step s join task t on t.workspace_id = s.workspace_id and t.id = s.task_id
          left join absence_step ls on ls.workspace_id = s.workspace_id and ls.absence_id = s.absence_id and ls.lead_id = t.lead_id
         where s.workspace_id = %(w)s and s.absence_id = %(absence)s and s.settled = '') x
 where s.workspace_id = %(w)s and s.id = x.id
"""
_HANDOFFS = """
update absence_step s set settled = case when x.why = '' then 'returned' else 'kept' end, why = x.why
  from (select s.id, case when h.state <> 'sent' then 'closed'
                          when h.to_member_id is distinct from s.to_member_id then 'elsewhere' else coalesce(ls.why, '') end as why
          from absence_step s join handoff h on h.workspace_id = s.workspace_id and h.id = s.handoff_id
          left join absence_step ls on ls.workspace_id = s.workspace_id and ls.absence_id = s.absence_id and ls.lead_id = h.lead_id
         where s.workspace_id = %(w)s and s.absence_id = %(absence)s and s.settled = '') x
 where s.workspace_id = %(w)s and s.id = x.id
"""


@transaction.atomic
def come_back(*, actor: Actor, at: datetime, absence_id: UUID, keep_talked: bool = False) -> Absence:
    """He is back: his work returns from whoever still holds it as it was given.

    What was closed or moved on meanwhile stays, and with `keep_talked` also the leads with which the deputy has
    talked; each with the reason. Who left is taken back by that. He himself may come back; else members.manage is
    needed. Raises Refused for an absence that does not go on.
    """
    absence = one(actor.workspace_id, absence_id, lock=True)
    if absence.member_id != actor.member_id:
        actor.require(Right.MEMBERS_MANAGE)
    if absence.state not in ("away", "gone"):
        raise Refused("absence_not_going_on", _("This absence does not go on."))
    if absence.state == "gone":
        reactivate(actor=actor, at=at, member_id=absence.member_id)
    _back(absence, actor=actor, at=at, keep_talked=keep_talked)
    return absence


def end_due(*, actor: Actor, at: datetime) -> int:
    """End the absences whose last day has passed; returns how many."""
    today = today_of(actor.workspace_id, at)
    due = Absence.objects.filter(workspace_id=actor.workspace_id, state="away", ends_on__lt=today)
    count = 0
    for absence in due.select_for_update(skip_locked=True):
        _back(absence, actor=actor, at=at, keep_talked=False)
        count += 1
    return count


def _back(absence: Absence, *, actor: Actor, at: datetime, keep_talked: bool) -> None:
    values = values_of(absence, actor, at) | {"keep": keep_talked, "since": absence.started_at}
    steps = Step.objects.filter(workspace_id=absence.workspace_id, absence=absence)
    _lock(values)
    with connection.cursor() as cursor:
        for statement in (_LEADS, _TASKS, _HANDOFFS):
            cursor.execute(statement, values)
    take_back(values)
    _from_queues(absence, actor=actor, at=at)
    absence.state, absence.ended_at = "back", at
    absence.save(update_fields=["state", "ended_at"])
    Member.objects.filter(workspace_id=absence.workspace_id, pk=absence.member_id).update(away_until=None)
    record(
        actor=actor, at=at, subject="member", subject_id=absence.member_id, action="came_back", batch_id=absence.pk,
        after={"returned": steps.filter(settled="returned").count(), "kept": steps.filter(settled="kept").count()},
    )  # fmt: skip


def _lock(values: dict[str, Any]) -> None:
    """Nobody moves one of these leads while it is decided where it goes."""
    with connection.cursor() as cursor:
        cursor.execute(
            """select 1 from lead l join absence_step s on s.workspace_id = l.workspace_id and s.lead_id = l.id
                where s.workspace_id = %(w)s and s.absence_id = %(absence)s and s.settled = '' order by l.id for update of l""",
            values,
        )


def _from_queues(absence: Absence, *, actor: Actor, at: datetime) -> None:
    """Leads that waited in a queue come back with the step that follows from their stage."""
    back = Step.objects.filter(
        workspace_id=absence.workspace_id, absence=absence, settled="returned", to_member__isnull=True, lead__isnull=False
    )  # fmt: skip
    for lead in Lead.objects.filter(workspace_id=absence.workspace_id, pk__in=back.values("lead_id")):
        was = snapshot(lead)
        set_owner(lead, actor=actor, at=at, member_id=absence.member_id, over=None)
        save(lead, actor=actor, at=at, action="assigned", was=was)

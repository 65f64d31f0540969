"""Tasks: the next step of a lead."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from konveyer.domain.journal.operations import record
from konveyer.domain.leads.models import Lead, Task
from konveyer.domain.leads.operations.hold_of import (
    drop_open_tasks,
    lock,
    require_open,
    save,
    snapshot,
)
from konveyer.domain.leads.operations.owning import require_own
from konveyer.domain.leads.operations.room import require_room
from konveyer.domain.leads.queries.office import office_of
from konveyer.domain.leads.rules.deadlines import next_working_morning
from konveyer.domain.workspace.models import Member
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import Invalid, NotFound

KINDS = ("call", "mail", "meeting", "message", "letter", "todo")


def make_task(
    lead: Lead,
    *,
    actor: Actor,
    at: datetime,
    kind: str,
    title: str,
    member_id: UUID,
    due_at: datetime,
    promised: bool = False,
) -> Task:
    """Create the task and make it the lead's next step (the lead is not saved here)."""
    if kind not in (*KINDS, "sort"):
        raise Invalid("task_kind", _("There is no such kind of task."), fields={"kind": "unknown"})
    task = Task.objects.create(
        workspace_id=lead.workspace_id, lead=lead, kind=kind, title=title.strip()[:200], member_id=member_id, due_at=due_at,
        promised=promised, created_by_id=actor.member_id, created_at=at,
    )  # fmt: skip
    lead.next_task = task
    return task


def default_task(lead: Lead, *, actor: Actor, at: datetime, member_id: UUID) -> Task:
    """The step that follows from the stage: get its result, by its deadline or the next working morning."""
    stage = lead.stage
    due = (
        lead.due_at
        if lead.due_at and lead.due_at > at
        else next_working_morning(at, *office_of(lead.workspace_id, member_id))
    )
    kind = "call" if stage.role.code == "telemarketer" else "meeting" if stage.key == "meeting" else "todo"
    return make_task(
        lead, actor=actor, at=at, kind=kind, title=stage.result or stage.name, member_id=member_id, due_at=due
    )


@transaction.atomic
def plan_next(
    *,
    actor: Actor,
    at: datetime,
    lead_id: UUID,
    kind: str,
    title: str,
    due_at: datetime,
    member_id: UUID | None = None,
    promised: bool = False,
    version: int | None = None,
) -> Task:
    """Replace the lead's next step. Who plans on a lead that nobody works, or is planned for, works it from now on.

    Raises Invalid for an unknown kind or member, Forbidden for a step of somebody else without the right to assign
    or for the queue of a role that the actor does not hold,
    OutsideFrame when the new owner holds as many open leads as his frame allows.
    """
    lead = lock(actor=actor, lead_id=lead_id, version=version)
    require_open(lead)
    if not title.strip():
        raise Invalid("task_title", _("Say what is to be done."), fields={"title": "empty"})
    who = member_id or lead.owner_id or actor.member_id
    if who is None:
        raise Invalid("task_member", _("Say who does it."), fields={"member": "empty"})
    if who not in (lead.owner_id, actor.member_id):
        actor.require(Right.LEADS_ASSIGN)
    member = Member.objects.filter(workspace_id=actor.workspace_id, pk=who, active=True).first()
    if member is None and who != lead.owner_id:
        raise Invalid("task_member", _("This member is not active."), fields={"member": "inactive"})
    if lead.owner_id is None:
        require_own(actor, lead, who)
    was = snapshot(lead)
    drop_open_tasks(lead, at)
    if lead.owner_id is None and member is not None:
        require_room(lead, member, actor=actor)
        lead.owner, lead.queue = member, None
    task = make_task(
        lead, actor=actor, at=at, kind=kind, title=title, member_id=who, due_at=due_at, promised=promised
    )
    save(lead, actor=actor, at=at, action="planned", was=was, task=task.title, due=task.due_at)
    return task


def complete_task(
    *, actor: Actor, at: datetime, task_id: UUID, outcome: str = "done", version: int | None = None
) -> Lead:
    """Tick the task; an open lead gets the step that follows from its stage until somebody plans another."""
    found = Task.objects.filter(workspace_id=actor.workspace_id, pk=task_id).only("lead_id").first()
    if found is None:
        raise NotFound("task_not_found", _("There is no such task."))
    lead = lock(actor=actor, lead_id=found.lead_id, version=version)
    task = Task.objects.select_for_update(of=("self",)).get(workspace_id=actor.workspace_id, pk=task_id)
    if task.done_at or task.cancelled_at:
        raise Invalid("task_closed", _("This task is closed already."))
    was = snapshot(lead)
    task.done_at, task.outcome = at, outcome[:20]
    task.save(update_fields=["done_at", "outcome"])
    if lead.state == "open" and lead.next_task_id == task.pk:
        if lead.owner_id is not None:
            default_task(lead, actor=actor, at=at, member_id=lead.owner_id)
        else:
            lead.next_task = None
    save(lead, actor=actor, at=at, action="task_done", was=was, task=task.title, outcome=outcome)
    return lead


def reschedule_task(
    *, actor: Actor, at: datetime, task_id: UUID, due_at: datetime, promised: bool = False
) -> Task:
    """Move an open task to another moment."""
    task = Task.objects.filter(workspace_id=actor.workspace_id, pk=task_id).first()
    if task is None or task.done_at or task.cancelled_at:
        raise NotFound("task_not_found", _("There is no such open task."))
    lead = lock(actor=actor, lead_id=task.lead_id)
    before = task.due_at
    task.due_at, task.promised = due_at, promised or task.promised
    task.save(update_fields=["due_at", "promised"])
    record(
        actor=actor, at=at, subject="lead", subject_id=lead.pk, action="rescheduled",
        before={"due": before}, after={"due": due_at, "task": task.title},
    )  # fmt: skip
    return task

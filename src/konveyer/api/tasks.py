"""Tasks: the next step of a lead, planned, moved, done; and the day of the acting member."""

from typing import Annotated, Literal
from uuid import UUID

from ninja import Router, Status
from pydantic import Field

from konveyer.api.auth import ApiRequest
from konveyer.api.leads import LeadFull, TaskOut, get_lead, task_out
from konveyer.api.shapes import Given, Moment, Name, Revision
from konveyer.domain.leads.operations import complete_task, plan_next, reschedule_task
from konveyer.domain.leads.queries.card import lead_card
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import clock

router = Router(tags=["tasks"])


class TaskIn(Given):
    """The next step; it replaces the one that was planned."""

    kind: Literal["call", "mail", "meeting", "message", "letter", "todo"]
    title: Name
    due_at: Moment
    member_id: UUID | None = None
    promised: bool = False
    version: Revision | None = None


class DoneIn(Given):
    """How it ended."""

    outcome: Annotated[str, Field(max_length=20)] = "done"
    version: Revision | None = None


class WhenIn(Given):
    """The new moment; `promised` when the client asked for it."""

    due_at: Moment
    promised: bool = False


@router.get("/leads/{uuid:lead_id}/tasks", response=list[TaskOut], summary="Open tasks of a lead")
def list_tasks(request: ApiRequest, lead_id: UUID) -> list[TaskOut]:
    """The soonest first."""
    request.actor.require(Right.LEADS_WORK)
    return [task_out(task) for task in lead_card(request.actor, lead_id).tasks]


@router.post("/leads/{uuid:lead_id}/tasks", response={201: TaskOut}, summary="Plan the next step")
def post_task(request: ApiRequest, lead_id: UUID, body: TaskIn) -> Status[TaskOut]:
    """An open lead always has one: this replaces it."""
    task = plan_next(actor=request.actor, at=clock.now(), lead_id=lead_id, **body.dict())
    return Status(201, task_out(task))


@router.post("/tasks/{uuid:task_id}/done", response=LeadFull, summary="Tick a task")
def done(request: ApiRequest, task_id: UUID, body: DoneIn) -> LeadFull:
    """An open lead gets the step that follows from its stage until another one is planned."""
    lead = complete_task(actor=request.actor, at=clock.now(), task_id=task_id, **body.dict())
    return get_lead(request, lead.pk)


@router.post("/tasks/{uuid:task_id}/reschedule", response=TaskOut, summary="Move a task to another moment")
def reschedule(request: ApiRequest, task_id: UUID, body: WhenIn) -> TaskOut:
    """Only an open one."""
    return task_out(reschedule_task(actor=request.actor, at=clock.now(), task_id=task_id, **body.dict()))

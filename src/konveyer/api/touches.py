"""Touches: attempts at and exchanges with clients."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import Field

from konveyer.api.auth import ApiRequest
from konveyer.api.shapes import Given, Moment, Ref, Short, Text, ref
from konveyer.domain.leads.queries.moving import lead_in_view
from konveyer.domain.touches.models import Touch
from konveyer.domain.touches.operations import record_touch
from konveyer.domain.touches.queries import of_lead
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import clock

router = Router(tags=["touches"])
Outcome = Literal[
    "no_answer", "busy", "wrong_number", "gatekeeper", "refusal", "later", "interest", "agreed", "do_not_call",
    "talked", "sent", "delivered", "replied", "held", "not_held",
]  # fmt: skip


class TouchOut(Schema):
    """`number` is its place among the counted ones; null for a mere attempt."""

    id: UUID
    lead_id: UUID | None
    contact: Ref | None
    member: Ref | None
    channel: str
    direction: str
    outcome: str
    happened_at: datetime
    seconds: int | None
    reached: bool
    counted: bool
    automatic: bool
    note: str
    number: int | None


class TouchIn(Given):
    """With whom (lead, else contact, else company), how it ended, and what follows."""

    channel: Literal["call", "mail", "meeting", "webinar", "message", "letter"]
    outcome: Outcome
    direction: Literal["in", "out"] = "out"
    lead_id: UUID | None = None
    contact_id: UUID | None = None
    company_id: UUID | None = None
    point_id: UUID | None = None
    happened_at: Moment | None = None
    seconds: Annotated[int, Field(ge=0, le=86_400)] | None = None
    note: Text = ""
    next_kind: Literal["call", "mail", "meeting", "message", "letter", "todo"] | None = None
    next_at: Moment | None = None
    next_title: Short = ""


@router.get("/leads/{uuid:lead_id}/touches", response=list[TouchOut], summary="Touches of a lead")
def list_touches(request: ApiRequest, lead_id: UUID) -> list[TouchOut]:
    """All of them with their numbers, newest first."""
    request.actor.require(Right.LEADS_WORK)
    lead_in_view(request.actor, lead_id)  # only of a lead in view
    return [_shape(one.touch, one.number) for one in of_lead(request.actor.workspace_id, lead_id)]


@router.post("/touches", response={201: TouchOut}, summary="Write a touch down")
def post_touch(request: ApiRequest, body: TouchIn) -> Status[TouchOut]:
    """The lead's task is done by it, and the next step is planned: the one given, else the one the outcome proposes.

    A touch from before the lead came belongs to the person alone: its `lead_id` is then null.
    """
    touch = record_touch(actor=request.actor, at=clock.now(), **body.dict())
    return Status(201, _shape(touch, None))


def _shape(row: Touch, number: int | None) -> TouchOut:
    return TouchOut(
        id=row.pk, lead_id=row.lead_id, contact=ref(row.contact), member=ref(row.member), channel=row.channel,
        direction=row.direction, outcome=row.outcome, happened_at=row.happened_at, seconds=row.seconds,
        reached=row.reached, counted=row.counted, automatic=row.automatic, note=row.note, number=number,
    )  # fmt: skip

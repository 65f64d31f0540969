"""What is done with a lead: moving, giving, resting, refusing, opening again. The gates are those of the screens."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Router, Schema
from pydantic import Field

from konveyer.api.auth import ApiRequest
from konveyer.api.leads import LeadFull, get_lead
from konveyer.api.shapes import Day, Given, Line, Ref, Revision, Text, ref
from konveyer.domain.leads import operations
from konveyer.domain.leads.models import Qualification
from konveyer.domain.leads.queries.judging import verdicts
from konveyer.domain.leads.queries.moving import lead_in_view
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import clock

router = Router(tags=["leads"])


class MoveIn(Given):
    """Where to; null completes the last stage. `facts` answer the gate; `override_reason` opens it, by who may."""

    to_stage_id: UUID | None
    version: Revision | None = None
    facts: Annotated[dict[str, Line], Field(max_length=50)] = {}
    override_reason: Line = ""
    to_member_id: UUID | None = None
    introduction: Text = ""


class AssignIn(Given):
    """To whom; null = to the queue of the stage's role."""

    member_id: UUID | None
    version: Revision | None = None
    reason: Line = ""


class SeenIn(Given):
    """The version that was read, if it is to be checked."""

    version: Revision | None = None


class HoldIn(SeenIn):
    """Until which day it rests."""

    wake_on: Day
    note: Line = ""


class RefuseIn(SeenIn):
    """Along which refusal route of its conveyor."""

    refusal_id: UUID
    note: Line = ""


class RerouteIn(SeenIn):
    """To which conveyor and why; `to_stage_key`: straight to a later stage, past gates that hold or that one may open."""

    conveyor_id: UUID
    reason: Line
    to_stage_key: Annotated[str, Field(max_length=40)] = ""


class ReopenIn(SeenIn):
    """Why."""

    reason: Line


class WarmthIn(SeenIn):
    """A person's own judgement."""

    temperature: Literal["cold", "warm", "hot", "client", "vip"]


@router.post("/leads/{uuid:lead_id}/move", response=LeadFull, summary="Move a lead")
def move(request: ApiRequest, lead_id: UUID, body: MoveIn) -> LeadFull:
    """Forward through every gate on the way: 409 `gate_closed` lists in details.missing what is not known yet."""
    operations.move_lead(actor=request.actor, at=clock.now(), lead_id=lead_id, **body.dict())
    return get_lead(request, lead_id)


@router.post("/leads/{uuid:lead_id}/assign", response=LeadFull, summary="Give a lead to somebody")
def assign(request: ApiRequest, lead_id: UUID, body: AssignIn) -> LeadFull:
    """To a member or to the queue. Giving to others needs leads.assign.

    409 `outside_frame`: he holds as many open leads as his frame allows; who sets frames may pass with a `reason`.
    """
    operations.assign(actor=request.actor, at=clock.now(), lead_id=lead_id, **body.dict())
    return get_lead(request, lead_id)


@router.post("/leads/{uuid:lead_id}/take", response=LeadFull, summary="Take a lead from a queue")
def take(request: ApiRequest, lead_id: UUID, body: SeenIn) -> LeadFull:
    """Of a role that one holds; 409 `lead_taken` when somebody was quicker, `outside_frame` when one's hands are full."""
    operations.take(actor=request.actor, at=clock.now(), lead_id=lead_id, version=body.version)
    return get_lead(request, lead_id)


class JudgeIn(SeenIn):
    """`facts` answer the criteria; `override_reason` qualifies against them, by who may go round gates."""

    facts: Annotated[dict[str, Line], Field(max_length=50)] = {}
    override_reason: Line = ""


class ReasonOut(Schema):
    """How a criterion stood: holds, fails, unknown."""

    fact: str
    label: str
    must: bool
    stands: str


class VerdictOut(Schema):
    """A verdict (qualified, not_qualified) by the criteria with this number; `facts` as they were."""

    id: UUID
    verdict: str
    criteria: int
    facts: dict[str, str]
    reasons: list[ReasonOut]
    overridden: bool
    note: str
    by: Ref | None
    at: datetime


@router.post("/leads/{uuid:lead_id}/judge", response=VerdictOut, summary="Judge a lead by the criteria")
def judge(request: ApiRequest, lead_id: UUID, body: JudgeIn) -> VerdictOut:
    """409 `facts_missing` lists in details.missing what is not known yet; `no_criteria`: the conveyor has none."""
    return _verdict(operations.qualify(actor=request.actor, at=clock.now(), lead_id=lead_id, **body.dict()))


@router.get("/leads/{uuid:lead_id}/verdicts", response=list[VerdictOut], summary="Verdicts on a lead")
def list_verdicts(request: ApiRequest, lead_id: UUID) -> list[VerdictOut]:
    """The last fifty, the one that counts first."""
    request.actor.require(Right.LEADS_WORK)
    lead = lead_in_view(request.actor, lead_id)
    return [_verdict(row) for row in verdicts(lead.workspace_id, lead.pk)]


def _verdict(row: Qualification) -> VerdictOut:
    return VerdictOut(
        id=row.pk, verdict=row.verdict, criteria=row.criteria.number, facts=row.facts, reasons=row.reasons,
        overridden=row.overridden, note=row.note, by=ref(row.member), at=row.at,
    )  # fmt: skip


@router.post("/leads/{uuid:lead_id}/hold", response=LeadFull, summary="Put a lead to rest")
def hold(request: ApiRequest, lead_id: UUID, body: HoldIn) -> LeadFull:
    """Until a day that lies ahead; then it wakes by itself."""
    operations.hold(actor=request.actor, at=clock.now(), lead_id=lead_id, **body.dict())
    return get_lead(request, lead_id)


@router.post("/leads/{uuid:lead_id}/wake", response=LeadFull, summary="Wake a resting lead")
def wake(request: ApiRequest, lead_id: UUID, body: SeenIn) -> LeadFull:
    """Back to its stage and owner."""
    operations.wake(actor=request.actor, at=clock.now(), lead_id=lead_id, version=body.version)
    return get_lead(request, lead_id)


@router.post("/leads/{uuid:lead_id}/refuse", response=LeadFull, summary="Refuse a lead")
def refuse(request: ApiRequest, lead_id: UUID, body: RefuseIn) -> LeadFull:
    """Nurture, another conveyor, disqualified or lost, as the route says."""
    operations.refuse(actor=request.actor, at=clock.now(), lead_id=lead_id, **body.dict())
    return get_lead(request, lead_id)


@router.post("/leads/{uuid:lead_id}/reroute", response=LeadFull, summary="Take a lead to another conveyor")
def reroute(request: ApiRequest, lead_id: UUID, body: RerouteIn) -> LeadFull:
    """Both passes are kept. The owner keeps it where he holds the role of the stage, else its queue gets it."""
    operations.reroute(actor=request.actor, at=clock.now(), lead_id=lead_id, **body.dict())
    return get_lead(request, lead_id)


@router.post("/leads/{uuid:lead_id}/reopen", response=LeadFull, summary="Open a closed lead again")
def reopen(request: ApiRequest, lead_id: UUID, body: ReopenIn) -> LeadFull:
    """With a reason; a won one by who may open gates."""
    operations.reopen(actor=request.actor, at=clock.now(), lead_id=lead_id, **body.dict())
    return get_lead(request, lead_id)


@router.post("/leads/{uuid:lead_id}/temperature", response=LeadFull, summary="Judge the temperature")
def temperature(request: ApiRequest, lead_id: UUID, body: WarmthIn) -> LeadFull:
    """A dated event, warmer or colder."""
    operations.set_temperature(actor=request.actor, at=clock.now(), lead_id=lead_id, **body.dict())
    return get_lead(request, lead_id)

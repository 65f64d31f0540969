"""Leads: the list, one lead, opening, changing, facts."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from ninja import Router, Schema, Status

from konveyer.api.auth import ApiRequest
from konveyer.api.shapes import (
    Currency,
    Given,
    Line,
    Money,
    Ref,
    Revision,
    Short,
    ref,
)
from konveyer.domain.leads.models import Lead, Task
from konveyer.domain.leads.operations import change_lead, receive_lead, set_fact
from konveyer.domain.leads.queries.card import LeadCard, lead_card
from konveyer.domain.leads.queries.standing import standing
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import clock

router = Router(tags=["leads"])
Level = Literal["info", "front_end", "core", "vip"]


class StageRef(Ref):
    """A stage: its key stays the same through renaming and versions."""

    key: str


class TaskOut(Schema):
    """A step on a lead. `promised`: the client asked for this moment."""

    id: UUID
    lead_id: UUID
    kind: str
    title: str
    member: Ref
    due_at: datetime
    promised: bool
    done_at: datetime | None
    outcome: str


class LeadOut(Schema):
    """A lead. `version` goes into every change; `queue` is the role in whose queue it waits."""

    id: UUID
    version: int
    name: str
    state: str
    conveyor: Ref
    stage: StageRef
    level: str
    company: Ref | None
    contact: Ref | None
    title: str
    product: Ref | None
    expected_amount: Decimal | None
    currency: str
    owner: Ref | None
    queue: Ref | None
    telemarketer: Ref | None
    closer: Ref | None
    origin: str | None
    recommender_id: UUID | None
    page: str | None
    incoming: bool
    temperature: str
    arrived_at: datetime
    arrived_on: date
    due_at: datetime | None
    won_at: datetime | None
    closed_at: datetime | None
    refusal: str | None
    wake_on: date | None
    external_key: str | None
    next_task: TaskOut | None


class FactOut(Schema):
    """What is known of a lead; gates read it."""

    kind: str
    value: str
    at: datetime
    source: str
    member: Ref | None


class GateOut(Schema):
    """A condition of the present stage's gate. `missing`: why it does not hold yet; null = it holds."""

    fact: str
    label: str
    ask: str
    choices: list[str]
    missing: str | None


class LeadFull(LeadOut):
    """The lead with facts, gate, open tasks, and the handoff that waits."""

    facts: list[FactOut]
    gate: list[GateOut]
    tasks: list[TaskOut]
    handoff_id: UUID | None


class LeadIn(Given):
    """A new lead. With `second_reason` a second open lead of the same client, by who may."""

    conveyor_id: UUID
    contact_id: UUID | None = None
    company_id: UUID | None = None
    title: Short = ""
    origin: Short | None = None
    page: Line | None = None
    incoming: bool = False
    owner_id: UUID | None = None
    product_id: UUID | None = None
    level: Level | None = None
    expected_amount: Money | None = None
    second_reason: Short = ""
    self_reported: Short = ""


class TakenOut(Schema):
    """What became of an incoming lead that is answered elsewhere; `again`: it was open already."""

    id: UUID
    again: bool
    owner: Ref | None


class LeadPatch(Given):
    """What is to change; what is left out stays."""

    version: Revision
    title: Short | None = None
    product_id: UUID | None = None
    expected_amount: Money | None = None
    currency: Currency | None = None
    self_reported: Short | None = None
    level: Level | None = None


class FactIn(Given):
    """The value of a fact; empty = forgotten."""

    value: Line
    version: Revision | None = None


NULLABLE = {"product_id", "expected_amount"}


@router.get("/leads/{uuid:lead_id}", response=LeadFull, summary="One lead")
def get_lead(request: ApiRequest, lead_id: UUID) -> LeadFull:
    """The lead in view with its facts, gate, open tasks and waiting handoff."""
    request.actor.require(Right.LEADS_WORK)
    return full(lead_card(request.actor, lead_id))


@router.post("/leads", response={201: LeadFull, 202: TakenOut}, summary="Open a lead")
def post_lead(request: ApiRequest, body: LeadIn) -> Status[LeadFull] | Status[TakenOut]:
    """On the first stage of the conveyor's live version; 409 `open_lead_exists` names the one that is open.

    Where they came to us (`incoming`), 202 instead: the inquiry became a touch on their open lead, or the new lead went
    to somebody whose leads are not in view.
    """
    values = body.dict()
    received = receive_lead(
        actor=request.actor,
        at=clock.now(),
        origin_key=values.pop("origin"),
        page_key=values.pop("page"),
        **values,
    )
    found = standing(request.actor, received.lead.pk)
    assert found is not None  # noqa: S101 - it was just written
    if received.again or not found.visible:
        return Status(202, TakenOut(id=found.lead.pk, again=received.again, owner=ref(found.lead.owner)))
    return Status(201, get_lead(request, found.lead.pk))


@router.patch("/leads/{uuid:lead_id}", response=LeadFull, summary="Change a lead")
def patch_lead(request: ApiRequest, lead_id: UUID, body: LeadPatch) -> LeadFull:
    """Title, product, expected amount, currency, level, what they said of where they came from."""
    given = body.dict(exclude_unset=True)
    version = given.pop("version")
    fields: dict[str, Any] = {
        name: value for name, value in given.items() if value is not None or name in NULLABLE
    }
    change_lead(actor=request.actor, at=clock.now(), lead_id=lead_id, version=version, **fields)
    return get_lead(request, lead_id)


@router.put("/leads/{uuid:lead_id}/facts/{str:kind}", response=LeadFull, summary="Write a fact down")
def put_fact(request: ApiRequest, lead_id: UUID, kind: str, body: FactIn) -> LeadFull:
    """What gates read. One current value per kind; the journal keeps the former ones."""
    set_fact(
        actor=request.actor, at=clock.now(), lead_id=lead_id, kind=kind, value=body.value, source="api",
        version=body.version,
    )  # fmt: skip
    return get_lead(request, lead_id)


def task_out(task: Task) -> TaskOut:
    """A task in its shape."""
    return TaskOut(
        id=task.pk, lead_id=task.lead_id, kind=task.kind, title=task.title, member=Ref(id=task.member_id, name=task.member.name),
        due_at=task.due_at, promised=task.promised, done_at=task.done_at, outcome=task.outcome,
    )  # fmt: skip


def shape(lead: Lead) -> dict[str, Any]:
    """A lead in the shape of LeadOut; company, contact, stage and the like are loaded with it."""
    named = lead.company or lead.contact
    return {
        "id": lead.pk, "version": lead.version, "name": (str(named) if named else "") or lead.title, "state": lead.state,
        "conveyor": ref(lead.conveyor), "stage": {"id": lead.stage_id, "name": lead.stage.name, "key": lead.stage.key},
        "level": lead.level, "company": ref(lead.company), "contact": ref(lead.contact), "title": lead.title,
        "product": ref(lead.product), "expected_amount": lead.expected_amount, "currency": lead.currency,
        "owner": ref(lead.owner), "queue": ref(lead.queue), "telemarketer": ref(lead.telemarketer),
        "closer": ref(lead.closer), "origin": lead.origin.key if lead.origin else None,
        "recommender_id": lead.recommender_id, "page": lead.page.key if lead.page else None, "incoming": lead.incoming, "temperature": lead.temperature,
        "arrived_at": lead.arrived_at, "arrived_on": lead.arrived_on, "due_at": lead.due_at, "won_at": lead.won_at,
        "closed_at": lead.closed_at, "refusal": lead.refusal.code if lead.refusal else None, "wake_on": lead.wake_on,
        "external_key": lead.external_key, "next_task": task_out(lead.next_task) if lead.next_task else None,
    }  # fmt: skip


def full(card: LeadCard) -> LeadFull:
    """The card of a lead in the shape of the API."""
    present = [fact for _condition, fact, _why in card.gate if fact is not None]
    facts = sorted([*present, *(known.fact for known in card.known)], key=lambda fact: fact.kind)
    return LeadFull(
        **shape(card.lead),
        facts=[
            FactOut(kind=fact.kind, value=fact.value, at=fact.at, source=fact.source, member=ref(fact.member))
            for fact in facts
        ],
        gate=[
            GateOut(
                fact=one.fact, label=one.label, ask=one.ask, choices=list(one.choices), missing=str(why) if why else None
            )
            for one, _fact, why in card.gate
        ],
        tasks=[task_out(task) for task in card.tasks],
        handoff_id=card.handoff.pk if card.handoff else None,
    )  # fmt: skip

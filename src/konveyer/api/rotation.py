"""Rules of rotation: who gets the leads that nobody was named for."""

from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import Field

from konveyer.api.auth import ApiRequest
from konveyer.api.shapes import Given, Line, Ref, Revision, named, ref
from konveyer.domain.conveyor.models import Conveyor
from konveyer.domain.leads.operations import remove_rule, save_rule
from konveyer.domain.leads.operations.rotation import Wanted
from konveyer.domain.leads.queries.rotation import Turn, rules_of
from konveyer.domain.leads.rules.rotation import Segment
from konveyer.domain.staff.queries.find import find
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import clock

router = Router(tags=["conveyors"])
RULES = "/conveyors/{uuid:conveyor_id}/rotation"
Words = Annotated[list[Annotated[str, Field(min_length=1, max_length=120)]], Field(max_length=100)]


class SegmentShape(Given):
    """Which leads. A list left empty and a null ask for nothing."""

    origins: Words = []
    levels: list[Literal["info", "front_end", "core", "vip"]] = []
    cities: Words = []
    industries: Words = []
    amount: Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2)] | None = None
    incoming: bool | None = None


class RuleIn(Given):
    """`members` in the order of their turn; empty: everybody who holds the role."""

    role_id: UUID
    name: Annotated[Line, Field(min_length=1, max_length=120)]
    how: Literal["order", "load"]
    position: Annotated[int, Field(ge=1, le=100)] = 1
    segment: SegmentShape = SegmentShape()
    members: Annotated[list[UUID], Field(max_length=50)] = []


class RuleChange(RuleIn):
    """`version` as it was read."""

    version: Revision


class RuleOut(Schema):
    """A rule. `last` got the lead before."""

    id: UUID
    role: Ref
    name: str
    how: str
    position: int
    segment: SegmentShape
    members: list[UUID]
    last: Ref | None
    version: int


@router.get(RULES, response=list[RuleOut], summary="Rules of rotation")
def list_rules(request: ApiRequest, conveyor_id: UUID) -> list[RuleOut]:
    """Of a conveyor, by role, in the order in which they are asked."""
    request.actor.require(Right.CONVEYOR_EDIT)
    row = find(Conveyor, request.actor.workspace_id, conveyor_id)
    return [_shape(one) for one in rules_of(row.workspace_id, row.pk)]


@router.post(RULES, response={201: RuleOut}, summary="Add a rule of rotation")
def add_rule(request: ApiRequest, conveyor_id: UUID, body: RuleIn) -> Status[RuleOut]:
    """422 for people who do not hold the role."""
    rule = save_rule(actor=request.actor, at=clock.now(), conveyor_id=conveyor_id, wanted=_wanted(body))
    return Status(201, _one(request, conveyor_id, rule.pk))


@router.put(RULES + "/{uuid:rule_id}", response=RuleOut, summary="Change a rule of rotation")
def change_rule(request: ApiRequest, conveyor_id: UUID, rule_id: UUID, body: RuleChange) -> RuleOut:
    """409 when somebody changed it since it was read."""
    save_rule(
        actor=request.actor, at=clock.now(), conveyor_id=conveyor_id, rule_id=rule_id, version=body.version, wanted=_wanted(body)
    )  # fmt: skip
    return _one(request, conveyor_id, rule_id)


@router.delete(RULES + "/{uuid:rule_id}", response={204: None}, summary="Remove a rule of rotation")
def delete_rule(request: ApiRequest, conveyor_id: UUID, rule_id: UUID) -> Status[None]:
    """Its leads go by the next rule that speaks of them, else into the queue."""
    remove_rule(actor=request.actor, at=clock.now(), conveyor_id=conveyor_id, rule_id=rule_id)
    return Status(204, None)


def _wanted(body: RuleIn) -> Wanted:
    said = body.segment
    segment = Segment(
        tuple(said.origins), tuple(said.levels), tuple(said.cities), tuple(said.industries), said.amount, said.incoming
    )  # fmt: skip
    return Wanted(body.role_id, body.name, body.how, body.position, segment, body.members)


def _one(request: ApiRequest, conveyor_id: UUID, rule_id: UUID) -> RuleOut:
    turns = rules_of(request.actor.workspace_id, conveyor_id)
    return _shape(next(one for one in turns if one.rule.pk == rule_id))


def _shape(turn: Turn) -> RuleOut:
    rule, said = turn.rule, turn.segment
    segment = SegmentShape.model_validate(
        {name: list(value) if isinstance(value, tuple) else value for name, value in vars(said).items()}
    )
    return RuleOut(
        id=rule.pk, role=named(rule.role), name=rule.name, how=rule.how, position=rule.position, segment=segment,
        members=list(turn.places), last=ref(rule.last), version=rule.version,
    )  # fmt: skip

"""Conveyors as they stand: stages with their gates, refusal routes."""

from decimal import Decimal
from uuid import UUID

from ninja import Router, Schema

from konveyer.api.auth import ApiRequest
from konveyer.api.shapes import Ref, named
from konveyer.domain.conveyor import queries
from konveyer.domain.conveyor.models import Conveyor, RefusalRoute, Stage, Version
from konveyer.domain.conveyor.rules.gates import Condition

router = Router(tags=["conveyors"])


class ConditionOut(Schema):
    """A condition of a stage's gate: the fact it reads and how it is asked for."""

    kind: str
    fact: str
    label: str
    hint: str
    ask: str
    choices: list[str]
    number: Decimal | None


class StageOut(Schema):
    """A stage: one role, one result, what we give and what we get. `helpers`: codes of roles that help."""

    id: UUID
    key: str
    name: str
    position: int
    role: Ref
    helpers: list[str]
    result: str
    give: str
    get: str
    sla_hours: int | None
    wip_limit: int | None
    win_point: bool
    gate: list[ConditionOut]


class RouteOut(Schema):
    """A refusal route."""

    id: UUID
    code: str
    label: str
    destination: str
    rest_days: int | None


class ConveyorOut(Schema):
    """A conveyor with the stages of its live version."""

    id: UUID
    code: str
    name: str
    version: int
    stages: list[StageOut]
    refusals: list[RouteOut]


@router.get("/conveyors", response=list[ConveyorOut], summary="Conveyors")
def list_conveyors(request: ApiRequest) -> list[ConveyorOut]:
    """Those in use; the first is the default."""
    found = queries.conveyors(request.actor.workspace_id)
    return [shaped for row in found if (shaped := _shape(row)) is not None]


def _shape(row: Conveyor) -> ConveyorOut | None:
    version = queries.live_version(row.workspace_id, row.pk)
    return shape_of(row, version) if version else None


def shape_of(row: Conveyor, version: Version) -> ConveyorOut:
    """The conveyor as this version draws it."""
    stages = queries.stages(row.workspace_id, version.pk)
    gates = queries.gates(row.workspace_id, [stage.pk for stage in stages])
    return ConveyorOut(
        id=row.pk,
        code=row.code,
        name=row.name,
        version=version.number,
        stages=[_stage(stage, [one for one in gates if one.stage == str(stage.pk)]) for stage in stages],
        refusals=[_route(route) for route in queries.refusals(row.workspace_id, version.pk)],
    )


def _stage(row: Stage, gate: list[Condition]) -> StageOut:
    return StageOut(
        id=row.pk, key=row.key, name=row.name, position=row.position, role=named(row.role), helpers=row.helper_codes, result=row.result, give=row.give,
        get=row.get, sla_hours=row.sla_hours, wip_limit=row.wip_limit, win_point=row.win_point,
        gate=[
            ConditionOut(
                kind=one.kind, fact=one.fact, label=one.label, hint=one.hint, ask=one.ask, choices=list(one.choices),
                number=one.number,
            )
            for one in gate
        ],
    )  # fmt: skip


def _route(row: RefusalRoute) -> RouteOut:
    return RouteOut(
        id=row.pk, code=row.code, label=row.label, destination=row.destination, rest_days=row.rest_days
    )

"""Drawing conveyors: a draft as a whole document, what is wrong with it, publishing with a stage map."""

from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Router, Schema, Status
from pydantic import Field

from konveyer.api.auth import ApiRequest
from konveyer.api.conveyors import ConveyorOut, shape_of
from konveyer.api.conveyors import router as listing
from konveyer.api.shapes import Given, Ref, Revision, named
from konveyer.domain.blueprint.rules.document import Code, Label, RefusalDoc, StageDoc
from konveyer.domain.conveyor import operations
from konveyer.domain.conveyor.models import Conveyor, Version
from konveyer.domain.conveyor.queries import stages
from konveyer.domain.conveyor.queries.drawn import draft_of, drawn, findings
from konveyer.domain.conveyor.rules.presets import ConveyorPreset, GatePreset, RefusalPreset, StagePreset
from konveyer.domain.leads.operations import publish_version
from konveyer.domain.leads.queries.mapping import inside, rows_of
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import clock
from konveyer.kit.refusal import NotFound

router = Router(tags=["conveyors"])
DRAFT = "/conveyors/{uuid:conveyor_id}/draft"


class FindingOut(Schema):
    """What is wrong: a fault forbids publishing, the rest is worth a look. `stage`: a key, or ""."""

    code: str
    text: str
    stage: str
    fault: bool


class DraftOut(Schema):
    """The draft as a whole."""

    conveyor: Ref
    number: int
    revision: int
    name: str
    stages: list[StageDoc]
    refusals: list[RefusalDoc]
    findings: list[FindingOut]


class DraftIn(Given):
    """The draft as it is to be; stages in their order. A stage keeps its key through renaming and through versions."""

    revision: Revision
    name: Label
    stages: Annotated[list[StageDoc], Field(max_length=40)]
    refusals: Annotated[list[RefusalDoc], Field(max_length=40)] = []


class NewIn(Given):
    """A new conveyor: empty, or from a preset in the workspace's language, under whose name it goes without one."""

    name: Annotated[str, Field(max_length=120)] = ""
    preset: Annotated[str, Field(max_length=40)] = ""


class MapRowOut(Schema):
    """A stage of a former version with leads in it, and where they may go (keys of the draft). `same`: what is proposed."""

    stage: Ref
    version: int
    open: int
    on_hold: int
    won: int
    targets: list[str]
    same: str | None


class PublishIn(Given):
    """The revision that was looked at, and the map: id of a former stage → key of a new one. Not named, or null: they stay."""

    revision: Revision
    map: dict[UUID, Code | None] = {}


@listing.post("/conveyors", response={201: DraftOut}, summary="Draw a new conveyor")
def post_conveyor(request: ApiRequest, body: NewIn) -> Status[DraftOut]:
    """As a draft: it takes no leads before it is published."""
    made = operations.begin(
        actor=request.actor, at=clock.now(), language=request.workspace.language, **body.dict()
    )
    return Status(201, _shape(made))


@router.get(DRAFT, response=DraftOut, summary="The draft of a conveyor")
def get_draft(request: ApiRequest, conveyor_id: UUID) -> DraftOut:
    """With what is wrong with it, in words."""
    return _shape(_draft(request, conveyor_id))


@router.post(DRAFT, response=DraftOut, summary="Begin a draft")
def post_draft(request: ApiRequest, conveyor_id: UUID) -> DraftOut:
    """A copy of the live version; the one there is, if there is one."""
    return _shape(operations.open_draft(actor=request.actor, at=clock.now(), conveyor_id=conveyor_id))


@router.put(DRAFT, response=DraftOut, summary="Change the draft")
def put_draft(request: ApiRequest, conveyor_id: UUID, body: DraftIn) -> DraftOut:
    """As a whole. Who saves over somebody's change is told."""
    changed = ConveyorPreset(
        "", body.name, tuple(_stage(stage) for stage in body.stages),
        tuple(RefusalPreset(**route.model_dump()) for route in body.refusals),
    )  # fmt: skip
    saved = operations.save_draft(
        actor=request.actor, at=clock.now(), conveyor_id=conveyor_id, revision=body.revision, changed=changed
    )
    return _shape(saved)


@router.delete(DRAFT, response={204: None}, summary="Throw the draft away")
def delete_draft(request: ApiRequest, conveyor_id: UUID) -> Status[None]:
    """With it a conveyor that was never published."""
    operations.drop_draft(actor=request.actor, at=clock.now(), conveyor_id=conveyor_id)
    return Status(204, None)


@router.get(f"{DRAFT}/map", response=list[MapRowOut], summary="Leads inside, before publishing")
def get_map(request: ApiRequest, conveyor_id: UUID) -> list[MapRowOut]:
    """How many stand in each former stage, and where they may go: none crosses the win point."""
    version = _draft(request, conveyor_id)
    workspace_id = request.actor.workspace_id
    rows = rows_of(inside(workspace_id, conveyor_id, but=version.pk), stages(workspace_id, version.pk))
    return [
        MapRowOut(
            stage=named(row.inside.stage), version=row.inside.number, open=row.inside.open, on_hold=row.inside.on_hold,
            won=row.inside.won, targets=[stage.key for stage in row.targets], same=row.same.key if row.same else None,
        )
        for row in rows
    ]  # fmt: skip


@router.post(f"{DRAFT}/publish", response=ConveyorOut, summary="Publish the draft")
def post_publish(request: ApiRequest, conveyor_id: UUID, body: PublishIn) -> ConveyorOut:
    """New leads take it; those inside go as the map says. All of it or nothing."""
    version = publish_version(
        actor=request.actor, at=clock.now(), conveyor_id=conveyor_id, revision=body.revision,
        mapping={stage: key or "" for stage, key in body.map.items()},
    )  # fmt: skip
    return shape_of(_one(request, conveyor_id), version)


@router.post("/conveyors/{uuid:conveyor_id}/retire", response={204: None}, summary="Retire a conveyor")
def post_retire(request: ApiRequest, conveyor_id: UUID) -> Status[None]:
    """It takes no new leads; those inside go on to their end."""
    operations.retire(actor=request.actor, at=clock.now(), conveyor_id=conveyor_id)
    return Status(204, None)


@router.post("/conveyors/{uuid:conveyor_id}/revive", response={204: None}, summary="Use a conveyor again")
def post_revive(request: ApiRequest, conveyor_id: UUID) -> Status[None]:
    """It takes leads again."""
    operations.revive(actor=request.actor, at=clock.now(), conveyor_id=conveyor_id)
    return Status(204, None)


def _one(request: ApiRequest, conveyor_id: UUID) -> Conveyor:
    return Conveyor.objects.get(workspace_id=request.actor.workspace_id, pk=conveyor_id)


def _draft(request: ApiRequest, conveyor_id: UUID) -> Version:
    request.actor.require(Right.CONVEYOR_EDIT)
    version = draft_of(request.actor.workspace_id, conveyor_id)
    if version is None:
        raise NotFound("draft_not_found", _("There is no draft of this conveyor."))
    return version


def _stage(stage: StageDoc) -> StagePreset:
    gate = tuple(
        GatePreset(**one.model_dump(exclude={"choices"}), choices=tuple(one.choices)) for one in stage.gate
    )
    plain = stage.model_dump(exclude={"gate", "helpers"})
    return StagePreset(**plain, helpers=tuple(stage.helpers), gate=gate)


def _shape(version: Version) -> DraftOut:
    plan = drawn(version)
    return DraftOut(
        conveyor=Ref(id=version.conveyor_id, name=plan.name), number=version.number, revision=version.revision,
        name=plan.name, stages=[StageDoc.model_validate(_plain(stage)) for stage in plan.stages],
        refusals=[RefusalDoc.model_validate(vars(route)) for route in plan.refusals],
        findings=[FindingOut(**vars(one)) for one in findings(version)],
    )  # fmt: skip


def _plain(stage: StagePreset) -> dict[str, object]:
    gate = [vars(one) | {"choices": list(one.choices)} for one in stage.gate]
    return vars(stage) | {"helpers": list(stage.helpers), "gate": gate}

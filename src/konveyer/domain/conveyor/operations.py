"""Writes of the conveyor package."""

from datetime import datetime

from django.db.models import Max

from konveyer.domain.conveyor.models import Conveyor, GateCondition, RefusalRoute, Stage, Version
from konveyer.domain.conveyor.rules.presets import CODES, ConveyorPreset, StagePreset, load
from konveyer.domain.journal.operations import record
from konveyer.domain.workspace.models import Role
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right


def install_presets(
    *, actor: Actor, at: datetime, language: str, codes: tuple[str, ...] = CODES
) -> list[Conveyor]:
    """Create the ready conveyors in a language, each with a live first version."""
    roles = {role.code: role for role in Role.objects.filter(workspace_id=actor.workspace_id)}
    return [
        install(actor=actor, at=at, preset=load(code, language), roles=roles, position=position)
        for position, code in enumerate(codes)
    ]


def install(
    *, actor: Actor, at: datetime, preset: ConveyorPreset, roles: dict[str, Role], position: int
) -> Conveyor:
    """Create one conveyor from a preset; version 1 is live at once."""
    workspace = actor.workspace_id
    conveyor = Conveyor.objects.create(
        workspace_id=workspace, code=preset.code, name=preset.name, position=position, created_at=at
    )
    _version(conveyor, preset, roles, number=1, at=at)
    record(
        actor=actor, at=at, subject="conveyor", subject_id=conveyor.pk, action="created",
        after={"name": conveyor.name, "version": 1},
    )  # fmt: skip
    return conveyor


def publish(*, actor: Actor, at: datetime, preset: ConveyorPreset) -> Version:
    """Make the preset the live version of the conveyor with its code, which exists; the former one is retired.

    New leads take the new version; those inside stay in the one they stand in. Raises Forbidden without
    conveyor.edit, KeyError for a role that does not exist.
    """
    actor.require(Right.CONVEYOR_EDIT)
    workspace = actor.workspace_id
    conveyor = Conveyor.objects.select_for_update().get(workspace_id=workspace, code=preset.code)
    former = Version.objects.filter(workspace_id=workspace, conveyor=conveyor)
    number = (former.aggregate(last=Max("number"))["last"] or 0) + 1
    former.filter(state="live").update(state="retired")
    before = {"name": conveyor.name, "version": number - 1}
    if conveyor.name != preset.name:
        conveyor.name = preset.name
        conveyor.save(update_fields=["name"])
    roles = {role.code: role for role in Role.objects.filter(workspace_id=workspace)}
    version = _version(conveyor, preset, roles, number=number, at=at)
    record(
        actor=actor, at=at, subject="conveyor", subject_id=conveyor.pk, action="published", before=before,
        after={"name": conveyor.name, "version": number},
    )  # fmt: skip
    return version


def _version(
    conveyor: Conveyor, preset: ConveyorPreset, roles: dict[str, Role], *, number: int, at: datetime
) -> Version:
    workspace = conveyor.workspace_id
    version = Version.objects.create(
        workspace_id=workspace, conveyor=conveyor, number=number, state="live", published_at=at, created_at=at
    )
    for place, stage in enumerate(preset.stages, start=1):
        _stage(version, stage, place, roles[stage.role])
    codes = {route.to_conveyor for route in preset.refusals if route.to_conveyor}
    targets = (
        dict(Conveyor.objects.filter(workspace_id=workspace, code__in=codes).values_list("code", "id"))
        if codes
        else {}
    )
    RefusalRoute.objects.bulk_create(
        RefusalRoute(
            workspace_id=workspace, conveyor_version=version, position=place, code=route.code, label=route.label,
            destination=route.destination, rest_days=route.rest_days,
            to_conveyor_id=targets[route.to_conveyor] if route.to_conveyor else None,
        )
        for place, route in enumerate(preset.refusals)
    )  # fmt: skip
    return version


def _stage(version: Version, preset: StagePreset, position: int, role: Role) -> None:
    stage = Stage.objects.create(
        workspace_id=version.workspace_id,
        conveyor_version=version,
        key=preset.key,
        name=preset.name,
        position=position,
        role=role,
        helper_codes=list(preset.helpers),
        result=preset.result,
        give=preset.give,
        get=preset.get,
        sla_hours=preset.sla_hours,
        wip_limit=preset.wip_limit,
        win_point=preset.win_point,
    )
    GateCondition.objects.bulk_create(
        GateCondition(
            workspace_id=version.workspace_id, stage=stage, position=number, kind=gate.kind, fact=gate.fact,
            label=gate.label, hint=gate.hint, ask=gate.ask, choices=list(gate.choices), expected=gate.expected,
            number=gate.number,
        )
        for number, gate in enumerate(preset.gate)
    )  # fmt: skip

"""Writes of the conveyor package."""

from datetime import datetime

from konveyer.domain.conveyor.models import Conveyor, GateCondition, RefusalRoute, Stage, Version
from konveyer.domain.conveyor.rules.presets import CODES, ConveyorPreset, StagePreset, load
from konveyer.domain.journal.operations import record
from konveyer.domain.workspace.models import Role
from konveyer.domain.workspace.rules.actor import Actor


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
    version = Version.objects.create(
        workspace_id=workspace, conveyor=conveyor, number=1, state="live", published_at=at, created_at=at
    )
    for number, stage in enumerate(preset.stages, start=1):
        _stage(version, stage, number, roles[stage.role])
    RefusalRoute.objects.bulk_create(
        RefusalRoute(
            workspace_id=workspace, conveyor_version=version, position=number, code=route.code, label=route.label,
            destination=route.destination, rest_days=route.rest_days,
        )
        for number, route in enumerate(preset.refusals)
    )  # fmt: skip
    record(
        actor=actor, at=at, subject="conveyor", subject_id=conveyor.pk, action="created",
        after={"name": conveyor.name, "version": 1},
    )  # fmt: skip
    return conveyor


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

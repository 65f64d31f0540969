"""The stages, gates and routes of a version, written from a description."""

from konveyer.domain.conveyor.models import Conveyor, GateCondition, RefusalRoute, Stage, Version
from konveyer.domain.conveyor.rules.presets import ConveyorPreset, StagePreset
from konveyer.domain.workspace.models import Role


def draw(version: Version, preset: ConveyorPreset, roles: dict[str, Role]) -> None:
    """Write them. Raises KeyError for a role or a conveyor that does not exist."""
    workspace = version.workspace_id
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

"""A version as a description, and what stands around it."""

from uuid import UUID

from konveyer.domain.conveyor.models import Conveyor, GateCondition, Stage, Version
from konveyer.domain.conveyor.queries import refusals, stages
from konveyer.domain.conveyor.rules.checking import Finding, Surroundings, check
from konveyer.domain.conveyor.rules.presets import ConveyorPreset, GatePreset, RefusalPreset, StagePreset
from konveyer.domain.workspace.models import MemberRole, Role


def all_conveyors(workspace_id: UUID) -> list[tuple[Conveyor, Version | None, Version | None]]:
    """Every conveyor with its live version and its draft; those that take leads first. Two queries."""
    rows = Conveyor.objects.filter(workspace_id=workspace_id).order_by("-active", "position", "name")
    kept = Version.objects.filter(workspace_id=workspace_id, state__in=("live", "draft"))
    found = {(version.conveyor_id, version.state): version for version in kept}
    return [(row, found.get((row.pk, "live")), found.get((row.pk, "draft"))) for row in rows]


def draft_of(workspace_id: UUID, conveyor_id: UUID) -> Version | None:
    """The draft of a conveyor."""
    return Version.objects.filter(workspace_id=workspace_id, conveyor_id=conveyor_id, state="draft").first()


def drawn(version: Version) -> ConveyorPreset:
    """The version as a description. Five queries."""
    workspace_id = version.workspace_id
    conveyor = Conveyor.objects.get(workspace_id=workspace_id, pk=version.conveyor_id)
    found = stages(workspace_id, version.pk)
    gates: dict[UUID, list[GateCondition]] = {}
    for gate in GateCondition.objects.filter(workspace_id=workspace_id, stage__in=found).order_by("position"):
        gates.setdefault(gate.stage_id, []).append(gate)
    codes = dict(Conveyor.objects.filter(workspace_id=workspace_id).values_list("id", "code"))
    return ConveyorPreset(
        conveyor.code,
        conveyor.name,
        tuple(_stage(stage, gates.get(stage.pk, [])) for stage in found),
        tuple(
            RefusalPreset(
                route.code, route.label, route.destination, route.rest_days,
                codes.get(route.to_conveyor_id) if route.to_conveyor_id else None,
            )
            for route in refusals(workspace_id, version.pk)
        ),
    )  # fmt: skip


def _stage(stage: Stage, gate: list[GateCondition]) -> StagePreset:
    return StagePreset(
        key=stage.key, name=stage.name, role=stage.role.code, helpers=tuple(stage.helper_codes), result=stage.result,
        give=stage.give, get=stage.get, sla_hours=stage.sla_hours, wip_limit=stage.wip_limit, win_point=stage.win_point,
        gate=tuple(
            GatePreset(
                row.kind, row.fact, row.label, row.hint, row.ask, tuple(row.choices), row.expected, row.number
            )
            for row in gate
        ),
    )  # fmt: skip


def keys_ever(workspace_id: UUID, conveyor_id: UUID) -> set[str]:
    """The keys of all stages that the conveyor has or had."""
    rows = Stage.objects.filter(workspace_id=workspace_id, conveyor_version__conveyor_id=conveyor_id)
    return set(rows.values_list("key", flat=True))


def around(workspace_id: UUID, code: str) -> Surroundings:
    """What the conveyor with this code is checked against."""
    held = MemberRole.objects.filter(
        workspace_id=workspace_id, member__active=True, member__user__isnull=False
    ).values_list("role__code", flat=True)
    return Surroundings(
        roles=set(Role.objects.filter(workspace_id=workspace_id).values_list("code", flat=True)),
        held=set(held),
        conveyors=set(
            Conveyor.objects.filter(workspace_id=workspace_id, active=True)
            .exclude(code=code)
            .values_list("code", flat=True)
        ),
    )


def findings(version: Version) -> list[Finding]:
    """What is wrong with the version as drawn."""
    described = drawn(version)
    return check(described, around(version.workspace_id, described.code))

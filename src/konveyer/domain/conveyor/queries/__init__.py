"""Reads of the conveyor package."""

from collections.abc import Iterable
from uuid import UUID

from konveyer.domain.conveyor.models import Conveyor, GateCondition, RefusalRoute, Stage, Version
from konveyer.domain.conveyor.rules.gates import Condition


def conveyors(workspace_id: UUID) -> list[Conveyor]:
    """Active conveyors in their order; the first is the default."""
    return list(Conveyor.objects.filter(workspace_id=workspace_id, active=True).order_by("position", "name"))


def live_version(workspace_id: UUID, conveyor_id: UUID) -> Version | None:
    """The version that new leads take."""
    return Version.objects.filter(workspace_id=workspace_id, conveyor_id=conveyor_id, state="live").first()


def stages(workspace_id: UUID, version_id: UUID) -> list[Stage]:
    """Stages of a version in their order, with roles."""
    rows = Stage.objects.filter(workspace_id=workspace_id, conveyor_version_id=version_id)
    return list(rows.select_related("role").order_by("position"))


def gates(workspace_id: UUID, stage_ids: Iterable[UUID]) -> list[Condition]:
    """The conditions of these stages, in order, as the rules read them."""
    rows = GateCondition.objects.filter(workspace_id=workspace_id, stage_id__in=list(stage_ids))
    return [
        Condition(
            str(row.pk), str(row.stage_id), row.kind, row.fact, row.label, row.hint, row.ask, tuple(row.choices),
            row.expected, row.number,
        )
        for row in rows.order_by("stage__position", "position")
    ]  # fmt: skip


def refusals(workspace_id: UUID, version_id: UUID) -> list[RefusalRoute]:
    """The refusal routes of a version, in order."""
    return list(
        RefusalRoute.objects.filter(workspace_id=workspace_id, conveyor_version_id=version_id).order_by(
            "position"
        )
    )


def fact_labels(workspace_id: UUID, version_id: UUID) -> dict[str, str]:
    """What the gates of a version call their facts."""
    rows = GateCondition.objects.filter(
        workspace_id=workspace_id, stage__conveyor_version_id=version_id, stage__workspace_id=workspace_id
    )
    return dict(rows.values_list("fact", "label"))

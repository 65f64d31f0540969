"""Conveyors with their stages and reasons, to choose from."""

from dataclasses import dataclass, field
from uuid import UUID

from konveyer.domain.conveyor.models import RefusalRoute, Stage


@dataclass
class Way:
    """A conveyor as it is worked now: (key, name) of its stages in order, (code, label) of its reasons."""

    code: str
    name: str
    stages: list[tuple[str, str]] = field(default_factory=list)
    reasons: list[tuple[str, str]] = field(default_factory=list)


def live_ways(workspace_id: UUID) -> list[Way]:
    """All of them. Two queries."""
    found: dict[str, Way] = {}
    stages = Stage.objects.filter(workspace_id=workspace_id, conveyor_version__state="live")
    for stage in stages.select_related("conveyor_version__conveyor").order_by(
        "conveyor_version__conveyor__name", "conveyor_version_id", "position"
    ):
        conveyor = stage.conveyor_version.conveyor
        found.setdefault(conveyor.code, Way(conveyor.code, conveyor.name)).stages.append(
            (stage.key, stage.name)
        )
    routes = RefusalRoute.objects.filter(workspace_id=workspace_id, conveyor_version__state="live")
    for route in routes.select_related("conveyor_version__conveyor").order_by("id"):
        way = found.get(route.conveyor_version.conveyor.code)
        if way is not None:
            way.reasons.append((route.code, route.label))
    return list(found.values())

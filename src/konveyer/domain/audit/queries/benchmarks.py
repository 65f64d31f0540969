"""Bounds that hold: the workspace's own, else the method's."""

from uuid import UUID

from konveyer.domain.audit.models import Benchmark
from konveyer.domain.audit.queries.checks import checks
from konveyer.domain.audit.rules.verdict import Bounds


def bounds_of_all(workspace_id: UUID) -> dict[str, Bounds]:
    """By the code of the check. One query."""
    own = {row.code: row for row in Benchmark.objects.filter(workspace_id=workspace_id)}
    return {
        code: Bounds(check.bounds.better, own[code].good, own[code].weak) if code in own else check.bounds
        for code, check in checks().items()
    }


def own_benchmark(workspace_id: UUID, code: str) -> Benchmark | None:
    """What the workspace set for a check; None where the method's holds."""
    return Benchmark.objects.filter(workspace_id=workspace_id, code=code).first()

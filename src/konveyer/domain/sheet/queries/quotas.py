"""Norms of the day."""

from uuid import UUID

from konveyer.domain.sheet.models import Quota


def of(workspace_id: UUID, member_id: UUID) -> dict[str, int]:
    """What is expected of a member on a working day, by measure."""
    rows = Quota.objects.filter(workspace_id=workspace_id, member_id=member_id)
    return dict(rows.values_list("measure", "per_day"))

"""Norms of the day."""

from uuid import UUID

from konveyer.domain.sheet.models import Quota
from konveyer.domain.sheet.rules.measures import FRAMED
from konveyer.domain.staff.queries.frames import frame_of
from konveyer.domain.staff.rules.frames import FrameKind


def of(workspace_id: UUID, member_id: UUID) -> dict[str, int]:
    """What is expected of a member on a working day, by measure; of calls what his frame says. Two queries."""
    rows = Quota.objects.filter(workspace_id=workspace_id, member_id=member_id)
    found = dict(rows.values_list("measure", "per_day"))
    framed = frame_of(workspace_id, member_id, FrameKind.DAILY_CALLS)
    return found if framed is None else found | {FRAMED: int(framed)}

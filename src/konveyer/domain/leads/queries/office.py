"""Whose working hours a clock runs in."""

from uuid import UUID

from konveyer.domain.leads.rules.deadlines import Office
from konveyer.domain.staff.queries.frames import frame_of
from konveyer.domain.staff.rules.frames import FrameKind
from konveyer.domain.workspace.models import Member, Workspace


def office_of(workspace_id: UUID, member_id: UUID | None = None) -> Office:
    """The member's own zone and the hours of his frame; what he does not state, and all for nobody, is the firm's."""
    if member_id is None:
        return Office(Workspace.objects.only("timezone").get(pk=workspace_id).timezone)
    member = (
        Member.objects.select_related("workspace").only("timezone", "workspace__timezone")
        .get(workspace_id=workspace_id, pk=member_id)
    )  # fmt: skip
    hours = frame_of(workspace_id, member_id, FrameKind.HOURS)
    return Office(member.timezone or member.workspace.timezone, str(hours or ""))

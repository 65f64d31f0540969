"""The journal: who changed what, when, from what to what."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Router, Schema

from konveyer.api.auth import ApiRequest
from konveyer.api.shapes import After, Limit, Listed, Ref, listed, opened, ref
from konveyer.domain.journal.queries import Line, latest, of_record
from konveyer.domain.leads.queries.moving import lead_in_view
from konveyer.domain.workspace.rules.rights import Right

router = Router(tags=["journal"])


class EntryOut(Schema):
    """One change of one record. `before` and `after` hold the changed fields; erased values are null."""

    id: UUID
    at: datetime
    by: str
    member: Ref | None
    record: str
    record_id: UUID
    action: str
    before: dict[str, Any]
    after: dict[str, Any]
    reason: str


@router.get("/journal", response=Listed[EntryOut], summary="The journal of the workspace")
def list_entries(
    request: ApiRequest, member_id: UUID | None = None, after: After | None = None, limit: Limit = 50
) -> dict[str, Any]:
    """Newest first; with `member_id` what this member did himself."""
    page = latest(request.actor, member_id=member_id, after=opened(after, "journal"), size=limit)
    return listed(page.lines, _shape, page.after, "journal")


@router.get("/leads/{uuid:lead_id}/journal", response=list[EntryOut], summary="The journal of a lead")
def of_lead(request: ApiRequest, lead_id: UUID) -> list[EntryOut]:
    """The last hundred changes of a lead in view, newest first."""
    request.actor.require(Right.LEADS_WORK)
    lead_in_view(request.actor, lead_id)
    return [_shape(line) for line in of_record(request.actor.workspace_id, lead_id)]


def _shape(line: Line) -> EntryOut:
    entry = line.entry
    return EntryOut(
        id=entry.pk, at=entry.at, by=entry.by, member=ref(entry.actor), record=entry.subject, record_id=entry.subject_id,
        action=entry.action, before=_plain(line.before), after=_plain(line.after), reason=entry.reason,
    )  # fmt: skip


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """What was erased is null."""
    return {name: None if value == {"personal": True} else value for name, value in values.items()}

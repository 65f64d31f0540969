"""Handoffs between specialists, counted; and the leads behind each count."""

import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Query, Router, Schema

from konveyer.api.auth import ApiRequest
from konveyer.api.shapes import Day
from konveyer.domain.insight.queries.handed import PAGE, Asked, handed
from konveyer.domain.insight.queries.handoffs import handoffs
from konveyer.domain.workspace.models import Workspace
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import Invalid

router = Router(tags=["figures"])


class HandoffsOut(Schema):
    """One member's side. `sent`: what he gave, or what came to him; `took`: median seconds to an accepted handoff."""

    member_id: UUID
    name: str
    qualified: int
    rejected: int
    sent: int
    accepted: int
    returned: int
    recycled: int
    waiting: int
    held: int
    took: float | None


class HandoffsBoth(Schema):
    """Those who gave, those who took."""

    given: list[HandoffsOut]
    taken: list[HandoffsOut]


@router.get("/handoff-counts", response=HandoffsBoth, summary="Handoffs between specialists")
def get_handoff_counts(request: ApiRequest, first: Day, last: Day) -> dict[str, Any]:
    """Qualified, handed over, accepted, held: counted apart, of the members in view. At most 400 days."""
    given, taken = handoffs(request.actor, first, last, _zone(request, first, last))
    return {"given": [vars(one) for one in given], "taken": [vars(one) for one in taken]}


class HandedOut(Schema):
    """A lead behind a count; `with_whom` is "" where nobody has taken it."""

    lead_id: UUID
    name: str
    at: datetime.datetime
    with_whom: str
    reason: str
    note: str


class HandedPage(Schema):
    """Fifty of them, the latest first; `skip` of the next page, none at the end."""

    rows: list[HandedOut]
    skip: int | None


@router.get("/handoff-counts/leads", response=HandedPage, summary="Leads behind a count of handoffs")
def get_handed(
    request: ApiRequest,
    side: Literal["given", "taken"],
    figure: Literal["qualified", "rejected", "sent", "accepted", "returned", "recycled", "waiting", "held"],
    first: Day,
    last: Day,
    member: UUID | None = None,
    skip: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> dict[str, Any]:
    """Of one member in view, or of all. Verdicts stand on the giving side only. At most 400 days."""
    asked = Asked(side, figure, member, first, last, _zone(request, first, last))
    rows, more = handed(request.actor, asked, skip)
    shown = [{**vars(one), "with_whom": one.other} for one in rows]
    return {"rows": shown, "skip": skip + PAGE if more else None}


def _zone(request: ApiRequest, first: datetime.date, last: datetime.date) -> str:
    """The workspace's, for a question about so many days. Raises Forbidden, Invalid."""
    request.actor.require(Right.FUNNEL_READ)
    if not datetime.timedelta(0) <= last - first < datetime.timedelta(days=400):
        raise Invalid("days", _("Ask for 1 to 400 days."), fields={"last": "range"})
    return Workspace.objects.only("timezone").get(pk=request.actor.workspace_id).timezone

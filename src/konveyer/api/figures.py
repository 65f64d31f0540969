"""The funnel."""

from typing import Any

from ninja import Router, Schema

from konveyer.api.auth import ApiRequest
from konveyer.api.shapes import FromDay, Short, ToDay
from konveyer.domain.insight.queries.funnel import funnel
from konveyer.domain.insight.rules.question import By, Kind, Question

router = Router(tags=["figures"])


class FunnelRow(Schema):
    """`key` null = not stated. `rate`, `low`, `high` are fractions, null where they cannot be said; `note` says why."""

    key: str | None
    leads: int
    won: int
    rate: float | None
    low: float | None
    high: float | None
    days_median: int | None
    days_p90: int | None
    doubtful: int
    note: str | None


@router.get("/funnel", response=list[FunnelRow], summary="The funnel by one key")
def get_funnel(
    request: ApiRequest,
    by: By,
    kind: Kind = Kind.COHORT,
    first: FromDay = None,
    last: ToDay = None,
    conveyor: Short | None = None,
) -> list[dict[str, Any]]:
    """Counts, rates with Wilson intervals, days to win; of the leads in view. Both days are inside the period."""
    return [row.as_data() for row in funnel(Question(by, kind, first, last, conveyor), request.actor)]

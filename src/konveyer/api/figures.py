"""The funnel and the forecast."""

import datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from ninja import Router, Schema
from pydantic import Field

from konveyer.api.auth import ApiRequest
from konveyer.api.shapes import FromDay, Short, ToDay
from konveyer.domain.insight.queries.forecast import Asked, forecast
from konveyer.domain.insight.queries.foretold import as_data
from konveyer.domain.insight.queries.funnel import funnel
from konveyer.domain.insight.rules.question import By, Kind, Question
from konveyer.domain.workspace.models import Workspace
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import clock

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


class SpanOut(Schema):
    """A figure with its low and high end."""

    low: float
    likely: float
    high: float


class RateOut(Schema):
    """A share with its interval. `source`: own, mixed, benchmark; of a seller also team. `small`: under 30 trials."""

    part: int
    whole: int
    rate: float
    low: float
    high: float
    source: str
    small: bool


class MonthOut(Schema):
    """A month to come; `money` null while nobody knows what a sale brings."""

    month: str
    working_days: int
    calls: float
    warm: SpanOut
    sales: SpanOut
    money: SpanOut | None


class ReceivedOut(Schema):
    """Money received in a month; of this month up to yesterday."""

    month: str
    money: float


class SellerOut(Schema):
    """What a call of one seller is worth."""

    id: UUID
    name: str
    rate: RateOut
    call_worth: SpanOut | None


class NeededOut(Schema):
    """Calls a month for the target: likely, least, most; on a working day, of one seller on a working day."""

    calls: int
    least: int
    most: int
    per_day: int
    per_seller: int


class ForecastOut(Schema):
    """From calls to money; `counted` are the sums of the daily sheet over the `history`."""

    history: dict[str, datetime.date]
    currency: str
    counted: dict[str, float]
    warm_of_calls: RateOut
    sales_of_warm: RateOut
    check: float | None
    check_source: str | None
    call_worth: SpanOut | None
    warm_worth: SpanOut | None
    received: list[ReceivedOut]
    months: list[MonthOut]
    sellers: list[SellerOut]
    needed: NeededOut | None


Sum = Annotated[Decimal, Field(gt=0, lt=10**12)]


@router.get("/forecast", response=ForecastOut, summary="The forecast from calls to money")
def get_forecast(
    request: ApiRequest,
    months: Annotated[int, Field(ge=1, le=24)] = 3,
    check: Sum | None = None,
    target: Sum | None = None,
    calls: Annotated[int, Field(ge=0, le=10_000_000)] | None = None,
) -> dict[str, Any]:
    """Of the members in view, from the last 180 days; `check` and `calls` stand in for one's own."""
    request.actor.require(Right.FUNNEL_READ)
    zone = Workspace.objects.only("timezone").get(pk=request.actor.workspace_id).timezone
    today = clock.now().astimezone(ZoneInfo(zone)).date()
    return as_data(forecast(request.actor, today, Asked(months, check, target, calls)))

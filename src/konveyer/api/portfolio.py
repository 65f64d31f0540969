"""The client base as a portfolio."""

import datetime
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from ninja import Router, Schema
from pydantic import Field

from konveyer.api.auth import ApiRequest
from konveyer.api.figures import SpanOut
from konveyer.domain.insight.queries.portfolio import PERIODS, portfolio
from konveyer.domain.insight.queries.portfolio_told import as_data
from konveyer.domain.workspace.models import Workspace
from konveyer.kit import clock

router = Router(tags=["figures"])


class ClassOut(Schema):
    """A class of the base today; `people` are those who work at no company, `net` its growth in the period."""

    name: Annotated[str, Field(alias="class")]
    parties: int
    companies: int
    people: int
    share: float | None
    net: int


class PortfolioDay(Schema):
    """The base at a day's end, and what moved on it."""

    day: datetime.date
    base: int
    classes: dict[str, int]
    moves: dict[str, int]


class RipeningOut(Schema):
    """Days that a move took. `within`: of the sample, those that took 30 to 365 days; `unknown` stand outside the sample."""

    move: str
    sample: int
    unknown: int
    days_median: int | None
    days_p90: int | None
    within: int
    share: float | None
    low: float | None
    high: float | None
    small: bool


class WorthOut(SpanOut):
    """Expected money, with the sum of the amounts behind it."""

    amount: float


class StoodOut(Schema):
    """Open leads of a stage; `chance` null: nothing was won there within a year."""

    stage: str
    currency: str
    leads: int
    with_amount: int
    amount: float
    chance: float | None
    small: bool | None
    expected: WorthOut | None


class LeftOut(Schema):
    """Leads and their amounts that are in no expected sum."""

    leads: int
    amount: float


class PortfolioOut(Schema):
    """The client base as a portfolio. `expected` and `without_chance` are by currency, never added up."""

    period: dict[str, datetime.date]
    base: int
    classes: list[ClassOut]
    moves: dict[str, int]
    days: list[PortfolioDay]
    ripening: list[RipeningOut]
    ripening_since: datetime.date
    expected: dict[str, WorthOut]
    stages: list[StoodOut]
    open_leads: int
    without_amount: int
    resting: int
    without_chance: dict[str, LeftOut]
    not_counted_yet: int


@router.get("/portfolio", response=PortfolioOut, by_alias=True, summary="The client base as a portfolio")
def get_portfolio(request: ApiRequest, period: Literal["30d", "90d", "12m"] = "30d") -> dict[str, Any]:
    """Classes from cold to VIP, growth by day, ripening, expected money of the open leads in view."""
    zone = Workspace.objects.only("timezone").get(pk=request.actor.workspace_id).timezone
    today = clock.now().astimezone(ZoneInfo(zone)).date()
    return as_data(portfolio(request.actor, today, PERIODS[period]))

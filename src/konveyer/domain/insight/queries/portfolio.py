"""The client base as a portfolio (R24): classes, growth by day, ripening, expected money."""

from dataclasses import dataclass
from datetime import date, timedelta

from konveyer.domain.insight.queries.expected import open_value
from konveyer.domain.insight.rules.expected import Expected
from konveyer.domain.insight.rules.ripening import Ripening, ripening
from konveyer.domain.portfolio.queries.moved import moved
from konveyer.domain.portfolio.rules.classes import WARMED, WON
from konveyer.domain.portfolio.rules.picture import Picture, picture
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right

PERIODS = {"30d": 30, "90d": 90, "12m": 365}


@dataclass(frozen=True)
class Portfolio:
    """Everything the screen, the command and the API say.

    `ripening`: of the parties that warmed, and of those that bought for the first time, since `ripe_since`. `resting`: leads on hold, in
    no expected sum. `waiting`: writes that the figures do not know yet.
    """

    first: date
    last: date
    picture: Picture
    ripening: list[Ripening]
    ripe_since: date
    expected: Expected
    resting: int
    waiting: int


def portfolio(actor: Actor, today: date, days: int = 30) -> Portfolio:
    """The base is everybody's, as its lists are; expected money is that of the leads in view. Raises Forbidden.

    The queries read roll-ups by day and month; only the open leads are added up live.
    """
    actor.require(Right.FUNNEL_READ)
    first = today - timedelta(days=days - 1)
    since = (today - timedelta(days=364)).replace(day=1)
    found = moved(actor.workspace_id, today, first, since)
    value, resting = open_value(actor, today)
    ripe = [ripening(move.name, found.tally.ripe) for move in (WARMED, WON)]
    return Portfolio(
        first, today, picture(found.tally.moved, first, today), ripe, since, value, resting, found.waiting
    )

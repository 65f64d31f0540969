"""The forecast from the figures of the daily sheet, which are counted where nobody entered any."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from konveyer.domain.insight.rules import forecast as rules
from konveyer.domain.insight.rules.forecast import (
    SALES_OF_WARM,
    WARM_OF_CALLS,
    Chain,
    Months,
    Needed,
    Rate,
    Span,
)
from konveyer.domain.sheet.queries.figures import by_month, sums
from konveyer.domain.sheet.queries.people import ever_seen
from konveyer.domain.sheet.rules.measures import MEASURES
from konveyer.domain.workspace.models import Workspace
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.kit.calendar import WorkCalendar, is_working_day

HISTORY = 180  # days: two quarters, long enough for rates and short enough to be of today
LONGEST = 24  # months ahead
PAST = 5  # whole months before this one that are shown beside the forecast


@dataclass(frozen=True)
class Asked:
    """For how many months; a check instead of one's own; a monthly target; calls a month instead of one's own."""

    months: int = 3
    check: Decimal | None = None
    target: Decimal | None = None
    calls: int | None = None


@dataclass(frozen=True)
class Seller:
    """What a call of one seller is worth. `worth` None: nobody knows what a sale brings."""

    member_id: UUID
    name: str
    rate: Rate
    worth: Span | None


@dataclass(frozen=True)
class Ahead:
    """One month to come."""

    month: date
    days: int
    figures: Months


@dataclass(frozen=True)
class Past:
    """Money received in a month; of the month of today up to yesterday."""

    month: date
    received: Decimal


@dataclass(frozen=True)
class Forecast:
    """Everything the screen, the command and the API say. `sums`: of the history, by measure."""

    first: date
    last: date
    currency: str
    sums: dict[str, Decimal]
    chain: Chain
    own_check: bool
    calls_per_day: float
    past: list[Past]
    ahead: list[Ahead]
    sellers: list[Seller]
    needed: Needed | None


def forecast(actor: Actor, today: date, asked: Asked | None = None) -> Forecast:
    """Of the members in view, those who have left too, from the 180 days before today.

    Five queries over day sums: they grow with members and days, not with leads and touches.
    """
    asked = asked or Asked()
    firm = Workspace.objects.only("currency", "language").get(pk=actor.workspace_id)
    country = "RU" if firm.language == "ru" else "GB"
    first, last = today - timedelta(days=HISTORY), today - timedelta(days=1)
    members = ever_seen(actor)
    by_member = sums(actor.workspace_id, [one.pk for one in members], first, last)
    total = {
        name: sum((by_member.get((one.pk, name), Decimal(0)) for one in members), Decimal(0))
        for name in MEASURES
    }
    chain = _chain(total, asked.check)
    callers = [one for one in members if one.active and by_member.get((one.pk, "cold_calls"))]
    per_day = float(total["cold_calls"]) / max(working_days(first, last, country), 1)
    ahead = _ahead(today, asked, per_day, chain, country)
    sellers = [
        _seller(
            one.pk,
            one.name,
            int(by_member.get((one.pk, "warm"), 0)),
            int(by_member[one.pk, "cold_calls"]),
            chain,
        )
        for one in callers
    ]
    wanted = None
    if asked.target is not None and ahead:
        wanted = rules.needed(asked.target, chain, ahead[0].days, len(callers))
    past = _past(actor.workspace_id, [one.pk for one in members], today)
    return Forecast(
        first, last, firm.currency, total, chain, asked.check is None, per_day, past, ahead, sellers, wanted
    )  # fmt: skip


def _past(workspace_id: UUID, members: list[UUID], today: date) -> list[Past]:
    """The last months with this one; those before the first money are left out."""
    months = [today.replace(day=1)]
    for _number in range(PAST):
        months.insert(0, (months[0] - timedelta(days=1)).replace(day=1))
    found = by_month(workspace_id, members, "received", months[0], today - timedelta(days=1))
    since = min(found, default=None)
    return [Past(one, found.get(one, Decimal(0))) for one in months if since and one >= since]


def working_days(first: date, last: date, country: str) -> int:
    """Working days between two days, both inside."""
    known = WorkCalendar("UTC", country=country)
    return sum(is_working_day(known, first + timedelta(days=n)) for n in range((last - first).days + 1))


def _chain(total: dict[str, Decimal], check: Decimal | None) -> Chain:
    own = total["received"] / total["sales"] if total["sales"] and total["received"] > 0 else None
    return Chain(
        rules.rate(int(total["warm"]), int(total["cold_calls"]), WARM_OF_CALLS),
        rules.rate(int(total["sales"]), int(total["warm"]), SALES_OF_WARM),
        check if check is not None else own,
    )


def _seller(member_id: UUID, name: str, warm: int, calls: int, chain: Chain) -> Seller:
    own = rules.sellers_rate(warm, calls, chain.warm)
    return Seller(member_id, name, own, Chain(own, chain.sale, chain.check).call_worth)


def _ahead(today: date, asked: Asked, per_day: float, chain: Chain, country: str) -> list[Ahead]:
    """The months after this one, each with its own number of working days."""
    found = []
    month = today.replace(day=1)
    for _number in range(max(0, min(asked.months, LONGEST))):
        month = (month + timedelta(days=32)).replace(day=1)
        days = working_days(month, (month + timedelta(days=32)).replace(day=1) - timedelta(days=1), country)
        calls = float(asked.calls) if asked.calls is not None else per_day * days
        found.append(Ahead(month, days, rules.month(calls, chain)))
    return found

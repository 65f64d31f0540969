"""What a check is and how it is asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils.translation import gettext_lazy as _

from konveyer.domain.audit.rules.telling import Unit
from konveyer.domain.audit.rules.verdict import Better, Bounds
from konveyer.domain.workspace.models import Workspace

# Tables that a check needs at least one row of, as a reader knows them; of "a|b" one of both.
TABLES = {
    "lead": _("There is no lead yet."),
    "touch": _("No touch has been logged yet."),
    "deal": _("There is no deal yet."),
    "payment": _("No payment has been recorded yet."),
    "product": _("There is no product yet."),
    "stage": _("No conveyor has been drawn yet."),
    "handoff": _("Nothing has been handed over yet."),
    "temperature_change": _("No lead has become warm yet."),
    "frame": _("No frame has been set yet."),
    "task": _("No next step has been planned yet."),
    "company|contact": _("There is nobody in the base yet."),
    "daily_count|touch": _("Nobody has entered or logged a day's work yet."),
}


@dataclass(frozen=True)
class Moment:
    """For whom and when it is asked: `today` is the workspace's day. The workspace must be entered.

    `kept` holds what several checks of one run read, so that it is read once.
    """

    workspace_id: UUID
    at: datetime
    today: date
    zone: str
    currency: str
    kept: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    def bound(self) -> dict[str, Any]:
        """Values for statements."""
        return {
            "workspace": self.workspace_id, "at": self.at, "today": self.today, "zone": self.zone, "currency": self.currency,
        }  # fmt: skip


def moment_of(workspace_id: UUID, at: datetime) -> Moment:
    """The moment in the workspace's own zone and money."""
    firm = Workspace.objects.only("timezone", "currency").get(pk=workspace_id)
    return Moment(
        workspace_id, at, at.astimezone(ZoneInfo(firm.timezone)).date(), firm.timezone, firm.currency
    )


@dataclass(frozen=True)
class Measured:
    """A figure (None: nothing to divide by), out of how many, and the figures of the sentence about it."""

    value: Decimal | None
    sample: int
    figures: dict[str, Any] = field(default_factory=dict)
    empty: str = ""  # the table without a row


@dataclass(frozen=True)
class Check:
    """One rule held against the data.

    `sql` gives one row: `measured`, `sample`, and any other columns as figures for the sentence `evidence`. Its values
    are those of Moment.bound. `behind` gives the records meant: (kind, id, note), kind being lead, company, contact,
    product, member or stage; `note` heads what is with them. `least`: below this sample nothing is judged; `of` says what the sample counts. `source`
    says whose benchmark it is. The button leads to the screen `place` (its name) with `query`.
    """

    code: str
    rule: str
    title: Any
    unit: Unit
    bounds: Bounds
    source: Any
    least: int
    of: Any
    needs: tuple[str, ...]
    evidence: Any
    action: Any
    button: Any
    place: str
    sql: str = ""
    behind: str = ""
    query: Mapping[str, str] = field(default_factory=dict)
    note: Any = ""

    def ask(self, moment: Moment) -> Measured:
        """Measure; says which needed table is empty instead, where one is."""
        for table in self.needs:
            if _none(table, moment.workspace_id):
                return Measured(None, 0, {}, table)
        return self.measure(moment)

    def measure(self, moment: Moment) -> Measured:
        """One statement."""
        return read(self.sql, moment.bound())


def read(sql: str, bound: Mapping[str, Any]) -> Measured:
    """The one row of a statement as what was measured."""
    with connection.cursor() as cursor:
        cursor.execute(sql, bound)
        names = [column.name for column in cursor.description or ()]
        row = cursor.fetchone()
    found = dict(zip(names, row or (), strict=False))
    value, sample = found.pop("measured", None), found.pop("sample", None) or 0
    figures = {name: _plain(one) for name, one in found.items()}
    return Measured(None if value is None else round(Decimal(str(value)), 6), int(sample), figures)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value) if isinstance(value, UUID | date | datetime) else value


def _none(table: str, workspace_id: UUID) -> bool:
    if table not in TABLES:
        raise KeyError(table)
    any_row = " or ".join(
        f"exists (select from {one} where workspace_id = %(w)s)" for one in table.split("|")
    )
    with connection.cursor() as cursor:
        cursor.execute(f"select {any_row}", {"w": workspace_id})
        row = cursor.fetchone()
    return not (row and row[0])


def at_most(good: str, weak: str) -> Bounds:
    """Less is better."""
    return Bounds(Better.LESS, Decimal(good), Decimal(weak))


def at_least(good: str, weak: str) -> Bounds:
    """More is better."""
    return Bounds(Better.MORE, Decimal(good), Decimal(weak))

"""Figures of the sheet: what was entered, else what the events say (see "The model"); never both added."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

from konveyer.domain.sheet.queries.facts import EVENTS, MARKED, bound
from konveyer.domain.sheet.rules.measures import MEASURES

_UNPIVOT = ", ".join(f"('{name}', s.{name}::numeric)" for name in MEASURES)
_BOTH = f"""
with days as materialized ({MARKED}),
     counted as (
       select s.member_id, s.day, m.measure, m.n
         from sheet_day_sums s cross join lateral (values {_UNPIVOT}) m(measure, n)
        where s.workspace_id = %(workspace)s and s.member_id = any(%(members)s) and s.day between %(first)s and %(last)s
          and m.n <> 0 and not exists (select from days d where d.day = s.day)
       union all
       select member_id, day, measure, sum(n) from ({EVENTS}) e group by 1, 2, 3),
     entered as (select member_id, day, measure, value from daily_count
                  where workspace_id = %(workspace)s and member_id = any(%(members)s) and day between %(first)s and %(last)s),
     figure as (select member_id, day, measure, e.value as entered, c.n as counted
                  from counted c full join entered e using (member_id, day, measure))
"""  # both are ours


@dataclass(frozen=True)
class Figure:
    """One cell: what was entered (None: nothing) and what the events say. `value` is what counts."""

    entered: Decimal | None
    counted: Decimal

    @property
    def value(self) -> Decimal:
        """The sheet's figure if entered, else the events."""
        return self.counted if self.entered is None else self.entered

    @property
    def apart(self) -> Decimal:
        """By how much the entered figure goes beyond the events."""
        return Decimal(0) if self.entered is None else self.entered - self.counted


NOTHING = Figure(None, Decimal(0))


def cells(
    workspace_id: UUID, members: Collection[UUID], first: date, last: date
) -> dict[tuple[UUID, date, str], Figure]:
    """Every cell of these members and days, both days inside, that holds anything."""
    rows = _read(
        f"{_BOTH} select member_id, day, measure, entered, coalesce(counted, 0) from figure",
        workspace_id, members, first, last,
    )  # fmt: skip
    return {
        (member, day, measure): Figure(entered, counted) for member, day, measure, entered, counted in rows
    }


def sums(
    workspace_id: UUID, members: Collection[UUID], first: date, last: date
) -> dict[tuple[UUID, str], Decimal]:
    """The figures that count, summed over the days: (member, measure) → sum."""
    rows = _read(
        f"{_BOTH} select member_id, measure, sum(coalesce(entered, counted)) from figure group by 1, 2",
        workspace_id, members, first, last,
    )  # fmt: skip
    return {(member, measure): total for member, measure, total in rows}


def by_month(
    workspace_id: UUID, members: Collection[UUID], measure: str, first: date, last: date
) -> dict[date, Decimal]:
    """One measure of all these members together, by the first day of each month in which there is any."""
    rows = _read(
        f"{_BOTH} select date_trunc('month', day::timestamp)::date, sum(coalesce(entered, counted)) from figure"
        " where measure = %(measure)s group by 1",
        workspace_id, members, first, last, measure=measure,
    )  # fmt: skip
    return dict(rows)


def _read(
    sql: str, workspace_id: UUID, members: Collection[UUID], first: date, last: date, **more: str
) -> list[Any]:
    asked = bound(workspace_id, list(members), first=first, last=last, **more)
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        return list(cursor.fetchall())

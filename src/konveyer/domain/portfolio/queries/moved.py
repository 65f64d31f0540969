"""Reading the roll-ups, with what is not counted yet set right from the facts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from konveyer.domain.portfolio.queries.facts import ways
from konveyer.domain.portfolio.rules.tally import Tally

LIVE = 500  # marks; more than these wait for the worker, and the reader is told

_ZONE = "select timezone from workspace where id = %s"
_MARKS = "select subject_id from portfolio_mark where workspace_id = %s order by id limit %s"
_STORED = """
select kind, was, became, first_on, days from portfolio_stay
 where workspace_id = %s and party_id = any(%s)"""
_MOVED = """
select greatest(day, %(eve)s), kind, was, became, sum(parties)::int from portfolio_day_moves
 where workspace_id = %(workspace)s and day <= %(today)s group by 1, 2, 3, 4"""
_RIPE = """
select month, move, days, parties from portfolio_ripened
 where workspace_id = %(workspace)s and month between %(since)s and %(today)s"""


@dataclass(frozen=True)
class Moved:
    """All moves up to today (those before the period on its eve), ripening by month, and writes that are not counted yet."""

    tally: Tally
    waiting: int


def moved(workspace_id: UUID, today: date, first: date, since: date) -> Moved:
    """`first` begins the days of the moves, `since` (of a month) the months of ripening.

    Three queries over roll-ups; where writes of the last minute wait, some more over what they touched.
    """
    asked: dict[str, Any] = {
        "workspace": workspace_id,
        "today": today,
        "eve": first - timedelta(days=1),
        "since": since,
    }
    tally = Tally()
    with connection.cursor() as cursor:
        waiting = _correct(cursor, workspace_id, tally)
        cursor.execute(_MOVED, asked)
        for *key, parties in cursor.fetchall():
            tally.moved[tuple(key)] += parties
        cursor.execute(_RIPE, asked)
        for *key, parties in cursor.fetchall():
            tally.ripe[tuple(key)] += parties
    return Moved(tally, waiting)


def _correct(cursor: Any, workspace_id: UUID, tally: Tally) -> int:
    """Put what the marked parties are now in the place of what was counted of them. Returns how many marks were left."""
    cursor.execute(_MARKS, [workspace_id, LIVE + 1])
    marked = {subject for (subject,) in cursor.fetchall()}
    if not marked:
        return 0
    if None in marked or len(marked) > LIVE:
        cursor.execute("select count(*) from portfolio_mark where workspace_id = %s", [workspace_id])
        return int(cursor.fetchone()[0])
    cursor.execute(_ZONE, [workspace_id])
    [(zone,)] = cursor.fetchall()
    found = ways(cursor, workspace_id, zone, marked)
    _stored(cursor, workspace_id, marked | {ident for _kind, ident in found}, tally)
    for (kind, _ident), way in found.items():
        for stay in way:
            tally.add(kind, stay.was, stay.became, stay.first, stay.days)
    return 0


def _stored(cursor: Any, workspace_id: UUID, parties: Collection[UUID], tally: Tally) -> None:
    cursor.execute(_STORED, [workspace_id, list(parties)])
    for kind, was, became, first, days in cursor.fetchall():
        tally.add(kind, was, became, first, days, -1)

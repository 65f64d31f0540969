"""Counting marked parties anew from their facts, and their share of the roll-ups with them."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from konveyer.domain.portfolio.models import Mark
from konveyer.domain.portfolio.queries.facts import Party, ways
from konveyer.domain.portfolio.rules.tally import Tally
from konveyer.domain.portfolio.rules.timeline import Stay
from konveyer.domain.workspace.models import Workspace

AT_ONCE = 10_000  # marks

_LOCK = "select pg_try_advisory_xact_lock(hashtextextended('portfolio ' || %s::text, 0))"
# The marks go first: what is written from here on, before the reading below, leaves marks of its own. By an array and not by
# a join: right after a load, when nobody knows yet how many marks there are, a join would be gone through pair by pair.
_TAKE = """
delete from portfolio_mark where workspace_id = %(workspace)s and id = any(array(
  select id from portfolio_mark where workspace_id = %(workspace)s order by id limit %(limit)s)) returning subject_id"""
_EVERYBODY = """
insert into portfolio_mark (workspace_id, subject_id)
select workspace_id, id from company where workspace_id = %(workspace)s
union all select workspace_id, id from contact where workspace_id = %(workspace)s
union all select workspace_id, party_id from portfolio_stay where workspace_id = %(workspace)s and was = ''"""
_FORGET = """
delete from portfolio_stay where workspace_id = %(workspace)s and party_id = any(%(parties)s)
returning kind, became, was, first_on, days"""
_KEEP = """
insert into portfolio_stay (id, workspace_id, party_id, kind, became, was, first_on, until_on, days)
select md5(row(%(workspace)s::uuid, party, first)::text)::uuid, %(workspace)s, party, kind, became, was, first, until, days
  from unnest(%(party)s::uuid[], %(kind)s::text[], %(became)s::text[], %(was)s::text[], %(first)s::date[], %(until)s::date[],
              %(days)s::int[]) s(party, kind, became, was, first, until, days)"""
# A count that goes down to nothing leaves no row.
_ADD_DAYS = """
with added as (
  insert into portfolio_day_moves as t (id, workspace_id, day, kind, was, became, parties)
  select md5(row(%(workspace)s::uuid, day, kind, was, became)::text)::uuid, %(workspace)s, day, kind, was, became, n
    from unnest(%(day)s::date[], %(kind)s::text[], %(was)s::text[], %(became)s::text[], %(n)s::int[]) d(day, kind, was, became, n)
   where n > 0
  on conflict (workspace_id, day, kind, was, became) do update set parties = t.parties + excluded.parties)
update portfolio_day_moves t set parties = t.parties + d.n
  from unnest(%(day)s::date[], %(kind)s::text[], %(was)s::text[], %(became)s::text[], %(n)s::int[]) d(day, kind, was, became, n)
 where t.workspace_id = %(workspace)s and (t.day, t.kind, t.was, t.became) = (d.day, d.kind, d.was, d.became) and d.n < 0"""
_ADD_RIPENED = """
with added as (
  insert into portfolio_ripened as t (id, workspace_id, month, move, days, parties)
  select md5(row(%(workspace)s::uuid, month, move, days)::text)::uuid, %(workspace)s, month, move, days, n
    from unnest(%(month)s::date[], %(move)s::text[], %(days)s::int[], %(n)s::int[]) d(month, move, days, n) where n > 0
  on conflict (workspace_id, month, move, days) do update set parties = t.parties + excluded.parties)
update portfolio_ripened t set parties = t.parties + d.n
  from unnest(%(month)s::date[], %(move)s::text[], %(days)s::int[], %(n)s::int[]) d(month, move, days, n)
 where t.workspace_id = %(workspace)s and (t.month, t.move) = (d.month, d.move) and t.days is not distinct from d.days and d.n < 0"""
_TIDY = (
    "delete from portfolio_day_moves where workspace_id = %(workspace)s and parties = 0",
    "delete from portfolio_ripened where workspace_id = %(workspace)s and parties = 0",
)


def count_parties(*, workspace_id: UUID, limit: int = AT_ONCE) -> bool:
    """Count the parties marked longest ago, at most `limit` marks; whether it is to be called again for those left.

    While another transaction counts the same workspace it does nothing and leaves the rest to that one, too. The workspace
    must be entered.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_LOCK, [workspace_id])
        if cursor.fetchone() == (False,):
            return False
        cursor.execute(_TAKE, {"workspace": workspace_id, "limit": limit})
        marked = {subject for (subject,) in cursor.fetchall()}
        if None in marked:
            cursor.execute(_EVERYBODY, {"workspace": workspace_id})
        _count(cursor, workspace_id, marked - {None})
        return Mark.objects.filter(workspace_id=workspace_id).exists()


def _count(cursor: Any, workspace_id: UUID, subjects: set[UUID]) -> None:
    if not subjects:
        return
    zone = Workspace.objects.values_list("timezone", flat=True).get(pk=workspace_id)
    found = ways(cursor, workspace_id, zone, subjects)
    parties = subjects | {ident for _kind, ident in found}
    cursor.execute(_FORGET, {"workspace": workspace_id, "parties": list(parties)})
    tally = Tally()
    for kind, became, was, first, days in cursor.fetchall():
        tally.add(kind, was, became, first, days, -1)
    for (kind, _ident), way in found.items():
        for stay in way:
            tally.add(kind, stay.was, stay.became, stay.first, stay.days)
    cursor.execute(_KEEP, {"workspace": workspace_id, **_columns(found)})
    _add(cursor, workspace_id, tally)


def _columns(found: Mapping[Party, Iterable[Stay]]) -> dict[str, list[Any]]:
    rows = [
        (ident, kind, stay.became, stay.was, stay.first, stay.until, stay.days)
        for (kind, ident), way in found.items()
        for stay in way
    ]
    names = ("party", "kind", "became", "was", "first", "until", "days")
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}


def _add(cursor: Any, workspace_id: UUID, tally: Tally) -> None:
    """Add the differences to the roll-ups."""
    moved = [(*key, n) for key, n in tally.moved.items() if n]
    grown = [(*key, n) for key, n in tally.ripe.items() if n]
    for statement, rows, names in (
        (_ADD_DAYS, moved, ("day", "kind", "was", "became", "n")),
        (_ADD_RIPENED, grown, ("month", "move", "days", "n")),
    ):
        if rows:
            columns = {name: [row[place] for row in rows] for place, name in enumerate(names)}
            cursor.execute(statement, {"workspace": workspace_id, **columns})
    for statement in _TIDY:
        cursor.execute(statement, {"workspace": workspace_id})

"""What was counted of the portfolio equals a recount of its facts."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from konveyer.domain.insight.queries.reconcile.equation import EXAMPLES, Asked, Broken, Equation
from konveyer.domain.portfolio.queries.facts import ways
from konveyer.domain.portfolio.rules.tally import Tally

AT_ONCE = 5_000  # parties

_WHERE = (
    """select id, slug, timezone from workspace where %(only)s::uuid is null or id = %(only)s order by id"""
)
_NEXT = """
select id from (select id from company where workspace_id = %(workspace)s and id > %(after)s
                union all select id from contact where workspace_id = %(workspace)s and id > %(after)s) x order by id limit %(limit)s"""
_STORED = """
select party_id, kind, was, became, first_on, until_on, days from portfolio_stay
 where workspace_id = %(workspace)s and party_id = any(%(parties)s)"""
_MARKED = "select subject_id from portfolio_mark where workspace_id = %(workspace)s"
_SUMS = "select day, kind, was, became, parties from portfolio_day_moves where workspace_id = %(workspace)s"
_RIPE = "select month, move, days, parties from portfolio_ripened where workspace_id = %(workspace)s"
_STAYS = """select kind, was, became, first_on, days, count(*)::int from portfolio_stay where workspace_id = %(workspace)s group by 1, 2, 3, 4, 5"""
_FIRST = UUID(int=0)


class PortfolioDays(Equation):
    """Asks one workspace after the other, some thousands of parties at a time: memory does not grow with the base."""

    def ask(self, asked: Asked) -> Broken:
        """See Equation. Marked parties are about to be counted and are left out."""
        asked.cursor.execute(_WHERE, {"only": asked.workspace})
        wrong: list[str] = []
        for workspace, slug, zone in asked.cursor.fetchall():
            found = [*_parties(asked.cursor, workspace, zone), *_sums(asked.cursor, workspace)]
            wrong += [f"{slug}: {record}" for record in found]
        return Broken(len(wrong), sorted(wrong)[:EXAMPLES])


def _parties(cursor: Any, workspace: UUID, zone: str) -> list[str]:
    """Parties whose stored ways are others than those of their facts."""
    cursor.execute(_MARKED, {"workspace": workspace})
    marked = {subject for (subject,) in cursor.fetchall()}
    if None in marked:
        return []
    wrong, after = set[str](), _FIRST
    while True:
        cursor.execute(_NEXT, {"workspace": workspace, "after": after, "limit": AT_ONCE})
        ids = [ident for (ident,) in cursor.fetchall()]
        if not ids:
            return sorted(wrong)
        after = ids[-1]
        ways_now = ways(cursor, workspace, zone, ids)
        told = {
            (ident, kind, stay.was, stay.became, stay.first, stay.until, stay.days)
            for (kind, ident), way in ways_now.items()
            for stay in way
        }
        parties = {*ids, *(ident for _kind, ident in ways_now)}
        cursor.execute(_STORED, {"workspace": workspace, "parties": list(parties)})
        for ident, kind, *_rest in told ^ {tuple(row) for row in cursor.fetchall()}:
            wrong |= set() if ident in marked else {f"{kind} {ident}"}


def _sums(cursor: Any, workspace: UUID) -> list[str]:
    """Days and months whose sums are others than those of the stored ways: these are always written together."""
    tally = Tally()
    cursor.execute(_STAYS, {"workspace": workspace})
    for kind, was, became, first, days, parties in cursor.fetchall():
        tally.add(kind, was, became, first, days, parties)
    wrong = []
    for sql, counted, name in ((_SUMS, tally.moved, "day"), (_RIPE, tally.ripe, "month")):
        cursor.execute(sql, {"workspace": workspace})
        stored: Counter[Any] = Counter({tuple(key): parties for *key, parties in cursor.fetchall()})
        wrong += sorted({f"{name} {key[0]}" for key in {*stored, *counted} if stored[key] != counted[key]})
    return wrong


EQUATION = PortfolioDays(
    "portfolio_days", _("Classes, days and months of the portfolio equal a recount of their facts."), ""
)

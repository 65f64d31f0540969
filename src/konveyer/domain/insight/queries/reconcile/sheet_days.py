"""Day sums of the sheet equal their events, on every day that is not marked dirty."""

from typing import cast
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from konveyer.domain.insight.queries.reconcile.equation import EXAMPLES, Asked, Broken, Equation, breaking
from konveyer.domain.sheet.queries.facts import EVENTS, SUMS
from konveyer.domain.sheet.rules.measures import MEASURES

_COLUMNS = ", ".join(("member_id", "day", *(f"{name}::numeric" for name in MEASURES)))
_CLEAN = """
select day, (day::timestamp at time zone %(zone)s) as start, ((day + 1)::timestamp at time zone %(zone)s) as finish
  from (select (happened_at at time zone %(zone)s)::date as day from touch where workspace_id = %(workspace)s
        union select (at at time zone %(zone)s)::date from temperature_change where workspace_id = %(workspace)s
        union select (created_at at time zone %(zone)s)::date from deal where workspace_id = %(workspace)s
        union select won_on from lead where workspace_id = %(workspace)s and won_on is not null
        union select received_on from payment where workspace_id = %(workspace)s
        union select day from sheet_day_sums where workspace_id = %(workspace)s) known
 where not exists (select from sheet_dirty_day d where d.workspace_id = %(workspace)s and d.day = known.day)"""
_SQL = f"""
with days as materialized ({_CLEAN}),
     counted as materialized (select member_id, day, {SUMS} from ({EVENTS}) e group by member_id, day),
     stored as materialized (select {_COLUMNS} from sheet_day_sums
                              where workspace_id = %(workspace)s and day in (select day from days)),
     again as (select {_COLUMNS} from counted)
select distinct %(workspace)s::uuid as workspace_id, 'member ' || d.member_id || ' on ' || d.day as record
  from ((select * from again except all select * from stored)
        union all (select * from stored except all select * from again)) d"""  # ours
_WHERE = """select w.id, w.timezone, w.currency, array(select m.id from member m where m.workspace_id = w.id)
              from workspace w where %(only)s::uuid is null or w.id = %(only)s"""


class SheetDays(Equation):
    """Asks one workspace after the other: zone and currency are theirs."""

    def ask(self, asked: Asked) -> Broken:
        """See Equation."""
        asked.cursor.execute(_WHERE, {"only": asked.workspace})
        found, examples = 0, list[str]()
        for workspace, zone, currency, members in asked.cursor.fetchall():
            values = {"zone": zone, "currency": currency, "members": members}
            one = breaking(Asked(asked.cursor, cast(UUID, workspace), ()), self.sql, **values)
            found, examples = found + one.found, examples + one.examples
        return Broken(found, examples[:EXAMPLES])


EQUATION = SheetDays("sheet_days", _("The sheet's day sums equal a recount of their events."), _SQL)

"""Roll-ups of the funnel equal their facts, cell by cell, in every month that is not marked dirty."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.insight.queries.facts import CELLS, cells, parameters
from konveyer.domain.insight.queries.reconcile.equation import EXAMPLES, Asked, Broken, Equation, breaking

_COLUMNS = "month, conveyor_id, key, days, leads::int, won::int, doubtful::int, from_deals::int"
_LAST = "(m.month + interval '1 month - 1 day')::date"


def _sql() -> str:
    counted = " union all ".join(
        f"""select '{basis}' as basis, '{by}' as by, {_COLUMNS}
              from (select f.* from clean m cross join lateral ({cells(basis, by, first="m.month", last=_LAST)}) f) f"""
        for basis, by in CELLS
    )
    return f"""
        with clean as materialized (
          select c.month from funnel_counted_month c
           where c.workspace_id = %(workspace)s and not exists (
                 select from funnel_dirty_month d where d.workspace_id = c.workspace_id and d.month = c.month)),
        counted as materialized ({counted}),
        stored as materialized (
          select basis, by, {_COLUMNS} from funnel_cell
           where workspace_id = %(workspace)s and month in (select month from clean))
        select distinct %(workspace)s::uuid as workspace_id,
               'month ' || to_char(d.month, 'YYYY-MM') || ', ' || d.basis || ' by ' || d.by as record
          from ((select * from counted except all select * from stored)
                union all (select * from stored except all select * from counted)) d"""


class FunnelMonths(Equation):
    """Asks one workspace after the other: zones and stages are theirs."""

    def ask(self, asked: Asked) -> Broken:
        """See Equation."""
        asked.cursor.execute(
            "select distinct workspace_id from funnel_counted_month where %(only)s::uuid is null or workspace_id = %(only)s",
            {"only": asked.workspace},
        )
        found, examples = 0, list[str]()
        for (workspace,) in asked.cursor.fetchall():
            values = parameters(asked.cursor, workspace)
            one = breaking(Asked(asked.cursor, workspace, ()), self.sql, **values)
            found, examples = found + one.found, examples + one.examples
        return Broken(found, examples[:EXAMPLES])


EQUATION = FunnelMonths(
    "funnel_months", _("The funnel's counted months equal a recount of their leads and stage passes."), _sql()
)

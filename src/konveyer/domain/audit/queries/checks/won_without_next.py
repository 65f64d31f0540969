"""R16: whether a sale makes the client a lead of the next level."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.audit.queries.check import Check, at_most
from konveyer.domain.audit.rules.telling import Unit

_WON = """
select l.id, l.level, not exists (select from lead n where n.workspace_id = l.workspace_id and n.parent_id = l.id) as alone
  from lead l
 where l.workspace_id = %(workspace)s and l.won_on > %(today)s::date - 180 and not l.history
   and exists (select from product p where p.workspace_id = l.workspace_id and p.active
                  and array_position(array['info', 'front_end', 'core', 'vip'], p.level::text)
                    = array_position(array['info', 'front_end', 'core', 'vip'], l.level::text) + 1)"""

CHECK = Check(
    code="won_without_next",
    rule="R16",
    title=_("Sales that open no lead of the next level"),
    unit=Unit.SHARE,
    bounds=at_most("0.02", "0.1"),
    source=_("A sale at one level makes the client a new lead in the conveyor of the next level"),
    least=5,
    of=_("leads won below the top of the ladder"),
    needs=("lead", "product"),
    evidence=_("Of %(all)s leads won in 180 days, above whose level there is a product, %(alone)s have no lead of the next level."),
    action=_("Open for these clients a lead of the next level and give it to the account manager."),
    button=_("Won leads"),
    place="leads",
    query={"state": "won"},
    sql=f"""
select avg(alone::int) as measured, count(*) as sample, count(*) as "all", count(*) filter (where alone) as alone
  from ({_WON}) won""",
    note=_("Level"),
    behind=f"select 'lead' as kind, id, level as note from ({_WON}) won where alone",
)  # fmt: skip

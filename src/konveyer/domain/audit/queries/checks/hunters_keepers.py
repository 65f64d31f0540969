"""R11: whether hunters and keepers are split, once there are four."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.audit.queries.check import Check, at_most
from konveyer.domain.audit.queries.recent import touches
from konveyer.domain.audit.rules.telling import Unit

_SELLERS = f"""
select id, hunt, keep, least(hunt, keep) * 5 >= hunt + keep as mixed
  from (select m.id, count(*) filter (where l.parent_id is null and (l.won_at is null or t.happened_at <= l.won_at)) as hunt,
               count(*) filter (where l.parent_id is not null or t.happened_at > l.won_at) as keep
          from {touches(90)} join lead l on l.workspace_id = t.workspace_id and l.id = t.lead_id
         where m.workspace_id = %(workspace)s and m.active and not t.history
         group by m.id) n
 where hunt + keep >= 20"""

CHECK = Check(
    code="hunters_keepers",
    rule="R11",
    title=_("Sellers who both hunt and keep"),
    unit=Unit.SHARE,
    bounds=at_most("0.25", "0.5"),
    source=_("From four sellers on without a split about half of the capacity is wasted"),
    least=4,
    of=_("sellers with twenty touches"),
    needs=("lead", "touch",),
    evidence=_("Of %(all)s sellers with at least 20 touches in 90 days %(mixed)s give a fifth or more of them to each side: new clients and those that we have."),
    action=_("Split the roles: one wins new clients, another keeps those that we have."),
    button=_("People and roles"),
    place="setup-members",
    note=_("New / kept"),
    sql=f"""
select avg(mixed::int) as measured, count(*) as sample, count(*) as "all",
       count(*) filter (where mixed) as mixed, avg(mixed::int)::float as mixed_share from ({_SELLERS}) x""",
    behind=f"""
select 'member' as kind, id, hunt || ' / ' || keep as note from ({_SELLERS}) x where mixed""",
)  # fmt: skip

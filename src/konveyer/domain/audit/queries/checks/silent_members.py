"""R36: whether everybody with open leads logs touches."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.audit.queries.check import Check, at_most
from konveyer.domain.audit.rules.telling import Unit

_OWNERS = """
select m.id, o.leads,
       not exists (select from touch t where t.workspace_id = m.workspace_id and t.member_id = m.id
                      and t.happened_at > %(at)s - interval '30 days') as silent
  from (select owner_id, count(*) as leads from lead where workspace_id = %(workspace)s and state = 'open' and owner_id is not null
         group by 1) o
  join member m on m.workspace_id = %(workspace)s and m.id = o.owner_id and m.active"""

CHECK = Check(
    code="silent_members",
    rule="R36",
    title=_("People with open leads who log no touches"),
    unit=Unit.SHARE,
    bounds=at_most("0.25", "0.5"),
    source=_("Everybody who talks to a client, performers too, logs touches"),
    least=3,
    of=_("people with open leads"),
    needs=("lead", "touch",),
    evidence=_("Of %(all)s people who hold open leads, %(silent)s logged no touch in 30 days."),
    action=_("Ask them to log their talks: an outcome is one key on the lead's card."),
    button=_("People and roles"),
    place="setup-members",
    note=_("Open leads"),
    sql=f"""
select avg(silent::int) as measured, count(*) as sample, count(*) as "all",
       count(*) filter (where silent) as silent, avg(silent::int)::float as silent_share from ({_OWNERS}) x""",
    behind=f"""
select 'member' as kind, id, leads::text as note from ({_OWNERS}) x where silent""",
)  # fmt: skip

"""R37: how much of what a machine can send is sent by it."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.audit.queries.check import Check, at_least
from konveyer.domain.audit.queries.recent import touches
from konveyer.domain.audit.rules.telling import Unit

_SENT = f"""
select m.id, t.automatic
  from {touches(90)}
 where m.workspace_id = %(workspace)s and t.channel in ('mail', 'message') and t.direction = 'out' and not t.history"""

CHECK = Check(
    code="by_hand",
    rule="R37",
    title=_("Mails and messages that a machine sent"),
    unit=Unit.SHARE,
    bounds=at_least("0.3", "0.05"),
    source=_("What a machine can do is taken off the sellers"),
    least=50,
    of=_("mails and messages sent"),
    needs=("touch",),
    evidence=_("Of %(all)s mails and messages sent in 90 days %(automatic)s went out by themselves (%(automatic_share)s)."),
    action=_("Let the program send what is always the same: the link, the material, the reminder."),
    button=_("Conveyors"),
    place="setup-conveyors",
    note=_("By hand"),
    sql=f"""
select avg(automatic::int) as measured, count(*) as sample, count(*) as "all",
       count(*) filter (where automatic) as automatic, avg(automatic::int)::float as automatic_share from ({_SENT}) x""",
    behind=f"""
select 'member' as kind, id, count(*)::text as note from ({_SENT}) x where not automatic group by id""",
)  # fmt: skip

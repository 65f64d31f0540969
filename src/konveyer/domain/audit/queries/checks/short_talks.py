"""S29: talks that cannot be: shorter than a talk."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.audit.queries.check import Check, at_most
from konveyer.domain.audit.queries.recent import touches
from konveyer.domain.audit.rules.telling import Unit

_TALKS = f"""
select m.id, t.seconds < w.talk_seconds as short
  from {touches(90)} join workspace w on w.id = m.workspace_id
 where m.workspace_id = %(workspace)s and t.channel = 'call' and t.direction = 'out' and t.counted and t.seconds is not null
   and not t.history"""

CHECK = Check(
    code="short_talks",
    rule="S29",
    title=_("Talks shorter than a talk"),
    unit=Unit.SHARE,
    bounds=at_most("0", "0.02"),
    source=_("A call of 0 seconds is no talk"),
    least=50,
    of=_("talks with a length"),
    needs=("touch",),
    evidence=_("Of %(all)s talks of 90 days with a length %(short)s are shorter than what counts as a talk."),
    action=_("Look at who logs them: a call without an answer is an attempt, not a talk."),
    button=_("People and roles"),
    place="setup-members",
    note=_("Talks"),
    sql=f"""
select avg(short::int) as measured, count(*) as sample, count(*) as "all",
       count(*) filter (where short) as short, avg(short::int)::float as short_share from ({_TALKS}) x""",
    behind=f"""
select 'member' as kind, id, count(*)::text as note from ({_TALKS}) x where short group by id""",
)  # fmt: skip

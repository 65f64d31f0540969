"""R8: whether stages before the win give something and ask for something."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.audit.queries.check import Check, at_most
from konveyer.domain.audit.rules.telling import Unit

_BEFORE_WIN = """
  from stage s join conveyor_version v on v.workspace_id = s.workspace_id and v.id = s.conveyor_version_id and v.state = 'live'
  join conveyor c on c.workspace_id = v.workspace_id and c.id = v.conveyor_id and c.active
  join stage w on w.workspace_id = v.workspace_id and w.conveyor_version_id = v.id and w.win_point
 where s.workspace_id = %(workspace)s and s.position <= w.position
   and exists (select from lead l where l.workspace_id = v.workspace_id and l.conveyor_version_id = v.id)"""

CHECK = Check(
    code="stage_without_exchange",
    rule="R8",
    title=_("Stages that give nothing and get nothing"),
    unit=Unit.SHARE,
    bounds=at_most("0.34", "0.6"),
    source=_("Value given and price asked grow stage by stage; either side may be empty, not both everywhere"),
    least=3,
    of=_("stages before the win"),
    needs=("stage", "lead"),
    evidence=_("Of %(all)s stages before the win, on conveyors with leads, %(bare)s give nothing and get nothing."),
    action=_("Think of something of value to give on these stages, and of what to ask for in return."),
    button=_("Conveyors"),
    place="setup-conveyors",
    sql=f"""
select avg((s.give = '' and s.get = '')::int) as measured, count(*) as sample, count(*) as "all",
       count(*) filter (where s.give = '' and s.get = '') as bare {_BEFORE_WIN}""",
    note=_("Conveyor"),
    behind=f"select 'stage' as kind, s.id, c.name as note {_BEFORE_WIN} and s.give = '' and s.get = ''",
)  # fmt: skip

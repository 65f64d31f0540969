"""R8: whether every stage says what it must bring."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.audit.queries.check import Check, at_most
from konveyer.domain.audit.rules.telling import Unit

_LIVE = """
  from stage s join conveyor_version v on v.workspace_id = s.workspace_id and v.id = s.conveyor_version_id and v.state = 'live'
  join conveyor c on c.workspace_id = v.workspace_id and c.id = v.conveyor_id and c.active
 where s.workspace_id = %(workspace)s"""

CHECK = Check(
    code="stage_without_result",
    rule="R8",
    title=_("Stages without a result"),
    unit=Unit.SHARE,
    bounds=at_most("0", "0.1"),
    source=_("Every stage has one accountable role and one result"),
    least=1,
    of=_("stages in use"),
    needs=("stage",),
    evidence=_("Of %(all)s stages in use %(bare)s say no result."),
    action=_("Write down for each of these stages by what one sees that it is done."),
    button=_("Conveyors"),
    place="setup-conveyors",
    sql=f"""
select avg((s.result = '')::int) as measured, count(*) as sample, count(*) as "all",
       count(*) filter (where s.result = '') as bare {_LIVE}""",
    note=_("Conveyor"),
    behind=f"select 'stage' as kind, s.id, c.name as note {_LIVE} and s.result = ''",
)  # fmt: skip

"""R8: whether somebody answers for every stage in which leads stand."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.audit.queries.check import Check, at_most
from konveyer.domain.audit.rules.telling import Unit

_BUSY = """
select s.id, r.name as role,
       not exists (select from member_role mr join member m on m.workspace_id = mr.workspace_id and m.id = mr.member_id and m.active
                    where mr.workspace_id = s.workspace_id and mr.role_id = s.role_id) as nobody
  from stage s join role r on r.workspace_id = s.workspace_id and r.id = s.role_id
 where s.workspace_id = %(workspace)s
   and exists (select from lead l where l.workspace_id = s.workspace_id and l.stage_id = s.id and l.state = 'open')"""

CHECK = Check(
    code="stage_of_nobody",
    rule="R8",
    title=_("Stages whose role nobody holds"),
    unit=Unit.SHARE,
    bounds=at_most("0", "0.1"),
    source=_("Every stage has one accountable role and one result"),
    least=1,
    of=_("stages with open leads"),
    needs=("stage", "lead"),
    evidence=_("Of %(all)s stages in which open leads stand %(nobody)s belong to a role that nobody holds."),
    action=_("Give the role to somebody, or the stage to another role."),
    button=_("People and roles"),
    place="setup-members",
    sql=f"""
select avg(nobody::int) as measured, count(*) as sample, count(*) as "all", count(*) filter (where nobody) as nobody
  from ({_BUSY}) busy""",
    note=_("Role"),
    behind=f"select 'stage' as kind, id, role as note from ({_BUSY}) busy where nobody",
)  # fmt: skip

"""Lead, stage, version and conveyor agree."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.insight.queries.reconcile.equation import Equation

EQUATION = Equation(
    "stage_elsewhere",
    _("The stage of a lead belongs to its conveyor version, and the version to its conveyor."),
    """
select l.workspace_id, 'lead ' || l.id as record
  from lead l
  left join stage s on s.workspace_id = l.workspace_id and s.id = l.stage_id
  left join conveyor_version v on v.workspace_id = l.workspace_id and v.id = l.conveyor_version_id
 where s.conveyor_version_id <> l.conveyor_version_id or v.conveyor_id <> l.conveyor_id
""",
)

"""A lead that a new version took over stands in that version."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.insight.queries.reconcile.equation import Equation

EQUATION = Equation(
    "mapped_elsewhere",
    _(
        "A stage map leads from a former version of a conveyor to its own; a pass that it ended is followed by one in a later version; nobody stands in a draft."
    ),
    """
select m.workspace_id, 'stage_map ' || m.id as record
  from stage_map m
  join conveyor_version v on v.workspace_id = m.workspace_id and v.id = m.version_id
  join stage f on f.workspace_id = m.workspace_id and f.id = m.from_stage_id
  join conveyor_version o on o.workspace_id = f.workspace_id and o.id = f.conveyor_version_id
  left join stage t on t.workspace_id = m.workspace_id and t.id = m.to_stage_id
 where o.conveyor_id <> v.conveyor_id or o.number >= v.number or t.conveyor_version_id <> v.id
union all
select p.workspace_id, 'stage_pass ' || p.id
  from stage_pass p
  join stage s on s.workspace_id = p.workspace_id and s.id = p.stage_id
  join conveyor_version v on v.workspace_id = s.workspace_id and v.id = s.conveyor_version_id
 where p.outcome = 'mapped' and not exists (
       select from stage_pass n
         join stage ns on ns.workspace_id = n.workspace_id and ns.id = n.stage_id
         join conveyor_version nv on nv.workspace_id = ns.workspace_id and nv.id = ns.conveyor_version_id
        where n.workspace_id = p.workspace_id and n.lead_id = p.lead_id and n.entered_at >= p.left_at
          and nv.conveyor_id = v.conveyor_id and nv.number > v.number)
union all
select p.workspace_id, 'stage_pass ' || p.id
  from conveyor_version v
  join stage s on s.workspace_id = v.workspace_id and s.conveyor_version_id = v.id
  join stage_pass p on p.workspace_id = s.workspace_id and p.stage_id = s.id
 where v.state = 'draft'
""",
)

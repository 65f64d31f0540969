"""A lead's passes follow each other. Passes of no length, as skipping leaves them, overlap nothing."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.insight.queries.reconcile.equation import Equation

EQUATION = Equation(
    "overlapping_passes",
    _("Stage passes of a lead follow each other: none begins before the one before it ended."),
    """
select distinct workspace_id, 'lead ' || lead_id as record
  from (select workspace_id, lead_id, entered_at,
               max(left_at) over (partition by workspace_id, lead_id order by entered_at, left_at
                                  rows between unbounded preceding and 1 preceding) as before
          from stage_pass where left_at is not null) p
 where entered_at < before
union
select distinct o.workspace_id, 'lead ' || o.lead_id
  from stage_pass o join stage_pass p on p.workspace_id = o.workspace_id and p.lead_id = o.lead_id
 where o.left_at is null and p.left_at > o.entered_at
""",
)

"""A handoff that waits, waits for its lead."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.insight.queries.reconcile.equation import Equation

EQUATION = Equation(
    "handoff_out_of_turn",
    _("A handoff that waits to be accepted belongs to an open lead, one at a time."),
    """
select h.workspace_id, 'handoff ' || h.id as record
  from handoff h join lead l on l.workspace_id = h.workspace_id and l.id = h.lead_id
 where h.state = 'sent' and (l.state = 'on_hold' or l.closed_at is not null or exists (
       select from handoff o where o.workspace_id = h.workspace_id and o.lead_id = h.lead_id and o.state = 'sent'
          and o.id < h.id))
""",
)

"""Letters that a dead worker left and nobody swept up."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.insight.queries.reconcile.equation import Equation

EQUATION = Equation(
    "letter_left",
    _("No letter stays claimed an hour after its claim ended: it goes back, or its fate is asked about."),
    """
select workspace_id, 'outbox_message ' || id as record from outbox_message
 where state in ('claimed', 'at_dot') and lease_until < now() - interval '1 hour'
""",
)

"""Work that an absence left lying."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.insight.queries.reconcile.equation import Equation

EQUATION = Equation(
    "absence_unsettled",
    _(
        "Of an absence that is over each record has come back, or stayed with a reason; while it goes on none has."
    ),
    """
select a.workspace_id, 'absence_step ' || s.id as record
  from absence a join absence_step s on s.workspace_id = a.workspace_id and s.absence_id = a.id
 where (a.state = 'back') <> (s.settled <> '')
""",
)

"""A file's rows are all accounted for."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.insight.queries.reconcile.equation import Equation

EQUATION = Equation(
    "batch_counts",
    _(
        "The rows of an import are those created, updated, left unchanged and rejected, and every reject is kept."
    ),
    """
select b.workspace_id, 'import ' || b.id as record
  from import_batch b
  left join (select workspace_id, batch_id, count(*) as kept from import_reject group by 1, 2) r
    on r.workspace_id = b.workspace_id and r.batch_id = b.id
 where b.rows <> b.created + b.updated + b.unchanged + b.rejected
    or (b.state = 'done' and coalesce(r.kept, 0) < b.rejected)
""",
)

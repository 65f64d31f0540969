"""A record that was merged away is gone, and what became of it is known."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.insight.queries.reconcile.equation import Equation

EQUATION = Equation(
    "merged_apart",
    _(
        "A merged record is no longer in the base, and the one that it went into is there, or was itself merged or removed."
    ),
    """
select m.workspace_id, m.kind || ' ' || m.gone_id as record
  from duplicate_merge m
 where m.undone_at is null
   and (exists (select from company c where c.workspace_id = m.workspace_id and c.id = m.gone_id and m.kind = 'company')
        or exists (select from contact c where c.workspace_id = m.workspace_id and c.id = m.gone_id and m.kind = 'contact')
        or not exists (
          select from company c where c.workspace_id = m.workspace_id and c.id = m.kept_id and m.kind = 'company'
          union all
          select from contact c where c.workspace_id = m.workspace_id and c.id = m.kept_id and m.kind = 'contact'
          union all
          select from duplicate_merge n where n.workspace_id = m.workspace_id and n.gone_id = m.kept_id and n.undone_at is null
          union all
          select from journal_entry j where j.workspace_id = m.workspace_id and j.subject_id = m.kept_id
             and j.action in ('removed', 'erased')))
""",
)

"""Every record has a beginning in the journal."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.insight.queries.reconcile.equation import Equation

EQUATION = Equation(
    "journal_missing",
    _("Every lead, deal, company and contact has an entry in the journal."),
    """
select r.workspace_id, r.record
  from (select workspace_id, id, 'lead ' || id as record from lead
        union all select workspace_id, id, 'deal ' || id from deal
        union all select workspace_id, id, 'company ' || id from company
        union all select workspace_id, id, 'contact ' || id from contact) r
 where not exists (select from journal_entry j where j.workspace_id = r.workspace_id and j.subject_id = r.id)
""",
)

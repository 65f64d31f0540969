"""One open lead for a company, else for a contact."""

from django.utils.translation import gettext_lazy as _

from konveyer.domain.insight.queries.reconcile.equation import Equation

EQUATION = Equation(
    "two_open_leads",
    _(
        "A company, else a contact, has one open lead on a conveyor and level, unless a second was opened with a reason."
    ),
    """
select workspace_id, 'lead ' || min(id::text) as record from lead
 where state in ('open', 'on_hold') and second_reason = '' and num_nonnulls(company_id, contact_id) > 0
 group by workspace_id, coalesce(company_id, contact_id), conveyor_id, level having count(*) > 1
""",
)

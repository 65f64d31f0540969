"""How a lead is called."""

from django.utils.translation import gettext as _

from konveyer.domain.leads.models import Lead


def name_of(lead: Lead) -> str:
    """The company, else the person, else the title."""
    if lead.company is not None:
        return str(lead.company.name)
    if lead.contact is not None and lead.contact.short_name:
        return str(lead.contact.short_name)
    return lead.title or _("Lead without a name")


def person_of(lead: Lead) -> str:
    """The person, where one is known."""
    return lead.contact.name if lead.contact is not None else ""

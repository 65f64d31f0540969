"""How a lead is called."""

from django.utils.translation import gettext as _

from konveyer.domain.leads.models import Lead


def name_of(lead: Lead) -> str:
    """The company, else the person, else the title."""
    return lead_name(
        lead.company.name if lead.company is not None else None,
        lead.contact.short_name if lead.contact is not None else "",
        lead.title,
    )


def lead_name(company: str | None, person: str, title: str) -> str:
    """The same from the names themselves; None is no company."""
    return company if company is not None else person or title or _("Lead without a name")


def person_of(lead: Lead) -> str:
    """The person, where one is known."""
    return lead.contact.name if lead.contact is not None else ""

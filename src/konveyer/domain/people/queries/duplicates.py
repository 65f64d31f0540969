"""Who is in the base already: asked while a record is being typed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from konveyer.domain.people.models import Company, Contact, ContactPoint, PointUse
from konveyer.domain.people.rules.companies import company_key
from konveyer.domain.people.rules.emails import company_domain, is_role_address
from konveyer.kit.text import sort_key

MOST = 10


@dataclass
class Likeness:
    """A record like the one being typed, and by what: phone, email, tax_number, domain, name.

    `sure`: the same one unless somebody says otherwise (a personal phone or address, a tax number, the firm's own
    domain); a name alone proves nothing, nor does info@.
    """

    record: Company | Contact
    by: list[str] = field(default_factory=list)
    sure: bool = False


@dataclass(frozen=True)
class Duplicates:
    """The likely ones, sure ones first."""

    companies: list[Likeness]
    contacts: list[Likeness]

    @property
    def none(self) -> bool:
        """Nobody is like that."""
        return not self.companies and not self.contacts


def duplicates(
    workspace_id: UUID,
    *,
    phones: Sequence[str] = (),
    emails: Sequence[str] = (),
    company: str = "",
    tax_number: str = "",
    domain: str = "",
    last_name: str = "",
    first_name: str = "",
    without_company: UUID | None = None,
    without_contact: UUID | None = None,
) -> Duplicates:
    """Records like the one described; phones and e-mails as stored. At most five queries."""
    companies: dict[UUID, Likeness] = {}
    contacts: dict[UUID, Likeness] = {}
    _by_points(workspace_id, [*phones, *emails], companies, contacts)
    domains = {domain.lower(), *(company_domain(address) for address in emails)} - {""}
    _companies(workspace_id, companies, company, tax_number, domains)
    _people(workspace_id, contacts, last_name, first_name)
    companies.pop(without_company, None)  # type: ignore[arg-type]
    contacts.pop(without_contact, None)  # type: ignore[arg-type]
    return Duplicates(_ordered(companies), _ordered(contacts))


def _by_points(
    workspace_id: UUID, values: list[str], companies: dict[UUID, Likeness], contacts: dict[UUID, Likeness]
) -> None:
    if not values:
        return
    points = ContactPoint.objects.filter(
        workspace_id=workspace_id, value__in=values, kind__in=["phone", "email", "whatsapp"]
    )
    uses = list(
        PointUse.objects.filter(workspace_id=workspace_id, point__in=points).select_related(
            "point", "contact", "company"
        )[:50]
    )
    shared = {use.point_id for use in uses if sum(other.point_id == use.point_id for other in uses) > 1}
    for use in uses:
        by = "email" if use.point.kind == "email" else "phone"
        alone = use.point_id not in shared and not (by == "email" and is_role_address(use.point.value))
        if use.contact:
            _add(contacts, use.contact, by, sure=alone)
        elif use.company:
            _add(companies, use.company, by, sure=use.point_id not in shared)


def _companies(
    workspace_id: UUID, found: dict[UUID, Likeness], name: str, tax_number: str, domains: set[str]
) -> None:
    key = company_key(name)
    wanted = Q(pk__in=[])
    if key:
        wanted |= Q(name_key=key)
    if tax_number:
        wanted |= Q(tax_number=tax_number)
    if domains:
        wanted |= Q(domain__in=sorted(domains))
    if not (key or tax_number or domains):
        return
    for row in Company.objects.filter(wanted, workspace_id=workspace_id).order_by("created_at", "id")[:MOST]:
        if tax_number and row.tax_number == tax_number:
            _add(found, row, "tax_number", sure=True)
        if row.domain and row.domain in domains:
            _add(found, row, "domain", sure=True)
        if key and row.name_key == key:
            _add(found, row, "name", sure=False)


def _people(workspace_id: UUID, found: dict[UUID, Likeness], last_name: str, first_name: str) -> None:
    key = sort_key(f"{last_name} {first_name}")
    if not (last_name.strip() and first_name.strip()):
        return
    same = Q(name_key=key) | Q(
        name_key__gte=f"{key} ", name_key__lt=f"{key}!"
    )  # with or without a patronymic
    for row in Contact.objects.filter(same, workspace_id=workspace_id).order_by("name_key", "id")[:MOST]:
        _add(found, row, "name", sure=False)


def _add(found: dict[UUID, Likeness], record: Company | Contact, by: str, *, sure: bool) -> None:
    likeness = found.setdefault(record.pk, Likeness(record))
    if by not in likeness.by:
        likeness.by.append(by)
    likeness.sure = likeness.sure or sure


def _ordered(found: dict[UUID, Likeness]) -> list[Likeness]:
    return sorted(found.values(), key=lambda one: (not one.sure, -len(one.by)))[:MOST]

"""The people and companies of the story."""

from datetime import datetime
from random import Random

from konveyer.domain.demo.rules import words as told
from konveyer.domain.journal.models import Entry
from konveyer.domain.people.models import Company, Contact, ContactPoint, Employment, PointUse
from konveyer.domain.people.rules.companies import company_key
from konveyer.domain.workspace.models import Workspace
from konveyer.kit.text import sort_key

CHUNK = 2_000
BUYING = {
    0: "director",
    1: "decision_maker",
    2: "influencer",
    3: "head_of_department",
    4: "gatekeeper",
    5: "director",
}


class Parties:
    """Gathers companies, contacts and their contact points."""

    def __init__(self, workspace: Workspace, language: str, draw: Random) -> None:
        self.workspace, self.language, self.draw, self.words = workspace, language, draw, told.words(language)
        self.companies: list[Company] = []
        self.contacts: list[Contact] = []
        self.points: dict[tuple[str, str], ContactPoint] = {}
        self.uses: list[PointUse] = []
        self.jobs: list[Employment] = []
        self.entries: list[Entry] = []
        self.names: set[str] = set()

    def new(self, number: int, at: datetime) -> tuple[Company, Contact]:
        """A company and the person met there."""
        name, domain = told.company(self.draw, self.language, number)
        if name in self.names:
            name = f"{name} {self.draw.choice(self.words.cities)}"
        if name in self.names:
            name = f"{name} {number}"
        self.names.add(name)
        company = Company(
            workspace=self.workspace, name=name, name_key=company_key(name), domain=domain, city=self.draw.choice(self.words.cities),
            legal_name=f"{self.draw.choice(self.words.forms)} «{name}»" if self.language == "ru" else f"{name} Ltd",
            industry=self.draw.choice(self.words.industries), created_at=at,
            tax_number=told.tax_number(number) if self.language == "ru" and self.draw.random() < 0.6 else None,
        )  # fmt: skip
        last, first, patronymic = told.person(self.draw, self.language)
        contact = Contact(
            workspace=self.workspace, last_name=last, first_name=first, patronymic=patronymic, city=company.city,
            name_key=sort_key(f"{last} {first} {patronymic}"), language=self.language, created_at=at,
        )  # fmt: skip
        self.companies.append(company)
        self.contacts.append(contact)
        self._reach(contact, "phone", told.phone(self.draw, self.language), at)
        self._reach(contact, "email", f"{'info' if self.draw.random() < 0.2 else 'mail'}@{domain}", at)
        title = self.draw.randrange(6)
        self.jobs.append(
            Employment(
                workspace=self.workspace, contact=contact, company=company, title=self.words.titles[title],
                buying_role=BUYING[title],
            )
        )  # fmt: skip
        for subject, row in (("company", company), ("contact", contact)):
            self.entries.append(
                Entry(
                    workspace=self.workspace,
                    at=at,
                    by="system",
                    subject=subject,
                    subject_id=row.pk,
                    action="created",
                )
            )
        return company, contact

    def _reach(self, contact: Contact, kind: str, value: str, at: datetime) -> None:
        point = self.points.get((kind, value))
        if point is None:
            point = self.points[kind, value] = ContactPoint(
                workspace=self.workspace, kind=kind, value=value, created_at=at
            )
        self.uses.append(PointUse(workspace=self.workspace, point=point, contact=contact))

    def write(self) -> None:
        """Insert, parents first."""
        Company.objects.bulk_create(self.companies, batch_size=CHUNK)
        Contact.objects.bulk_create(self.contacts, batch_size=CHUNK)
        ContactPoint.objects.bulk_create(list(self.points.values()), batch_size=CHUNK)
        PointUse.objects.bulk_create(self.uses, batch_size=CHUNK)
        Employment.objects.bulk_create(self.jobs, batch_size=CHUNK)

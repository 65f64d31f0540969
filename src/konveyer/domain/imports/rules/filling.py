"""What a row tells of a person and a company, put into their records. Only cells that are filled change anything."""

from __future__ import annotations

from konveyer.domain.imports.rules.drafts import Draft, Known, Plan, Setting
from konveyer.domain.imports.rules.finding import find_company, find_contact, full_name_key, same_words
from konveyer.domain.imports.rules.lines import CompanyCells, ContactCells, Line, Point
from konveyer.domain.imports.rules.problem import Problem
from konveyer.domain.people.rules.companies import company_key
from konveyer.domain.people.rules.roles import buying_role

_COMPANY = ("name", "legal_name", "tax_number", "domain", "city", "industry", "external_key")
_CONTACT = ("last_name", "first_name", "patronymic", "city", "external_key")
_OPTIONAL_KEYS = ("tax_number", "external_key")


class People:
    """Finds and fills the company and the contact of rows, one chunk long."""

    def __init__(self, known: Known, plan: Plan, setting: Setting) -> None:
        self.known = known
        self.plan = plan
        self.setting = setting

    def find(self, row: Line) -> tuple[Draft | None, Draft | None]:
        """(company, contact) that are there already. Raises Problem; writes nothing."""
        company = self._employer(row) or find_company(self.known, row.company) if row.company else None
        contact = find_contact(self.known, row.contact, company) if row.contact else None
        _refuse_nobody(row, company, contact)
        if row.company is not None:
            self._refuse_taken(row.company, company)
        if contact is not None and row.contact is not None:
            holders = self.known.contact_by["key", row.contact.external_key]
            if row.contact.external_key and holders and holders[0] is not contact:
                raise Problem("key_taken", key=row.contact.external_key)
        return company, contact

    def _employer(self, row: Line) -> Draft | None:
        """The company of this name where the person works; others of the same name are not meant."""
        cells, person = row.company, self.known.contacts.get(row.contact.id) if row.contact else None
        if cells is None or person is None or not cells.name_key:
            return None
        alike = self.known.company_by["name", cells.name_key]
        return next((firm for firm in alike if (person.id, firm.id) in self.known.employments), None)

    def _refuse_taken(self, cells: CompanyCells, company: Draft | None) -> None:
        for kind, value in (("tax", cells.tax_number), ("key", cells.external_key)):
            holders = self.known.company_by[kind, value] if value else []
            if holders and company is not None and holders[0] is not company:
                if kind == "tax":
                    raise Problem("tax_taken", key=value, name=holders[0].values["name"])
                raise Problem("key_taken", key=value)

    def fill(
        self, row: Line, company: Draft | None, contact: Draft | None
    ) -> tuple[Draft | None, Draft | None]:
        """Create what is new, fill in what the row tells, join the person to the company."""
        if row.company is not None:
            company = self._fill_company(company or self._new_company(row), row.company, row.line)
        if row.contact is not None:
            contact = self._fill_contact(contact or self._new_contact(row), row.contact, row.line)
            if company is not None:
                self._employ(contact, company, row.contact.title)
        return company, contact

    # ---- companies

    def _new_company(self, row: Line) -> Draft:
        cells = row.company or CompanyCells()
        name = cells.name or cells.legal_name or cells.domain or cells.tax_number or cells.external_key
        values = dict.fromkeys(_COMPANY, "") | {
            "name": name,
            "name_key": company_key(name)[:300],
            "tax_number": None,
        }
        draft = Draft(self.setting.new_id(), values | {"external_key": None}, new=True, seen=row.line)
        self.known.companies[draft.id] = draft
        return self.plan.add("company", draft)

    def _fill_company(self, draft: Draft, cells: CompanyCells, line: int) -> Draft:
        draft.seen = draft.seen or line
        for name in _COMPANY:
            if said := getattr(cells, name):
                self.plan.put("company", draft, name, said)
        if cells.name:
            self.plan.put("company", draft, "name_key", cells.name_key)
        self._index_company(draft)
        for point in cells.points:
            self._use(draft, "company", point)
        return draft

    def _index_company(self, draft: Draft) -> None:
        index = self.known.company_by
        for kind, column in (
            ("key", "external_key"),
            ("tax", "tax_number"),
            ("domain", "domain"),
            ("name", "name_key"),
        ):
            value = draft.values[column]
            if value and draft not in index[kind, value]:
                index[kind, value].append(draft)

    # ---- contacts

    def _new_contact(self, row: Line) -> Draft:
        values = dict.fromkeys(_CONTACT, "") | {"name_key": "", "external_key": None}
        draft = Draft(self.setting.new_id(), values, new=True, seen=row.line)
        self.known.contacts[draft.id] = draft
        return self.plan.add("contact", draft)

    def _fill_contact(self, draft: Draft, cells: ContactCells, line: int) -> Draft:
        draft.seen = draft.seen or line
        for name in _CONTACT[3:] if same_words(draft, cells) else _CONTACT:
            if said := getattr(cells, name):
                self.plan.put("contact", draft, name, said)
        # nameless, a person stands under the first phone or address
        fallback = draft.values["name_key"] or next((point.value for point in cells.points), "")
        self.plan.put("contact", draft, "name_key", full_name_key(draft)[:370] or fallback)
        for kind, column in (("key", "external_key"), ("name", "name_key")):
            value = draft.values[column]
            if value and draft not in self.known.contact_by[kind, value]:
                self.known.contact_by[kind, value].append(draft)
        for point in cells.points:
            self._use(draft, "contact", point)
        return draft

    def _employ(self, contact: Draft, company: Draft, title: str) -> None:
        found = self.known.employments.get((contact.id, company.id))
        if found is None:
            values = {
                "contact_id": contact.id, "company_id": company.id, "title": title, "buying_role": buying_role(title),
            }  # fmt: skip
            found = self.plan.add("employment", Draft(self.setting.new_id(), values, new=True))
            self.known.employments[contact.id, company.id] = found
            self.known.employed[company.id].append(contact)
        elif title and title != found.values["title"]:
            self.plan.put("employment", found, "title", title)
            if role := buying_role(title):
                self.plan.put("employment", found, "buying_role", role)

    # ---- contact points

    def _use(self, owner: Draft, table: str, point: Point) -> None:
        key = point[:3]
        used = self.known.used[owner.id]
        if key in used:
            return
        point_id = self.known.points.get(key)
        if point_id is None:
            point_id = self.setting.new_id()
            self.known.points[key] = point_id
            said = {"kind": point.kind, "value": point.value, "extension": point.extension}
            self.plan.add("contact_point", Draft(point_id, said, new=True))
        values = {
            "point_id": point_id, "contact_id": owner.id if table == "contact" else None,
            "company_id": owner.id if table == "company" else None, "label": point.label, "position": len(used),
        }  # fmt: skip
        self.plan.add("point_use", Draft(self.setting.new_id(), values, new=True))
        used.add(key)
        index = self.known.contacts_at if table == "contact" else self.known.companies_at
        index[key].append(owner)


def _refuse_nobody(row: Line, company: Draft | None, contact: Draft | None) -> None:
    """A number that no record here has, and nothing else by which somebody could be called. Raises Problem."""
    firm, person = row.company, row.contact
    called = firm and any((firm.name, firm.legal_name, firm.domain, firm.tax_number, firm.external_key))
    known = person and (person.name_key or person.external_key or person.points)
    if (firm and not company and not called) or (person and not contact and not known):
        raise Problem("nobody")

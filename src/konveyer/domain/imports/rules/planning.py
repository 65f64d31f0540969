"""What a row does: creates, updates, leaves as it is. Raises Problem for a row that cannot go in; then nothing is done.

The history rule of the model: what is created is marked `history` and fires nothing; open leads stand in the queue of
the first stage's role with nothing planned.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from konveyer.domain.imports.rules.drafts import Draft, Known, Plan, Setting
from konveyer.domain.imports.rules.facts import put_fact
from konveyer.domain.imports.rules.filling import People
from konveyer.domain.imports.rules.labelling import Labels
from konveyer.domain.imports.rules.lines import Line
from konveyer.domain.imports.rules.moments import Moment
from konveyer.domain.imports.rules.problem import Problem
from konveyer.domain.imports.rules.winning import Wins, same_moment
from konveyer.kit.text import sort_key

CREATED, UPDATED, UNCHANGED, REJECTED = "created", "updated", "unchanged", "rejected"
OPEN = ("open", "on_hold")
# A lead as it comes in; winning and people add to it.
NEW_LEAD: dict[str, Any] = {
    "state": "open", "won_at": None, "won_on": None, "won_precision": "", "closed_at": None, "owner_id": None,
    "telemarketer_id": None, "closer_id": None, "credit_from_deals": False, "temperature": "cold", "history": True,
    "contact_id": None, "company_id": None, "expected_amount": None, "origin_id": None, "page_id": None, "title": "",
    "title_key": "", "second_reason": "", "external_key": None, "next_task_id": None, "wake_on": None, "due_at": None,
}  # fmt: skip


def new_lead(setting: Setting) -> dict[str, Any]:
    """A lead as this list makes it: in the first stage, in the queue of its role."""
    way = setting.way
    return NEW_LEAD | {
        "conveyor_id": way.conveyor_id, "conveyor_version_id": way.version_id, "stage_id": way.entry.id,
        "queue_id": way.entry.role_id, "currency": setting.currency, "level": setting.level, "incoming": setting.incoming,
    }  # fmt: skip


class Planner:
    """Plans the rows of one chunk, in the order of the file."""

    def __init__(self, known: Known, setting: Setting) -> None:
        self.known = known
        self.setting = setting
        self.plan = Plan()
        self.people = People(known, self.plan, setting)
        self.wins = Wins(known, self.plan, setting)
        self.labels = Labels(known, self.plan, setting)
        self._new_lead = new_lead(setting) if setting.main != "contact" else {}

    def row(self, row: Line) -> str:
        """Plan one row; what became of its main record."""
        before = self.plan.news
        if self.setting.main == "contact":
            created = self._contact_row(row)
        elif self.setting.main == "deal":
            created = self._deal_row(row)
        else:
            created = self._lead_row(row)
        return CREATED if created else UPDATED if self.plan.news > before else UNCHANGED

    # ---- contacts and companies

    def _contact_row(self, row: Line) -> bool:
        company, contact = self.people.find(row)
        main, cells = (contact, row.contact) if row.contact is not None else (company, row.company)
        if main is not None and (first := main.seen or row.repeats):
            for name in ("last_name", "first_name", "patronymic", "city", "name", "tax_number"):
                said = getattr(cells, name, "")
                if said and main.values.get(name) and said != main.values[name]:
                    raise Problem("repeats_differently", first=first)
        self.labels.check(row, company, contact, None)
        company, contact = self.people.fill(row, company, contact)
        self.labels.put(row, company, contact, None)
        self._note(row, contact or company, "contact" if contact else "company")
        return main is None

    # ---- leads

    def _lead_row(self, row: Line) -> bool:
        company, contact = self.people.find(row)
        lead, same = self._find_lead(row, contact, company)
        if lead is not None and same and (first := lead.seen or row.repeats):
            self._refuse_contradiction(row, lead, first)
        if row.won:
            self.wins.check(row, lead)
        self.labels.check(row, company, contact, lead, same)
        company, contact = self.people.fill(row, company, contact)
        created = lead is None
        if lead is None:
            lead = self._create(row, contact, company)
        elif same:
            self._update(row, lead, contact, company)
        else:
            self._complete(row, lead, contact, company)
        lead.seen = lead.seen or row.line
        self._facts(row, lead)
        self.labels.put(row, company, contact, lead, same)
        self._note(row, lead, "lead")
        if row.won:
            self.wins.win(row, lead)
        return created

    def _find_lead(
        self, row: Line, contact: Draft | None, company: Draft | None
    ) -> tuple[Draft | None, bool]:
        """(the lead of a row, whether the row tells of this very lead and not of another inquiry of its client)."""
        if row.id:
            if lead := self.known.leads_by_id.get(row.id):
                return lead, True
            raise Problem("lead_elsewhere")
        if row.key and (found := self.known.leads.get(row.key)):
            return found, True
        party = company or contact
        if row.key or party is None:
            return None, True
        near = [lead for lead in self.known.leads_of[party.id] if not lead.values["external_key"]]
        if row.won and (won := [lead for lead in near if lead.values["won_on"] == row.won.on]):
            return won[0], True
        if row.arrived and (same := [lead for lead in near if lead.values["arrived_on"] == row.arrived.on]):
            return same[0], True
        open_ones = [lead for lead in self.known.leads_of[party.id] if lead.values["state"] in OPEN]
        if len(open_ones) > 1:
            raise Problem("several_leads")
        lead = open_ones[0] if open_ones else None
        return lead, lead is None or not row.arrived

    def _create(self, row: Line, contact: Draft | None, company: Draft | None) -> Draft:
        arrived = row.arrived or Moment(self.setting.at, "second", self.setting.today)
        party = company or contact
        values = self._new_lead | {
            "external_key": row.key or None, "title": row.title, "expected_amount": row.amount,
            "title_key": party.values["name_key"] if party else sort_key(row.title)[:370],
            "contact_id": contact.id if contact else None, "company_id": company.id if company else None,
            "arrived_at": arrived.at, "arrived_precision": arrived.precision, "arrived_on": arrived.on,
            "entered_stage_at": arrived.at,
        }  # fmt: skip
        if row.origin:
            values["origin_id"] = self._named("origin", self.known.origins, row.origin)
        if row.page:
            values["page_id"] = self._named("entry_page", self.known.pages, row.page)
        if party is not None and self._has_open(party):
            values["second_reason"] = f"{self.setting.file_name}: {row.line}"[:300]
        lead = self.plan.add("lead", Draft(self.setting.new_id(), values, new=True))
        if row.key:
            self.known.leads[row.key] = lead
        if party is not None:
            self.known.leads_of[party.id].append(lead)
        entry = {
            "lead_id": lead.id, "stage_id": values["stage_id"], "owner_id": None, "entered_at": arrived.at, "left_at": None,
            "outcome": "",
        }  # fmt: skip
        self.known.passes[lead.id].append(
            self.plan.add("stage_pass", Draft(self.setting.new_id(), entry, new=True))
        )
        return lead

    def _has_open(self, party: Draft) -> bool:
        """Whether a second open lead needs a reason: the base allows one for a company (else person), conveyor and level."""
        return any(
            lead.values["state"] in OPEN
            and not lead.values["second_reason"]
            and lead.values["conveyor_id"] == self.setting.way.conveyor_id
            and lead.values["level"] == self.setting.level
            for lead in self.known.leads_of[party.id]
        )

    def _update(self, row: Line, lead: Draft, contact: Draft | None, company: Draft | None) -> None:
        put = self.plan.put
        if row.title:
            put("lead", lead, "title", row.title)
        if row.amount is not None:
            put("lead", lead, "expected_amount", row.amount)
        if row.origin:
            put("lead", lead, "origin_id", self._named("origin", self.known.origins, row.origin))
        if row.page:
            put("lead", lead, "page_id", self._named("entry_page", self.known.pages, row.page))
        if row.key and not lead.values["external_key"]:
            put("lead", lead, "external_key", row.key)
        if lead.values["contact_id"] is None and lead.values["company_id"] is None:
            self._introduce(lead, contact, company)
        elif contact is not None and lead.values["contact_id"] is None:
            put("lead", lead, "contact_id", contact.id)
        if row.arrived and lead.values["history"] and not same_moment(row.arrived, lead, "arrived"):
            self.wins.redate(lead, row.arrived)

    def _complete(self, row: Line, lead: Draft, contact: Draft | None, company: Draft | None) -> None:
        """Another inquiry of a client with an open lead: what the lead says stays, only what it lacks is filled in."""
        values = lead.values
        bare = replace(
            row, arrived=None, title="" if values["title"] else row.title, origin="" if values["origin_id"] else row.origin,
            page="" if values["page_id"] else row.page, amount=None if values["expected_amount"] is not None else row.amount,
        )  # fmt: skip
        self._update(bare, lead, contact, company)

    def _introduce(self, lead: Draft, contact: Draft | None, company: Draft | None) -> None:
        """The lead was anonymous, the list knows whose it is; an open one of theirs makes it a second."""
        party = company or contact
        if party is None:
            return
        if lead.values["state"] in OPEN and self._has_open(party):
            self.plan.put("lead", lead, "second_reason", self.setting.file_name[:300])
        self.plan.put("lead", lead, "contact_id", contact.id if contact else None)
        self.plan.put("lead", lead, "company_id", company.id if company else None)
        self.plan.put("lead", lead, "title_key", party.values["name_key"])
        self.known.leads_of[party.id].append(lead)

    def _refuse_contradiction(self, row: Line, lead: Draft, first: int) -> None:
        """The same record twice in one list: the second row may not say otherwise."""
        values = lead.values
        said = (
            (row.title, values["title"]), (row.amount, values["expected_amount"]),
            (self.known.origins.get(row.origin, row.origin), values["origin_id"]),
            (self.known.pages.get(row.page, row.page), values["page_id"]),
            (row.arrived and not same_moment(row.arrived, lead, "arrived"), False),
            (row.won and values["won_at"] and not same_moment(row.won, lead, "won"), False),
        )  # fmt: skip
        if any(new and new != known for new, known in said):
            raise Problem("repeats_differently", first=first)

    # ---- deals

    def _deal_row(self, row: Line) -> bool:
        lead = self.known.leads.get(row.key)
        if lead is None:
            raise Problem("lead_unknown", key=row.key)
        deal = self.known.deals.get(lead.id)
        if (first := lead.seen or row.repeats) and deal is not None:
            self._refuse_contradiction(row, lead, first)
        company, contact = self.people.find(row)
        self.wins.check(row, lead)
        self.labels.check(row, company, contact, lead)
        company, contact = self.people.fill(row, company, contact)
        lead.seen = lead.seen or row.line
        self._update(row, lead, contact, company)
        self._facts(row, lead)
        self.labels.put(row, company, contact, lead)
        self._note(row, lead, "lead")
        self.wins.win(row, lead)
        return deal is None

    # ---- what hangs on a record

    def _named(self, table: str, known: dict[str, str], key: str) -> str:
        found = known.get(key)
        if found is None:
            found = known[key] = self.setting.new_id()
            self.plan.add(table, Draft(found, {"key": key, "name": key}, new=True))
        return found

    def _facts(self, row: Line, lead: Draft) -> None:
        for kind, cell in (row.facts or {}).items():
            put_fact(self.known, self.plan, self.setting, lead, kind, cell)

    def _note(self, row: Line, record: Draft | None, table: str) -> None:
        if not row.note or record is None or row.note in self.known.notes[record.id]:
            return
        self.known.notes[record.id].add(row.note)
        values = {
            f"{name}_id": record.id if name == table else None for name in ("contact", "company", "lead")
        }
        self.plan.add("note", Draft(self.setting.new_id(), {**values, "body": row.note}, new=True))

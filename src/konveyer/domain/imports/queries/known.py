"""What the base knows of the things a chunk of rows names: one query per table, whatever the number of rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from konveyer.domain.imports.queries.known_labels import load_labels
from konveyer.domain.imports.queries.sql import drafts_of, rows_of
from konveyer.domain.imports.rules.drafts import Draft, Known, StageInfo, Way
from konveyer.domain.imports.rules.lines import CompanyCells, ContactCells, Line, Point
from konveyer.domain.imports.rules.winning import same_moment
from konveyer.kit.text import sort_key

LEAD = """l.id::text, l.external_key, l.conveyor_id::text, l.conveyor_version_id::text, l.stage_id::text, l.level, l.state,
  l.contact_id::text, l.company_id::text, l.title, l.title_key, l.expected_amount, l.owner_id::text, l.queue_id::text,
  l.telemarketer_id::text, l.closer_id::text, l.credit_from_deals, l.origin_id::text, l.page_id::text, l.arrived_at,
  l.arrived_precision, l.arrived_on, l.entered_stage_at, l.won_at, l.won_on, l.won_precision, l.closed_at, l.wake_on,
  l.due_at, l.next_task_id::text, l.temperature, l.second_reason, l.history, l.version"""
COMPANY = """c.id::text, c.name, c.name_key, c.legal_name, c.tax_number, c.domain, c.city, c.industry, c.external_key,
  c.version"""
CONTACT = (
    """c.id::text, c.last_name, c.first_name, c.patronymic, c.name_key, c.city, c.external_key, c.version"""
)


class Loader:
    """Loads what the rows of one chunk may mean."""

    def __init__(self, workspace_id: UUID, main: str) -> None:
        self.workspace = workspace_id
        self.main = main
        self.known = Known()

    def load(self, rows: Sequence[Line]) -> Known:
        """Everything a planner of these rows asks for."""
        self._named("origin", self.known.origins, {row.origin for row in rows if row.origin})
        self._named("entry_page", self.known.pages, {row.page for row in rows if row.page})
        self._members({name for row in rows for name in (row.telemarketer, row.closer) if name})
        companies = [row.company for row in rows if row.company is not None]
        contacts = [row.contact for row in rows if row.contact is not None]
        if companies or contacts:
            self._people(companies, contacts)
        if self.main != "contact":
            self._leads(rows)
        if any(row.note for row in rows):
            self._notes()
        load_labels(self.workspace, self.known, rows)
        return self.known

    def _named(self, table: str, into: dict[str, str], keys: set[str]) -> None:
        if keys:
            sql = f"select id::text, key from {table} where workspace_id = %s and key = any(%s)"
            into.update((row["key"], row["id"]) for row in rows_of(sql, self.workspace, list(keys)))

    def _members(self, names: set[str]) -> None:
        if not names:
            return
        keys = [sort_key(name) for name in names]
        found = rows_of(
            "select id::text, external_key, name_key from member where workspace_id = %s"
            " and (external_key = any(%s) or name_key = any(%s)) order by active, id desc",
            self.workspace, list(names), keys,
        )  # fmt: skip
        self.known.members.update((row["name_key"], row["id"]) for row in found)
        self.known.members.update((row["external_key"], row["id"]) for row in found if row["external_key"])

    # ---- people

    def _people(self, companies: list[CompanyCells], contacts: list[ContactCells]) -> None:
        named = [point for cells in companies for point in cells.points]
        named += [point for cells in contacts for point in cells.points]
        points = {point[:3]: point for point in named}
        uses = self._uses_of_points(list(points.values()))
        self._companies(
            companies, [*_said(companies, "id"), *(use["company_id"] for use in uses if use["company_id"])]
        )
        self._contacts(
            contacts, [*_said(contacts, "id"), *(use["contact_id"] for use in uses if use["contact_id"])]
        )
        for use in uses:
            key = (use["kind"], use["value"], use["extension"])
            if use["contact_id"]:
                self.known.contacts_at[key].append(self.known.contacts[use["contact_id"]])
            elif use["company_id"]:
                self.known.companies_at[key].append(self.known.companies[use["company_id"]])
        self._used_points()

    def _uses_of_points(self, points: list[Point]) -> list[dict[str, Any]]:
        found = rows_of(
            """
            select p.id::text, p.kind, p.value, p.extension, u.contact_id::text, u.company_id::text
              from unnest(%s::text[], %s::text[], %s::text[]) w(kind, value, extension)
              join contact_point p on p.workspace_id = %s and p.kind = w.kind and p.value = w.value
               and p.extension = w.extension
              left join point_use u on u.workspace_id = p.workspace_id and u.point_id = p.id
            """,
            [point.kind for point in points], [point.value for point in points],
            [point.extension for point in points], self.workspace,
        )  # fmt: skip
        self.known.points.update(((row["kind"], row["value"], row["extension"]), row["id"]) for row in found)
        return found

    def _companies(self, cells: list[CompanyCells], ids: list[str]) -> None:
        found = drafts_of(
            f"select {COMPANY} from company c where c.workspace_id = %s and c.id = any(%s::uuid[])"
            f" union select {COMPANY} from company c where c.workspace_id = %s and c.external_key = any(%s)"
            f" union select {COMPANY} from company c where c.workspace_id = %s and c.tax_number = any(%s)"
            f" union select {COMPANY} from company c where c.workspace_id = %s and c.domain = any(%s) and c.domain <> ''"
            f" union select {COMPANY} from company c where c.workspace_id = %s and c.name_key = any(%s)",
            self.workspace, ids, self.workspace, _said(cells, "external_key"), self.workspace, _said(cells, "tax_number"),
            self.workspace, _said(cells, "domain"), self.workspace, _said(cells, "name_key"),
        )  # fmt: skip
        for draft in found:
            self.known.companies[draft.id] = draft
            for kind, column in (
                ("key", "external_key"),
                ("tax", "tax_number"),
                ("domain", "domain"),
                ("name", "name_key"),
            ):
                if draft.values[column]:
                    self.known.company_by[kind, draft.values[column]].append(draft)

    def _contacts(self, cells: list[ContactCells], ids: list[str]) -> None:
        names = _said(cells, "name_key")
        found = drafts_of(
            f"select {CONTACT} from contact c where c.workspace_id = %s and c.id = any(%s::uuid[])"
            f" union select {CONTACT} from contact c where c.workspace_id = %s and c.external_key = any(%s)"
            f" union select {CONTACT} from contact c where c.workspace_id = %s and c.name_key = any(%s)",
            self.workspace, ids, self.workspace, _said(cells, "external_key"), self.workspace, names,
        )  # fmt: skip
        for draft in found:
            self.known.contacts[draft.id] = draft
            for kind, column in (("key", "external_key"), ("name", "name_key")):
                if draft.values[column]:
                    self.known.contact_by[kind, draft.values[column]].append(draft)
        jobs = drafts_of(
            "select id::text, contact_id::text, company_id::text, title, buying_role from employment"
            " where workspace_id = %s and ended_on is null and contact_id = any(%s::uuid[])",
            self.workspace, list(self.known.contacts),
        )  # fmt: skip
        for job in jobs:
            contact, company = job.values["contact_id"], job.values["company_id"]
            self.known.employments[contact, company] = job
            self.known.employed[company].append(self.known.contacts[contact])

    def _used_points(self) -> None:
        owners = [*self.known.contacts, *self.known.companies]
        found = rows_of(
            """
            select coalesce(u.contact_id, u.company_id)::text as owner, p.kind, p.value, p.extension
              from point_use u join contact_point p on p.workspace_id = u.workspace_id and p.id = u.point_id
             where u.workspace_id = %s and (u.contact_id = any(%s::uuid[]) or u.company_id = any(%s::uuid[]))
            """,
            self.workspace, owners, owners,
        )  # fmt: skip
        for row in found:
            self.known.used[row["owner"]].add((row["kind"], row["value"], row["extension"]))

    # ---- leads

    def _leads(self, rows: Sequence[Line]) -> None:
        keys = [row.key for row in rows if row.key]
        found = drafts_of(
            f"select {LEAD} from lead l where l.workspace_id = %s and l.external_key = any(%s)",
            self.workspace,
            keys,
        )
        self.known.leads = {lead.values["external_key"]: lead for lead in found}
        by_id = {lead.id: lead for lead in found}
        if ids := _said(rows, "id"):
            for lead in drafts_of(
                f"select {LEAD} from lead l where l.workspace_id = %s and l.id = any(%s::uuid[])", self.workspace, ids
            ):  # fmt: skip
                self.known.leads_by_id[lead.id] = by_id.setdefault(lead.id, lead)
        if self.known.contacts or self.known.companies:
            self._leads_of_parties(by_id)
        self._details(rows, by_id)

    def _leads_of_parties(self, by_id: dict[str, Draft]) -> None:
        found = drafts_of(
            f"select {LEAD} from lead l where l.workspace_id = %s and l.company_id = any(%s::uuid[])"
            f" union select {LEAD} from lead l where l.workspace_id = %s and l.company_id is null"
            " and l.contact_id = any(%s::uuid[])",
            self.workspace, list(self.known.companies), self.workspace, list(self.known.contacts),
        )  # fmt: skip
        for lead in found:
            known = by_id.setdefault(lead.id, lead)
            self.known.leads_of[known.values["company_id"] or known.values["contact_id"]].append(known)

    def _details(self, rows: Sequence[Line], by_id: dict[str, Draft]) -> None:
        """Ways, deals and the like, only of leads that a row may change in these."""
        dated = {row.key: row.arrived for row in rows if row.arrived and row.key}
        wins = any(row.won for row in rows)
        moved = [
            lead.id
            for lead in by_id.values()
            if wins
            or not lead.values["external_key"]
            or (
                (arrived := dated.get(lead.values["external_key"])) is not None
                and not same_moment(arrived, lead, "arrived")
            )
        ]
        if moved:
            self.known.ways = ways(
                self.workspace, {lead.values["conveyor_version_id"] for lead in by_id.values()}
            )
            self._passes(moved)
        if moved and wins:
            self._deals(moved, [row.deal_key for row in rows if row.deal_key])
        if by_id and any(row.facts or row.own for row in rows):
            self._facts(list(by_id))

    def _passes(self, leads: list[str]) -> None:
        for one in drafts_of(
            "select id::text, lead_id::text, stage_id::text, owner_id::text, entered_at, left_at, outcome from stage_pass"
            " where workspace_id = %s and lead_id = any(%s::uuid[]) order by entered_at, id",
            self.workspace, leads,
        ):  # fmt: skip
            self.known.passes[one.values["lead_id"]].append(one)

    def _deals(self, leads: list[str], keys: list[str]) -> None:
        for deal in drafts_of(
            "select id::text, lead_id::text, amount, currency, external_key, status, status_at, status_precision, history,"
            " lost_reason, wake_on, version from deal where workspace_id = %s and lead_id = any(%s::uuid[])",
            self.workspace, leads,
        ):  # fmt: skip
            self.known.deals[deal.values["lead_id"]] = deal
        if keys:
            sql = "select external_key, lead_id::text from deal where workspace_id = %s and external_key = any(%s)"
            self.known.deal_keys = {
                row["external_key"]: row["lead_id"] for row in rows_of(sql, self.workspace, keys)
            }
        for handoff in drafts_of(
            "select id::text, lead_id::text, from_member_id::text, to_member_id::text, sent_at, settled_at from handoff"
            " where workspace_id = %s and lead_id = any(%s::uuid[]) and history",
            self.workspace, leads,
        ):  # fmt: skip
            self.known.handoffs[handoff.values["lead_id"]] = handoff
        for task in drafts_of(
            "select id::text, lead_id::text, cancelled_at from task where workspace_id = %s and lead_id = any(%s::uuid[])"
            " and done_at is null and cancelled_at is null",
            self.workspace, leads,
        ):  # fmt: skip
            self.known.tasks[task.values["lead_id"]].append(task)

    def _facts(self, leads: list[str]) -> None:
        for fact in drafts_of(
            'select id::text, lead_id::text, kind, value, number, at, source from lead_fact'
            " where workspace_id = %s and lead_id = any(%s::uuid[])",
            self.workspace, leads,
        ):  # fmt: skip
            self.known.facts[fact.values["lead_id"]][fact.values["kind"]] = fact

    def _notes(self) -> None:
        found = rows_of(
            "select coalesce(lead_id, contact_id, company_id)::text as record, body from note where workspace_id = %s"
            " and (lead_id = any(%s::uuid[]) or contact_id = any(%s::uuid[]) or company_id = any(%s::uuid[]))",
            self.workspace, self.known.lead_ids, list(self.known.contacts), list(self.known.companies),
        )  # fmt: skip
        for row in found:
            self.known.notes[row["record"]].add(row["body"])


def _said(cells: Iterable[Any], name: str) -> list[str]:
    return list({value for one in cells if (value := getattr(one, name))})


def ways(workspace_id: UUID, versions: Iterable[str]) -> dict[str, Way]:
    """Conveyor versions with their stages and roles, by version."""
    found = rows_of(
        """
        select v.id::text as version, v.conveyor_id::text as conveyor, s.id::text, s.position, s.role_id::text, r.code, s.win_point
          from conveyor_version v join stage s on s.workspace_id = v.workspace_id and s.conveyor_version_id = v.id
          join role r on r.workspace_id = s.workspace_id and r.id = s.role_id
         where v.workspace_id = %s and v.id = any(%s::uuid[]) order by v.id, s.position
        """,
        workspace_id, list(versions),
    )  # fmt: skip
    grouped: dict[tuple[str, str], list[StageInfo]] = {}
    for row in found:
        stage = StageInfo(row["id"], row["position"], row["role_id"], row["code"], row["win_point"])
        grouped.setdefault((row["conveyor"], row["version"]), []).append(stage)
    return {version: Way(conveyor, version, tuple(stages)) for (conveyor, version), stages in grouped.items()}

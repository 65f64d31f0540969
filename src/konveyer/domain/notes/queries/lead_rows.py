"""The list of leads as people see it: a row of words and figures for each lead, read in one statement.

A row names thirteen other records. Joined, PostgreSQL takes 50 ms to choose among the orders of so many tables, and Django
another 30 to make five hundred objects of which one word each is shown; asked for one by one in the statement, the
same words take 3 ms (P7).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

from konveyer.domain.labels.models import Tag
from konveyer.domain.labels.queries.fields import Value, values_of
from konveyer.domain.labels.queries.tags import borne
from konveyer.domain.labels.rules.label_filter import LabelFilter
from konveyer.domain.leads.rules.lead_filter import LeadFilter
from konveyer.domain.notes.queries.lead_list import NO_LABELS, USUAL, Listed, branches_of, found_of, keys_of
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.keyset import SIZE

_AT_ONCE = 1000
_NAME_OF = "(select o.name from {table} o where o.workspace_id = l.workspace_id and o.id = l.{key}_id)"
_NAMED = {
    "company": "company", "stage": "stage", "conveyor": "conveyor", "owner": "member", "queue": "role", "origin": "origin",
    "page": "entry_page", "product": "product", "telemarketer": "member", "closer": "member",
}  # fmt: skip
_ROWS = f"""
select l.id, l.title, l.state, l.temperature, l.currency, l.expected_amount, l.arrived_on, l.won_on,
       {", ".join(_NAME_OF.format(table=table, key=key) for key, table in _NAMED.items())},
       (select array[o.first_name, o.patronymic, o.last_name] from contact o
         where o.workspace_id = l.workspace_id and o.id = l.contact_id),
       t.title, t.due_at,
       (select count(*) from touch o where o.workspace_id = l.workspace_id and o.lead_id = l.id and o.counted),
       case when %(deals)s then
         (select o.amount from deal o where o.workspace_id = l.workspace_id and o.lead_id = l.id) end
  from lead l left join task t on t.workspace_id = l.workspace_id and t.id = l.next_task_id
 where l.workspace_id = %(workspace)s and l.id = any(%(ids)s)
"""


@dataclass(frozen=True)
class LeadRow:
    """A lead in a row of the list: names of what it points at ("" or None where it points at nothing), the next step,
    counted touches, the deal's amount for those who may see it, tags, and own fields by their ids."""

    pk: UUID
    title: str
    state: str
    temperature: str
    currency: str
    expected: Decimal | None
    arrived_on: date
    won_on: date | None
    company: str | None
    stage: str
    conveyor: str
    owner: str | None
    queue: str | None
    origin: str | None
    page: str | None
    product: str | None
    telemarketer: str | None
    closer: str | None
    contact: list[str] | None
    step: str | None
    step_at: datetime | None
    counted: int
    sold: Decimal | None
    tags: Sequence[Tag] = ()
    own: dict[UUID, Value] = field(default_factory=dict)

    @property
    def amount(self) -> Decimal | None:
        """The deal's amount, else the expected one."""
        return self.sold or self.expected

    @property
    def person(self) -> str:
        """First, patronymic and last name."""
        return " ".join(part for part in self.contact or () if part)

    @property
    def short_person(self) -> str:
        """First and last name."""
        return " ".join(part for part in (self.contact or ())[::2] if part)


def lead_rows(
    actor: Actor,
    wanted: LeadFilter,
    *,
    text: str = "",
    labels: LabelFilter = NO_LABELS,
    sort: str = USUAL,
    after: str | None = None,
    before: str | None = None,
    size: int = SIZE,
    own: bool = False,
) -> Listed[LeadRow]:
    """Leads in view that the filter, the text and the labels mean. At most fourteen queries. Raises Forbidden, Invalid for a cursor."""
    actor.require(Right.LEADS_WORK)
    branches = branches_of(actor, wanted, text, labels)
    return found_of(
        branches, sort, lambda ids: _lines(actor, ids, own), after=after, before=before, size=size
    )


def every_row(
    actor: Actor,
    wanted: LeadFilter,
    *,
    text: str,
    labels: LabelFilter = NO_LABELS,
    sort: str,
    most: int,
    own: bool = False,
) -> Iterator[LeadRow]:
    """All of them for an export, at most `most`, read a thousand at a time."""
    after, left = None, most
    branches = branches_of(actor, wanted, text, labels)
    while left > 0:
        page = keys_of(branches, sort, after=after, size=min(_AT_ONCE, left))
        yield from _lines(actor, [row.pk for row in page.rows], own)
        after, left = page.after, left - len(page.rows)
        if after is None:
            return


def _lines(actor: Actor, ids: list[UUID], own: bool) -> list[LeadRow]:
    with connection.cursor() as cursor:
        cursor.execute(
            _ROWS, {"workspace": actor.workspace_id, "ids": ids, "deals": actor.may(Right.DEALS_READ)}
        )
        rows: dict[UUID, Any] = {row[0]: row for row in cursor.fetchall()}
    tags = borne(actor.workspace_id, "lead", ids)
    lines = [LeadRow(*(*rows[pk], tags.get(pk, ()))) for pk in ids if pk in rows]  # one may go in between
    if not own:
        return lines
    filled = values_of(actor.workspace_id, "lead", ids)
    return [replace(line, own={one.field.pk: one for one in filled.get(line.pk, [])}) for line in lines]

"""The list of leads: what a filter means, fifty at a time, with touches and amounts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet

from konveyer.domain.deals.queries import amounts
from konveyer.domain.labels.models import Tag
from konveyer.domain.labels.queries.fields import Value, values_of
from konveyer.domain.labels.queries.narrowing import narrowed
from konveyer.domain.labels.queries.tags import borne
from konveyer.domain.labels.rules.label_filter import LabelFilter
from konveyer.domain.leads.models import Lead
from konveyer.domain.leads.queries.filters import leads_matching
from konveyer.domain.leads.queries.search import matching_leads
from konveyer.domain.leads.rules.lead_filter import LeadFilter
from konveyer.domain.notes.queries.people_lists import MOST_FOUND
from konveyer.domain.people.rules.looking import look
from konveyer.domain.people.rules.region import region_of
from konveyer.domain.touches.queries import counts
from konveyer.domain.workspace.models import Workspace
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.keyset import SIZE, Page, page_of

ORDERS = {
    "arrived": ("arrived_at", "id"),
    "-arrived": ("-arrived_at", "-id"),
    "name": ("title_key", "id"),
    "-name": ("-title_key", "-id"),
    "amount": ("amount_key", "id"),
    "-amount": ("-amount_key", "-id"),
}
USUAL = "-arrived"
NO_LABELS = LabelFilter()
WITH = (
    "stage", "conveyor", "owner", "queue", "contact", "company", "next_task", "origin", "page", "product",
    "telemarketer", "closer", "refusal",
)  # fmt: skip


@dataclass(frozen=True)
class LeadLine:
    """A lead with its counted touches, all its touches, its amount (the deal's, else the expected one), tags
    and own fields by their ids."""

    lead: Lead
    counted: int
    touches: int
    amount: Decimal | None
    tags: list[Tag]
    own: dict[UUID, Value]


@dataclass(frozen=True)
class LeadsListed:
    """A page of leads. `count` is exact up to MOST_FOUND; `more`: there are more than that."""

    lines: list[LeadLine]
    page: Page[Lead]
    count: int
    more: bool


def leads(
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
) -> LeadsListed:
    """Leads in view that the filter, the text and the labels mean. At most nineteen queries. Raises Forbidden, Invalid for a cursor."""
    actor.require(Right.LEADS_WORK)
    branches = branches_of(actor, wanted, text, labels)
    order = ORDERS.get(sort, ORDERS[USUAL])
    found = page_of(
        [rows.select_related(*WITH) for rows in branches], order, after=after, before=before, size=size
    )
    count = len(
        set().union(*(rows.order_by().values_list("pk", flat=True)[: MOST_FOUND + 1] for rows in branches))
    )
    return LeadsListed(_lines(actor, found.rows, own), found, min(count, MOST_FOUND), count > MOST_FOUND)


def _lines(actor: Actor, rows: list[Lead], own: bool) -> list[LeadLine]:
    ids = [lead.pk for lead in rows]
    touched = counts(actor.workspace_id, ids)
    sold = amounts(actor.workspace_id, ids) if actor.may(Right.DEALS_READ) else {}
    tags = borne(actor.workspace_id, "lead", ids)
    filled = values_of(actor.workspace_id, "lead", ids) if own else {}
    return [
        LeadLine(
            lead, *touched.get(lead.pk, (0, 0)), sold.get(lead.pk) or lead.expected_amount, tags.get(lead.pk, []),
            {value.field.pk: value for value in filled.get(lead.pk, [])},
        )
        for lead in rows
    ]  # fmt: skip


def branches_of(
    actor: Actor, wanted: LeadFilter, text: str = "", labels: LabelFilter = NO_LABELS
) -> list[QuerySet[Lead]]:
    """Querysets whose union is meant; for a member with a narrow view one for each way in which a lead is his."""
    if actor.seen_members is None:
        branches = [leads_matching(wanted, actor)]
    else:
        everybody = leads_matching(replace(wanted, mine=False), replace(actor, seen_members=None))
        seen = sorted(actor.seen_members)
        ways = [Q(owner_id__in=seen), Q(telemarketer_id__in=seen), Q(closer_id__in=seen)]
        branches = [
            everybody.filter(way) for way in (ways if wanted.mine else [*ways, Q(owner_id__isnull=True)])
        ]
    branches = [narrowed(rows, "lead", actor.workspace_id, labels) for rows in branches]
    if not text:
        return branches
    currency = Workspace.objects.only("currency").get(pk=actor.workspace_id).currency
    ids = matching_leads(look(text, region_of(currency)), actor, MOST_FOUND)
    return [rows.filter(pk__in=ids) for rows in branches]


def every_lead(
    actor: Actor,
    wanted: LeadFilter,
    *,
    text: str,
    labels: LabelFilter = NO_LABELS,
    sort: str,
    most: int,
    own: bool = False,
) -> Iterator[LeadLine]:
    """All of them for an export, at most `most`, read a thousand at a time."""
    after, left = None, most
    branches = [rows.select_related(*WITH) for rows in branches_of(actor, wanted, text, labels)]
    while left > 0:
        order = ORDERS.get(sort, ORDERS[USUAL])
        listed = page_of(branches, order, after=after, size=min(1000, left))
        yield from _lines(actor, listed.rows, own)
        after, left = listed.after, left - len(listed.rows)
        if after is None:
            return

"""The list of leads: what a filter means, fifty at a time, with touches and amounts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from konveyer.domain.deals.queries import amounts
from konveyer.domain.labels.models import Tag
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
from konveyer.kit.plans import joined_as_written

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


Line = TypeVar("Line")


@dataclass(frozen=True)
class LeadLine:
    """A lead with its counted touches, all its touches, its amount (the deal's, else the expected one) and tags."""

    lead: Lead
    counted: int
    touches: int
    amount: Decimal | None
    tags: list[Tag]


@dataclass(frozen=True)
class Listed(Generic[Line]):
    """A page of leads. `count` is exact up to MOST_FOUND; `more`: there are more than that."""

    lines: list[Line]
    page: Page[Any]
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
) -> Listed[LeadLine]:
    """Leads in view that the filter, the text and the labels mean, with the records they point at; see `lead_rows` for
    those of a screen. At most sixteen queries. Raises Forbidden, Invalid for a cursor."""
    actor.require(Right.LEADS_WORK)
    branches = branches_of(actor, wanted, text, labels)
    return found_of(branches, sort, lambda ids: _lines(actor, ids), after=after, before=before, size=size)


def found_of(
    branches: Sequence[QuerySet[Lead]],
    sort: str,
    lines: Callable[[list[UUID]], list[Line]],
    *,
    after: str | None,
    before: str | None,
    size: int,
) -> Listed[Line]:
    """A page of the leads of these branches, its `lines` made from their ids, and how many there are in all."""
    page = keys_of(branches, sort, after=after, before=before, size=size)
    most = [rows.order_by().values("pk")[: MOST_FOUND + 1] for rows in branches]
    count = most[0].union(*most[1:]).count() if len(most) > 1 else most[0].count()
    return Listed(lines([row.pk for row in page.rows]), page, min(count, MOST_FOUND), more=count > MOST_FOUND)


def keys_of(
    branches: Sequence[QuerySet[Lead]],
    sort: str,
    *,
    after: str | None = None,
    before: str | None = None,
    size: int,
) -> Page[Any]:
    """Ids and sort values of a page: what else a row shows is read for these alone, in whatever order tables like."""
    order = ORDERS.get(sort, ORDERS[USUAL])
    names = ["pk", order[0].removeprefix("-"), "id"]
    rows: list[Any] = [branch.values_list(*names, named=True) for branch in branches]
    return page_of(rows, order, after=after, before=before, size=size)


def _lines(actor: Actor, ids: list[UUID]) -> list[LeadLine]:
    with joined_as_written():
        rows = Lead.objects.filter(workspace_id=actor.workspace_id).select_related(*WITH).in_bulk(ids)
    touched = counts(actor.workspace_id, ids)
    sold = amounts(actor.workspace_id, ids) if actor.may(Right.DEALS_READ) else {}
    tags = borne(actor.workspace_id, "lead", ids)
    return [
        LeadLine(
            rows[pk], *touched.get(pk, (0, 0)), sold.get(pk) or rows[pk].expected_amount, tags.get(pk, [])
        )
        for pk in ids
        if pk in rows  # one may go in between
    ]


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

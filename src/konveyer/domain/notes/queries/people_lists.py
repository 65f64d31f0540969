"""The lists of companies and of people: fifty rows with what stands on them, in a constant number of queries."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any, Generic, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, Max, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from konveyer.domain.labels.models import Tag
from konveyer.domain.labels.queries.fields import Value, values_of
from konveyer.domain.labels.queries.narrowing import narrowed
from konveyer.domain.labels.queries.tags import borne
from konveyer.domain.leads.models import Lead
from konveyer.domain.leads.models.lead import OPEN_STATES
from konveyer.domain.leads.queries.filters import in_view
from konveyer.domain.notes.queries.classed import standing
from konveyer.domain.notes.queries.recommended import Brought, brought_by
from konveyer.domain.notes.rules.base_filter import BaseFilter
from konveyer.domain.people.models import Company, Contact, ContactPoint, Employment, PointUse
from konveyer.domain.people.queries.search import search_people
from konveyer.domain.people.rules.looking import look
from konveyer.domain.people.rules.region import region_of
from konveyer.domain.staff.queries.frames import frame_of
from konveyer.domain.staff.rules.frames import FrameKind
from konveyer.domain.touches.models import Touch
from konveyer.domain.workspace.models import Workspace
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.keyset import SIZE, Page, page
from konveyer.kit.refusal import Forbidden
from konveyer.kit.rows import value

Row = TypeVar("Row", Company, Contact)
EXPORTED = 100_000  # more than that is a backup, not a list
MOST_FOUND = 1000  # a text that fits more rows than that has to be said more closely
ORDERS = {
    "name": ("name_key", "id"),
    "-name": ("-name_key", "-id"),
    "created": ("created_at", "id"),
    "-created": ("-created_at", "-id"),
}
USUAL = "name"
NOTHING_BROUGHT = Brought()


@dataclass
class Line(Generic[Row]):
    """A row of a list: the record, its first phone and address, people or places of work, leads in view, last touch."""

    record: Row
    phone: ContactPoint | None = None
    email: ContactPoint | None = None
    people: int = 0
    work: Employment | None = None
    leads: Counter[str] = field(default_factory=Counter)
    touched_at: datetime | None = None
    tags: list[Tag] = field(default_factory=list)
    brought: Brought = NOTHING_BROUGHT
    own: dict[UUID, Value] = field(default_factory=dict)

    @property
    def open_leads(self) -> int:
        """Leads that are open or on hold."""
        return sum(self.leads[state] for state in OPEN_STATES)


@dataclass(frozen=True)
class Listed(Generic[Row]):
    """A page of a list. `count` is exact up to MOST_FOUND, and `more` says that there are more than that."""

    lines: list[Line[Row]]
    page: Page[Row]
    count: int
    more: bool


def companies(
    actor: Actor,
    wanted: BaseFilter,
    *,
    sort: str = USUAL,
    after: str | None = None,
    before: str | None = None,
    size: int = SIZE,
    own: bool = False,
) -> Listed[Company]:
    """Companies that the filter means, with fields of one's `own` on request. At most twelve queries, whatever the page. Raises Forbidden, Invalid for a cursor."""
    rows = company_rows(actor, wanted)
    count, more = _counted(rows)
    found = page(rows, ORDERS.get(sort, ORDERS[USUAL]), after=after, before=before, size=size)
    lines = {row.pk: Line(row) for row in found.rows}
    _points(actor, lines, "company_id")
    _beside(actor, lines, "company_id", own)
    people = Employment.objects.filter(
        workspace_id=actor.workspace_id, company_id__in=list(lines), ended_on__isnull=True
    )
    for row in people.values("company_id").annotate(people=Count("contact_id", distinct=True)).order_by():
        lines[row["company_id"]].people = row["people"]
    return Listed(list(lines.values()), found, count, more)


def contacts(
    actor: Actor,
    wanted: BaseFilter,
    *,
    sort: str = USUAL,
    after: str | None = None,
    before: str | None = None,
    size: int = SIZE,
    own: bool = False,
) -> Listed[Contact]:
    """People that the filter means, with fields of one's `own` on request. At most twelve queries, whatever the page. Raises Forbidden, Invalid for a cursor."""
    rows = contact_rows(actor, wanted)
    count, more = _counted(rows)
    found = page(rows, ORDERS.get(sort, ORDERS[USUAL]), after=after, before=before, size=size)
    lines = {row.pk: Line(row) for row in found.rows}
    _points(actor, lines, "contact_id")
    _beside(actor, lines, "contact_id", own)
    for pk, found_by in brought_by(actor, lines).items():
        lines[pk].brought = found_by
    for work in works_now(actor, lines):
        lines[work.contact_id].work = lines[work.contact_id].work or work
    return Listed(list(lines.values()), found, count, more)


def company_rows(actor: Actor, wanted: BaseFilter) -> QuerySet[Company]:
    """Companies that the filter means, unsorted. Raises Forbidden, Invalid."""
    return _narrowed(Company, actor, wanted)


def contact_rows(actor: Actor, wanted: BaseFilter) -> QuerySet[Contact]:
    """People that the filter means, unsorted. Raises Forbidden, Invalid."""
    rows = _narrowed(Contact, actor, wanted)
    if not wanted.role:
        return rows
    works = Employment.objects.filter(
        workspace_id=actor.workspace_id,
        contact_id=OuterRef("pk"),
        buying_role=wanted.role,
        ended_on__isnull=True,
    )
    return rows.filter(Exists(works))


def works_now(actor: Actor, contact_ids: Iterable[UUID]) -> QuerySet[Employment]:
    """Where these people work now, with the company; the latest place of each first."""
    rows = Employment.objects.filter(
        workspace_id=actor.workspace_id, contact_id__in=list(contact_ids), ended_on__isnull=True
    )
    return rows.select_related("company").order_by("-id")


def _narrowed(model: type[Row], actor: Actor, wanted: BaseFilter) -> QuerySet[Row]:
    actor.require(Right.BASE_READ)
    name = "company" if model is Company else "contact"
    rows: QuerySet[Any] = model._default_manager.filter(workspace_id=actor.workspace_id)
    if name == "contact":
        rows = rows.exclude(name_key="")  # erased: only the number is left, for the figures
    rows = narrowed(rows, name, actor.workspace_id, wanted.labels)
    workspace = Workspace.objects.only("timezone", "currency").get(pk=actor.workspace_id)
    if wanted.text:
        people = search_people(
            look(wanted.text, region_of(workspace.currency)), most=MOST_FOUND, kinds=[name]
        )
        hits = people.companies if name == "company" else people.contacts
        rows = rows.filter(pk__in=[hit.id for hit in hits])
    zone = ZoneInfo(workspace.timezone)
    if wanted.first:
        rows = rows.filter(created_at__gte=datetime.combine(wanted.first, time(), zone))
    if wanted.last:
        rows = rows.filter(created_at__lt=datetime.combine(wanted.last + timedelta(days=1), time(), zone))
    rows = standing(rows, actor.workspace_id, zone, wanted)
    if wanted.leads:
        leads = Lead.objects.filter(
            in_view(actor), workspace_id=actor.workspace_id, **{f"{name}_id": OuterRef("pk")}
        )
        if wanted.leads == "open":
            leads = leads.filter(state__in=OPEN_STATES)
        elif wanted.leads == "won":
            leads = leads.filter(state="won")
        rows = rows.filter(~Exists(leads) if wanted.leads == "none" else Exists(leads))
    return rows


def _counted(rows: QuerySet[Any]) -> tuple[int, bool]:
    count = rows.order_by()[: MOST_FOUND + 1].count()
    return min(count, MOST_FOUND), count > MOST_FOUND


def _points(actor: Actor, lines: dict[UUID, Line[Row]], key: str) -> None:
    uses = PointUse.objects.filter(workspace_id=actor.workspace_id, **{f"{key}__in": list(lines)})
    for use in uses.select_related("point").order_by("position", "id"):
        line = lines[getattr(use, key)]
        if use.point.kind == "phone":
            line.phone = line.phone or use.point
        elif use.point.kind == "email":
            line.email = line.email or use.point


def _beside(actor: Actor, lines: dict[UUID, Line[Row]], key: str, own: bool) -> None:
    if actor.may(Right.LEADS_WORK):
        leads = Lead.objects.filter(
            in_view(actor), workspace_id=actor.workspace_id, **{f"{key}__in": list(lines)}
        )
        for row in leads.values(key, "state").annotate(leads=Count("pk")).order_by():
            lines[row[key]].leads[row["state"]] = row["leads"]
    for at in last_touches(actor, key, list(lines)):
        lines[at[0]].touched_at = at[1]
    for pk, tags in borne(actor.workspace_id, key.removesuffix("_id"), lines).items():
        lines[pk].tags = tags
    found = values_of(actor.workspace_id, key.removesuffix("_id"), lines) if own else {}
    for pk, values in found.items():
        lines[pk].own = {value.field.pk: value for value in values}


def last_touches(actor: Actor, key: str, ids: Sequence[UUID]) -> list[tuple[UUID, datetime]]:
    """(id, moment of the last touch) of companies (`key` company_id) or people (contact_id)."""
    rows = Touch.objects.filter(workspace_id=actor.workspace_id, **{f"{key}__in": ids})
    return list(rows.values_list(key).annotate(last=Max("happened_at")).order_by())


def chosen_columns(actor: Actor, name: str) -> list[str] | None:
    """The columns that the member chose for a list; None when he takes the usual ones."""
    found: list[str] | None = value(
        "select columns from list_choice where workspace_id = %s and member_id = %s and name = %s",
        [actor.workspace_id, actor.member_id, name],
    )
    return found


def most_to_export(actor: Actor) -> int:
    """How many rows the actor may take out at once: his frame, at most EXPORTED. Raises Forbidden for none at all."""
    actor.require(Right.BASE_EXPORT)
    framed = frame_of(actor.workspace_id, actor.member_id, FrameKind.EXPORT) if actor.member_id else None
    most = EXPORTED if framed is None else min(EXPORTED, int(framed))
    if most < 1:
        raise Forbidden("export_framed", _("Your frame allows no exports. Ask whoever heads sales."))
    return most

"""What a member's day holds. A constant number of queries whatever the size of the base."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from itertools import groupby
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q

from konveyer.domain.leads.models import Handoff, Lead, Task, TemperatureChange
from konveyer.domain.leads.queries.office import office_of
from konveyer.domain.leads.rules.deadlines import Office, working_time
from konveyer.domain.people.models import PointUse
from konveyer.domain.staff.queries.frames import frame_of
from konveyer.domain.staff.rules.frames import FrameKind
from konveyer.domain.touches.models import Touch
from konveyer.domain.touches.queries import counts
from konveyer.domain.workplace.rules import NAMES, WHY, Planned, Turn, Worth, pace, place, turn
from konveyer.domain.workspace.models import MemberRole
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.kit.plans import joined_as_written

TASKS, QUEUED, NORM = 60, 20, 50
JOINED = ("stage", "contact", "company", "conveyor", "product")


@dataclass
class Item:
    """One line of the day."""

    turn: Turn
    lead: Lead
    task: Task | None = None
    handoff: Handoff | None = None
    at: datetime | None = None
    counted: int = 0
    phone: str = ""
    point_id: UUID | None = None
    worth: Worth | None = None


@dataclass
class Group:
    """Lines of one turn, with the reason for its place."""

    turn: Turn
    name: Any
    why: Any
    items: list[Item]


@dataclass
class Figures:
    """The member's own day in numbers."""

    calls: int = 0
    talks: int = 0
    warm: int = 0
    norm: int = NORM
    ahead: int = 0


@dataclass
class Day:
    """Everything the screen shows."""

    groups: list[Group] = field(default_factory=list)
    figures: Figures = field(default_factory=Figures)
    roles: list[str] = field(default_factory=list)
    role_names: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(len(group.items) for group in self.groups)


def my_day(actor: Actor, now: datetime, chances: Mapping[tuple[str, str], float] | None = None) -> Day:
    """The day of the acting member. `chances`: (conveyor id, key of the stage) → chance of a win, as far as known."""
    if actor.member_id is None:
        return Day()
    office = office_of(actor.workspace_id, actor.member_id)
    zone = ZoneInfo(office.zone)
    local = now.astimezone(zone)
    day_start, ends = datetime.combine(local, time.min, zone), datetime.combine(local, time.max, zone)
    held = list(
        MemberRole.objects.filter(workspace_id=actor.workspace_id, member_id=actor.member_id).select_related(
            "role"
        )
    )
    roles = [row.role_id for row in held]
    with joined_as_written():
        items = [
            *_handoffs(actor, roles), *_tasks(actor, actor.member_id, now, ends), *_queued(actor, roles),
        ]  # fmt: skip
    _complete(actor, items)
    for item in items:
        item.worth = _worth(item.lead, chances or {})
    items.sort(key=lambda item: place(item.turn, item.worth, item.at or now))
    groups = [
        Group(Turn(key), NAMES[Turn(key)], WHY[Turn(key)], list(lines))
        for key, lines in groupby(items, key=lambda item: item.turn)
    ]
    figures = _figures(actor, actor.member_id, day_start, now, ends, office)
    return Day(groups, figures, [row.role.code for row in held], [row.role.name for row in held])


def _worth(lead: Lead, chances: Mapping[tuple[str, str], float]) -> Worth | None:
    amount = (
        lead.expected_amount
        if lead.expected_amount is not None
        else (lead.product.price if lead.product else None)
    )
    chance = chances.get((str(lead.conveyor_id), lead.stage.key))
    return Worth(amount, chance) if amount and chance else None


def _tasks(actor: Actor, member: UUID, now: datetime, ends: datetime) -> list[Item]:
    rows = Task.objects.filter(
        workspace_id=actor.workspace_id, member_id=member, done_at__isnull=True, cancelled_at__isnull=True,
        lead__state="open",
    ).select_related(*(f"lead__{name}" for name in JOINED))  # fmt: skip
    return [
        Item(
            turn(Planned(row.due_at, row.promised, row.lead.incoming and row.lead.first_touch_at is None), now, ends),
            row.lead, task=row, at=row.due_at,
        )
        for row in rows.order_by("due_at", "id")[:TASKS]
    ]  # fmt: skip


def _handoffs(actor: Actor, roles: list[UUID]) -> list[Item]:
    rows = Handoff.objects.filter(workspace_id=actor.workspace_id, state="sent").filter(
        Q(to_member_id=actor.member_id) | Q(to_member__isnull=True, to_role_id__in=roles)
    )
    rows = rows.select_related("from_member", *(f"lead__{name}" for name in JOINED)).order_by("due_at")[
        :QUEUED
    ]
    return [Item(Turn.HANDOFF, row.lead, handoff=row, at=row.due_at) for row in rows]


def _queued(actor: Actor, roles: list[UUID]) -> list[Item]:
    waiting = Handoff.objects.filter(workspace_id=actor.workspace_id, lead_id=OuterRef("pk"), state="sent")
    rows = Lead.objects.filter(workspace_id=actor.workspace_id, queue_id__in=roles, state="open").exclude(
        Exists(waiting)
    )
    fresh = rows.select_related(*JOINED).order_by("-arrived_at", "-id")[:QUEUED]
    return [
        Item(
            Turn.INCOMING if lead.incoming and lead.first_touch_at is None else Turn.QUEUE,
            lead,
            at=lead.arrived_at,
        )
        for lead in fresh
    ]


def _complete(actor: Actor, items: Iterable[Item]) -> None:
    """Touch numbers and phones of the shown leads, two queries."""
    shown = list(items)
    numbers = counts(actor.workspace_id, {item.lead.pk for item in shown})
    contacts = {item.lead.contact_id for item in shown if item.lead.contact_id}
    uses = PointUse.objects.filter(
        workspace_id=actor.workspace_id, contact_id__in=contacts, point__kind="phone"
    )
    phones = {use.contact_id: use.point for use in uses.select_related("point").order_by("-position", "-id")}
    for item in shown:
        item.counted = numbers.get(item.lead.pk, (0, 0))[0]
        point = phones.get(item.lead.contact_id)
        if point is not None:
            item.phone, item.point_id = point.value, point.pk


def _figures(
    actor: Actor, member: UUID, day_start: datetime, now: datetime, ends: datetime, office: Office
) -> Figures:
    """Calls, talks and warm ones of the day; norm and pace as his frame and his working hours say."""
    mine = Touch.objects.filter(
        workspace_id=actor.workspace_id,
        member_id=member,
        happened_at__gte=day_start,
        channel="call",
        direction="out",
    )
    found = mine.aggregate(calls=Count("id"), talks=Count("id", filter=Q(reached=True)))
    warm = TemperatureChange.objects.filter(
        workspace_id=actor.workspace_id, member_id=member, became="warm", at__gte=day_start
    ).count()
    norm = int(frame_of(actor.workspace_id, member, FrameKind.DAILY_CALLS) or NORM)
    worked, whole = working_time(day_start, now, *office), working_time(day_start, ends, *office)
    return Figures(found["calls"], found["talks"], warm, norm, pace(found["calls"], norm, worked, whole))

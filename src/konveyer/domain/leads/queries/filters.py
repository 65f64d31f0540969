"""The leads that a filter means and a member may see."""

import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Now

from konveyer.domain.conveyor.models import Stage
from konveyer.domain.leads.models import EntryPage, Handoff, Lead, Origin, StagePass
from konveyer.domain.leads.rules.lead_filter import LeadFilter
from konveyer.domain.workspace.models import Workspace
from konveyer.domain.workspace.queries import member_keys
from konveyer.domain.workspace.rules.actor import Actor


def in_view(actor: Actor) -> Q:
    """Leads that the actor sees: those of people he sees, and queued ones (see `leads.operations.hold_of`)."""
    return Q() if actor.seen_members is None else _of_seen(actor) | Q(owner_id__isnull=True)


def _of_seen(actor: Actor) -> Q:
    """Leads that the actor, or somebody whose leads he sees, works, brought or closes."""
    seen = sorted(actor.seen_members or ())
    return Q(owner_id__in=seen) | Q(telemarketer_id__in=seen) | Q(closer_id__in=seen)


def leads_matching(
    wanted: LeadFilter, actor: Actor, *, at: datetime.datetime | None = None
) -> QuerySet[Lead]:
    """The leads of the actor's workspace that the filter means and he sees, unsorted.

    A key that does not exist means no leads. `at` is the moment for which `waits` asks; without it the database's own.
    One query when evaluated; one more before it for a filter by member.
    """
    narrow = wanted.mine and actor.seen_members is not None
    found = Lead.objects.filter(
        _of_seen(actor) if narrow else in_view(actor), workspace_id=actor.workspace_id
    )
    found = _by_days(found, wanted)
    found = _by_keys(found, wanted, actor.workspace_id)
    if wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.doubtful:
        found = found.filter(won_on__lt=F("arrived_on"))
    if wanted.stage:
        found = found.filter(stage_id__in=_stages(wanted.stage, actor.workspace_id))
    if wanted.reached:
        found = found.filter(_reached(wanted, actor.workspace_id))
    if wanted.waits:
        found = found.filter(_waiting(wanted.waits, actor.workspace_id, at))
    return found


def _waiting(what: str, workspace_id: UUID, at: datetime.datetime | None) -> Q:
    """What a lead stands still for; the same conditions as in the day of a head of sales."""
    now: Any = at or Now()
    if what == "late":
        return Q(state="open", due_at__lt=now)
    if what == "queue":
        return Q(state="open", queue_id__isnull=False)
    if what == "contact":
        return Q(state="open", incoming=True, first_touch_at__isnull=True)
    if what == "wake":
        return Q(state="on_hold", wake_on__lte=now + datetime.timedelta(days=7))
    sent = Handoff.objects.filter(
        workspace_id=workspace_id, lead_id=OuterRef("pk"), state="sent", due_at__lt=now
    )
    return Q(Exists(sent))


def _by_days(found: QuerySet[Lead], wanted: LeadFilter) -> QuerySet[Lead]:
    bounds = {
        "arrived_on__gte": wanted.first,
        "arrived_on__lte": wanted.last,
        "won_on__gte": wanted.won_from,
        "won_on__lte": wanted.won_to,
    }
    return found.filter(**{name: day for name, day in bounds.items() if day})


def _by_keys(found: QuerySet[Lead], wanted: LeadFilter, workspace_id: UUID) -> QuerySet[Lead]:
    # Scalar subqueries, not joins: the planner gets the id before it chooses the index.
    tables: tuple[tuple[str, str | None, Any], ...] = (
        ("origin_id", wanted.origin, Origin.objects.filter(key=wanted.origin)),
        ("page_id", wanted.page, EntryPage.objects.filter(key=wanted.page)),
    )
    for column, key, rows in tables:
        if key:
            found = found.filter(
                **{column: Subquery(rows.filter(workspace_id=workspace_id).values("id")[:1])}
            )
    if wanted.conveyor:
        found = found.filter(conveyor__workspace_id=workspace_id, conveyor__code=wanted.conveyor)
    members = {
        "owner_id": wanted.owner,
        "telemarketer_id": wanted.telemarketer,
        "closer_id": wanted.closer,
    }
    if any(members.values()):
        known = member_keys(workspace_id)
        by_key = {str(ident): ident for ident in known} | {key: ident for ident, key in known.items()}
        for column, key in members.items():
            if key:
                found = found.filter(**{column: by_key[key]}) if key in by_key else found.none()
    if wanted.without:
        found = found.filter(**{f"{wanted.without}_id__isnull": True})
    return found


def _stages(text: str, workspace_id: UUID) -> QuerySet[Stage, UUID]:
    """Ids of the stages "key" or "conveyor/key" means, in all versions."""
    conveyor, _slash, key = text.rpartition("/")
    stages = Stage.objects.filter(workspace_id=workspace_id, key=key)
    if conveyor:
        stages = stages.filter(conveyor_version__conveyor__code=conveyor)
    return stages.values_list("id", flat=True)


def _reached(wanted: LeadFilter, workspace_id: UUID) -> Exists | Q:
    passes = StagePass.objects.filter(
        workspace_id=workspace_id,
        lead_id=OuterRef("pk"),
        stage_id__in=_stages(wanted.reached or "", workspace_id),
    )
    if not (wanted.reached_from or wanted.reached_to):
        return Exists(passes)
    bounds = local_bounds(workspace_id, wanted.reached_from, wanted.reached_to)
    inside = passes.filter(**{f"entered_at__{sign}": at for sign, at in bounds.items()})
    condition = Q(Exists(inside))
    if "gte" in bounds:  # the first time: not before the period as well
        condition &= ~Q(Exists(passes.filter(entered_at__lt=bounds["gte"])))
    return condition


def local_bounds(
    workspace_id: UUID, first: datetime.date | None, last: datetime.date | None
) -> dict[str, datetime.datetime]:
    """Instants between which the workspace's local days first–last lie: gte, lt; an open end is missing."""
    zone = ZoneInfo(Workspace.objects.values_list("timezone", flat=True).get(pk=workspace_id))
    found = {}
    if first:
        found["gte"] = datetime.datetime.combine(first, datetime.time(), zone)
    if last and last < datetime.date.max:
        found["lt"] = datetime.datetime.combine(last + datetime.timedelta(days=1), datetime.time(), zone)
    return found

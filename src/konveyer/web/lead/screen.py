"""Everything the card's templates show."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from konveyer.domain.deals.queries import balance, of_lead, payments
from konveyer.domain.journal.queries import of_record
from konveyer.domain.labels.queries.fields import values_of
from konveyer.domain.labels.queries.tags import borne
from konveyer.domain.leads.models import Lead
from konveyer.domain.leads.queries.card import LeadCard, lead_card
from konveyer.domain.leads.queries.judging import standing
from konveyer.domain.leads.rules.deadlines import speed, working_time
from konveyer.domain.notes.queries.attached import notes_of
from konveyer.domain.notes.queries.on_lead import kinds_on
from konveyer.domain.notes.rules.subject import Subject
from konveyer.domain.touches import queries as touches
from konveyer.domain.workspace.rules.rights import Right
from konveyer.web.labels.marks import fields_for_card, for_card
from konveyer.web.lead.names import name_of, person_of
from konveyer.web.lead.sentences import sentences
from konveyer.web.lead.timeline import timeline
from konveyer.web.lead.words import BUYING_ROLES, HEAT, LEVELS, STATES, TEMPERATURES
from konveyer.web.notes.views import files_context, notes_context
from konveyer.web.work import WorkRequest

WORKING_DAY = 9
PLANNED = 6  # R6
TABS = ("touches", "notes", "journal")
REACHED_BY = {"phone": "tel", "email": "mailto"}


def card_context(request: WorkRequest, lead_id: UUID, now: datetime) -> dict[str, Any]:
    """Context of the card, under the tab and filter of the address."""
    actor = request.actor
    card = lead_card(actor, lead_id)
    lead = card.lead
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else TABS[0]
    there = kinds_on(lead)
    told = touches.of_lead(actor.workspace_id, lead.pk)
    counted = max((item.number or 0 for item in told), default=0)
    context = {
        "card": card,
        "lead": lead,
        "name": name_of(lead),
        "person": person_of(lead),
        "tab": tab,
        "now": now,
        "counted": counted,
        "planned": max(PLANNED, counted),
        "tries": len(told),
        "job": _job(card),
        "standing": standing(lead, card.facts, judged=card.judged),
        "temperatures": list(TEMPERATURES.items()),
        "temperature": TEMPERATURES[lead.temperature],
        "heat": HEAT[lead.temperature],
        **_labels(request, lead, there),
        "level": LEVELS[lead.level],
        "state": STATES[lead.state],
        **_clocks(request, card, now),
        **_may(request, card),
        **_reach(card),
        **_money(request, lead, there),
    }
    if tab == "journal":
        context["sentences"] = sentences(
            actor.workspace_id, of_record(actor.workspace_id, lead.pk), lead.conveyor_version_id
        )
    elif tab == "notes":
        subject = Subject("lead", lead.pk)
        context |= notes_context(request, subject) | files_context(request, subject)
    else:
        only = request.GET.get("touches", "")
        notes = notes_of(actor, Subject("lead", lead.pk)) if "notes" in there else []
        context["only"] = only
        context["entries"] = timeline(told, card.tasks, card.handoffs, notes, only=only, now=now)
    return context


def _job(card: LeadCard) -> str:
    """What the person does: the title, else the role in buying."""
    found = card.employment
    if found is None:
        return ""
    return found.title or str(BUYING_ROLES.get(found.buying_role, ""))


def _clocks(request: WorkRequest, card: LeadCard, now: datetime) -> dict[str, Any]:
    """Days in the stage and its term, the clock of the handoff, speed to lead, the client's hour."""
    lead, zone = card.lead, request.workspace.timezone
    days = (_day(now, zone) - _day(lead.entered_stage_at, zone)).days
    hours = lead.stage.sla_hours
    left = card.handoff.due_at - now if card.handoff and card.handoff.due_at else None
    theirs = lead.contact.timezone if lead.contact else ""
    waits = lead.incoming and lead.state == "open"
    return {
        "days": days,
        "term": max(1, round(hours / WORKING_DAY)) if hours else None,
        "overdue": lead.due_at is not None and lead.due_at < now and lead.state == "open",
        "handoff_left": left,
        "handoff_late": left is not None and left < timedelta(),
        "speed": speed(lead.arrived_at, lead.first_touch_at, now, zone) if waits else "",
        "waited": working_time(lead.arrived_at, lead.first_touch_at or now, zone) if waits else None,
        "their_clock": now.astimezone(ZoneInfo(theirs)) if theirs and theirs != zone else None,
    }


def _day(moment: datetime, zone: str) -> Any:
    return moment.astimezone(ZoneInfo(zone)).date()


def _may(request: WorkRequest, card: LeadCard) -> dict[str, Any]:
    """What the reader may do with this lead now."""
    actor, lead, handoff = request.actor, card.lead, card.handoff
    boss = actor.may(Right.LEADS_ASSIGN)
    mine = handoff is not None and (
        handoff.to_member_id == actor.member_id if handoff.to_member_id else handoff.to_role_id in actor.roles
    )
    return {
        "may_accept": handoff is not None and (mine or boss),
        "may_take": lead.state == "open"
        and lead.owner_id is None
        and lead.queue_id in actor.roles
        and handoff is None,
        "may_assign": boss,
        "may_money": actor.may(Right.MONEY_RECORD),
        "may_deal": actor.may(Right.DEALS_EDIT),
        "sees_deal": actor.may(Right.DEALS_READ),
        "sees_money": actor.may(Right.MONEY_READ),
        "open": lead.state == "open",
        "moves": lead.state == "open" or (lead.state == "won" and lead.closed_at is None),
    }


def _reach(card: LeadCard) -> dict[str, Any]:
    """The first phone and the first address: what the buttons on top use."""
    first: dict[str, Any] = {}
    for use in card.points:
        first.setdefault(use.point.kind, use)
    return {"phone": first.get("phone"), "email": first.get("email")}


def _labels(request: WorkRequest, lead: Lead, there: frozenset[str]) -> dict[str, Any]:
    """Tags and own fields, with the ways to change them."""
    actor, ids = request.actor, [lead.pk]
    tags = borne(actor.workspace_id, "lead", ids) if "tags" in there else {}
    values = values_of(actor.workspace_id, "lead", ids) if "fields" in there else {}
    return {
        "labels": for_card("lead", lead.pk, tags.get(lead.pk, []), may_change=True),
        "own_fields": fields_for_card(actor, "lead", lead.pk, values.get(lead.pk, []), may_change=True),
    }


def _money(request: WorkRequest, lead: Lead, there: frozenset[str]) -> dict[str, Any]:
    """The deal and what was received, for those who may see it."""
    if not request.actor.may(Right.DEALS_READ):
        return {}
    deal = of_lead(lead.workspace_id, lead.pk) if "deal" in there else None
    if deal is None or not request.actor.may(Right.MONEY_READ):
        return {"deal": deal}
    received: Decimal = balance(lead.workspace_id, deal.pk)
    return {
        "deal": deal,
        "received": received,
        "rest": max(Decimal(0), (deal.amount or Decimal(0)) - received),
        "payments": payments(lead.workspace_id, deal.pk)[:20],
    }

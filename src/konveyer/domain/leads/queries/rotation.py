"""The rules of rotation as they stand, and whom they would pick now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from konveyer.domain.leads.models import Lead, RotationPlace, RotationRule
from konveyer.domain.leads.queries.load import loads
from konveyer.domain.leads.rules.rotation import Segment, Suits, matches, pick
from konveyer.domain.workspace.models import Member, MemberRole


@dataclass(frozen=True)
class Turn:
    """A rule with the people in its order; `places` empty: everybody who holds the role."""

    rule: RotationRule
    segment: Segment
    places: tuple[UUID, ...]


def rules_of(workspace_id: UUID, conveyor_id: UUID, role_id: UUID | None = None) -> list[Turn]:
    """Rules of a conveyor, of one role or of all, in their order. Two queries."""
    rows = RotationRule.objects.filter(workspace_id=workspace_id, conveyor_id=conveyor_id)
    rows = (rows.filter(role_id=role_id) if role_id else rows).select_related("role", "last")
    rules = list(rows.order_by("role__name", "position", "id"))
    places: dict[UUID, list[UUID]] = {}
    if rules:
        found = RotationPlace.objects.filter(workspace_id=workspace_id, rule__in=rules).order_by(
            "position", "id"
        )
        for rule_id, member_id in found.values_list("rule_id", "member_id"):
            places.setdefault(rule_id, []).append(member_id)
    return [Turn(rule, read_segment(rule.segment), tuple(places.get(rule.pk, ()))) for rule in rules]


def read_segment(stored: dict[str, Any]) -> Segment:
    """A stored segment as the rules read it."""
    lists = {name: tuple(stored.get(name, ())) for name in ("origins", "levels", "cities", "industries")}
    amount = stored.get("amount")
    return Segment(
        **lists, amount=None if amount is None else Decimal(amount), incoming=stored.get("incoming")
    )


def suits(lead: Lead) -> Suits:
    """What segments ask of this lead; up to three queries for what it points at."""
    company, contact = lead.company, lead.contact
    return Suits(
        lead.origin.key if lead.origin else "", lead.level, (company.city if company else "") or (contact.city if contact else ""),
        company.industry if company else "", lead.expected_amount, lead.incoming,
    )  # fmt: skip


def fitting(lead: Lead, turns: Iterable[Turn]) -> list[Turn]:
    """The rules that speak of this lead."""
    known = suits(lead)
    return [one for one in turns if matches(one.segment, known)]


def next_of(lead: Lead, turn: Turn, today: date) -> UUID | None:
    """Whom the rule picks now: active, holding the role, not away, with room in his frame. Five queries at most."""
    holders = MemberRole.objects.filter(workspace_id=lead.workspace_id, role_id=turn.rule.role_id)
    here = Member.objects.filter(
        workspace_id=lead.workspace_id, active=True, pk__in=holders.values("member_id")
    )
    here = here.exclude(away_until__gte=today)
    people = list(here.order_by("name_key", "pk").values_list("pk", flat=True))
    if turn.places:
        people = [one for one in turn.places if one in set(people)]
    load = loads(lead.workspace_id, people)
    free = [one for one in people if not load[one].full]
    return pick(turn.rule.how, free, turn.rule.last_id, _held(lead.workspace_id, free))


def _held(workspace_id: UUID, people: list[UUID]) -> dict[UUID, int]:
    rows = Lead.objects.filter(
        Q(state="open"), workspace_id=workspace_id, owner_id__in=people, closed_at__isnull=True
    )
    return dict(rows.values("owner_id").annotate(held=Count("pk")).order_by().values_list("owner_id", "held"))


def in_turn(lead: Lead, role_id: UUID, today: date) -> UUID | None:
    """Whom rotation would give this lead now; nothing is written."""
    for turn in fitting(lead, rules_of(lead.workspace_id, lead.conveyor_id, role_id)):
        found = next_of(lead, turn, today)
        if found is not None:
            return found
    return None

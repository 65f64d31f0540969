"""Rotation: drawing its rules up, and giving a lead to whose turn it is."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from konveyer.domain.conveyor.models import Conveyor
from konveyer.domain.journal.operations import changes, record
from konveyer.domain.leads.models import Lead, RotationPlace, RotationRule
from konveyer.domain.leads.queries.rotation import fitting, next_of, rules_of
from konveyer.domain.leads.rules.rotation import HOW, Segment
from konveyer.domain.workspace.models import Member, MemberRole, Role
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import Invalid, NotFound, Stale

MOST = 50


@dataclass(frozen=True)
class Wanted:
    """A rule as it is to be. `members` in the order of their turn; empty: everybody who holds the role."""

    role_id: UUID
    name: str
    how: str
    position: int = 1
    segment: Segment = field(default_factory=Segment)
    members: Sequence[UUID] = ()


def take_turn(lead: Lead, role_id: UUID, *, today: date) -> UUID | None:
    """Whose turn this lead is; the rule remembers it. Two at the same moment wait for each other. None: no rule, or nobody can."""
    for turn in fitting(lead, rules_of(lead.workspace_id, lead.conveyor_id, role_id)):
        rule = RotationRule.objects.select_for_update(of=("self",)).get(
            workspace_id=lead.workspace_id, pk=turn.rule.pk
        )
        turn.rule.last_id = rule.last_id
        found = next_of(lead, turn, today)
        if found is not None:
            rule.last_id = found
            rule.save(update_fields=["last"])
            return found
    return None


@transaction.atomic
def save_rule(
    *,
    actor: Actor,
    at: datetime,
    conveyor_id: UUID,
    wanted: Wanted,
    rule_id: UUID | None = None,
    version: int | None = None,
) -> RotationRule:
    """Draw a rule up, or change one. Raises Stale when somebody changed it meanwhile, Invalid for people outside the role."""
    actor.require(Right.CONVEYOR_EDIT)
    workspace = actor.workspace_id
    if not Conveyor.objects.filter(workspace_id=workspace, pk=conveyor_id).exists():
        raise NotFound("conveyor_not_found", _("There is no such conveyor."))
    _check(workspace, wanted)
    rule = _rule(workspace, conveyor_id, rule_id, version) if rule_id else RotationRule(
        workspace_id=workspace, conveyor_id=conveyor_id, created_at=at, version=0
    )  # fmt: skip
    was = _shown(rule) if rule_id else {}
    rule.role_id, rule.name, rule.how, rule.position = (
        wanted.role_id,
        wanted.name.strip()[:120],
        wanted.how,
        wanted.position,
    )
    rule.segment = stored(wanted.segment)
    rule.version += 1
    rule.save()
    RotationPlace.objects.filter(workspace_id=workspace, rule=rule).delete()
    RotationPlace.objects.bulk_create(
        RotationPlace(workspace_id=workspace, rule=rule, member_id=one, position=place)
        for place, one in enumerate(wanted.members, 1)
    )
    before, after = changes(was, _shown(rule) | {"members": [str(one) for one in wanted.members]})
    record(
        actor=actor, at=at, subject="conveyor", subject_id=conveyor_id, action="rotation", before=before, after=after
    )  # fmt: skip
    return rule


@transaction.atomic
def remove_rule(*, actor: Actor, at: datetime, conveyor_id: UUID, rule_id: UUID) -> None:
    """The rule is gone: its leads go by the next one that speaks of them, else into the queue."""
    actor.require(Right.CONVEYOR_EDIT)
    rule = _rule(actor.workspace_id, conveyor_id, rule_id, None)
    record(
        actor=actor, at=at, subject="conveyor", subject_id=conveyor_id, action="rotation_removed", before=_shown(rule), after={}
    )  # fmt: skip
    RotationPlace.objects.filter(workspace_id=actor.workspace_id, rule=rule).delete()
    rule.delete()


def stored(segment: Segment) -> dict[str, Any]:
    """A segment as it is stored: what it leaves open is left out."""
    return {
        name: str(value) if isinstance(value, Decimal) else list(value) if isinstance(value, tuple) else value
        for name, value in asdict(segment).items()
        if value not in (None, ())
    }


def _rule(workspace_id: UUID, conveyor_id: UUID, rule_id: UUID, version: int | None) -> RotationRule:
    rows = RotationRule.objects.select_for_update(of=("self",))
    rule = rows.filter(workspace_id=workspace_id, conveyor_id=conveyor_id, pk=rule_id).first()
    if rule is None:
        raise NotFound("rotation_not_found", _("There is no such rule of rotation."))
    if version is not None and rule.version != version:
        raise Stale("rotation_stale", _("Somebody changed this rule meanwhile. Look at it and save again."))
    return rule


def _shown(rule: RotationRule) -> dict[str, Any]:
    return {"name": rule.name, "how": rule.how, "position": rule.position, "segment": rule.segment}


def _check(workspace_id: UUID, wanted: Wanted) -> None:
    if wanted.how not in HOW:
        raise Invalid("how", _("Turns go by order or by load."), fields={"how": "unknown"})
    if not wanted.name.strip():
        raise Invalid("name", _("Give it a name."), fields={"name": "empty"})
    if not Role.objects.filter(workspace_id=workspace_id, pk=wanted.role_id).exists():
        raise Invalid("role", _("There is no such role."), fields={"role": "unknown"})
    if len(wanted.members) > MOST or len(set(wanted.members)) < len(wanted.members):
        raise Invalid("members", _("Name up to 50 people, each once."), fields={"members": "twice"})
    holders = set(
        MemberRole.objects.filter(workspace_id=workspace_id, role_id=wanted.role_id).values_list("member_id", flat=True)
    )  # fmt: skip
    strangers = Member.objects.filter(workspace_id=workspace_id, pk__in=set(wanted.members) - holders)
    names = list(strangers.values_list("name", flat=True))
    if names or set(wanted.members) - holders:
        raise Invalid(
            "rotation_role", _("Not in this role: %s.") % (", ".join(names) or "?"), fields={"members": "role"}
        )  # fmt: skip

"""A member goes away: at once, from a day on, or for good."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from konveyer.domain.absence.models import GOING_ON, Absence, Step
from konveyer.domain.absence.operations.moving import give
from konveyer.domain.absence.queries.absences import one
from konveyer.domain.absence.queries.plan import Plan, plan, present
from konveyer.domain.absence.rules.sharing import RULES
from konveyer.domain.journal.operations import record
from konveyer.domain.staff.operations.members import deactivate
from konveyer.domain.staff.queries.find import find
from konveyer.domain.staff.rules.authority import require_above
from konveyer.domain.workspace.models import Member, Workspace
from konveyer.domain.workspace.queries import actor_of
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import Invalid, Refused


@transaction.atomic
def go_away(
    *, actor: Actor, at: datetime, member_id: UUID, starts_on: date, ends_on: date, rule: str = "deputy",
    to: UUID | None = None,
) -> Absence:  # fmt: skip
    """Plan an absence; one that begins today, or has begun, moves the open work at once.

    Everybody may say that he himself is away, by the rule "deputy"; for others, and other rules, members.manage is
    needed. Raises Invalid for days out of order or past, an unknown rule, a deputy who is not here; Refused where an
    absence of his goes on or is planned already.
    """
    member = _allowed(actor, member_id, rule)
    today = today_of(actor.workspace_id, at)
    if member.active:  # taken back without his former work
        _let_lie(member, at, "gone")
    _check(actor.workspace_id, member, starts_on, ends_on, today, rule, to)
    absence = Absence.objects.create(
        workspace_id=actor.workspace_id, member=member, starts_on=starts_on, ends_on=ends_on, rule=rule, to_member_id=to,
        created_by_id=actor.member_id, created_at=at,
    )  # fmt: skip
    record(
        actor=actor, at=at, subject="member", subject_id=member.pk, action="absence_planned",
        after={"starts_on": starts_on, "away_until": ends_on},
    )  # fmt: skip
    if starts_on <= today:
        _begin(absence, actor=actor, at=at, today=today)
    return absence


def preview(
    *, actor: Actor, at: datetime, member_id: UUID, starts_on: date, ends_on: date, rule: str = "deputy", to: UUID | None = None
) -> Plan:  # fmt: skip
    """To whom his open work would go if it began today. Raises what `go_away` raises, and writes nothing."""
    member, today = _allowed(actor, member_id, rule), today_of(actor.workspace_id, at)
    _check(actor.workspace_id, member, starts_on, ends_on, today, rule, to)
    return plan(workspace_id=actor.workspace_id, member_id=member_id, rule=rule, to=to, today=today)


@transaction.atomic
def call_off(*, actor: Actor, at: datetime, absence_id: UUID) -> Absence:
    """A planned absence does not take place. Raises Refused when it has begun."""
    absence = one(actor.workspace_id, absence_id, lock=True)
    _allowed(actor, absence.member_id, absence.rule)
    if absence.state != "planned":
        raise Refused("absence_begun", _("This absence has begun already."))
    absence.state, absence.ended_at = "called_off", at
    absence.save(update_fields=["state", "ended_at"])
    record(
        actor=actor, at=at, subject="member", subject_id=absence.member_id, action="absence_called_off",
        before={"starts_on": absence.starts_on, "away_until": absence.ends_on},
    )  # fmt: skip
    return absence


@transaction.atomic
def dismiss(
    *, actor: Actor, at: datetime, member_id: UUID, rule: str = "member", to: UUID | None = None
) -> None:
    """Let a member go; his open work goes by the rule. Without a rule or a member to take it, open work holds him back.

    Raises what `staff.deactivate` raises, and Invalid as `go_away`.
    """
    actor.require(Right.MEMBERS_MANAGE)
    member = find(Member, actor.workspace_id, member_id, lock=True)
    nobody_named = rule == "member" and to is None
    if nobody_named or not member.active or member_id == actor.member_id:
        deactivate(actor=actor, at=at, member_id=member_id)
        return
    require_above(actor, actor_of(member_id, actor.workspace_id).rights)
    today = today_of(actor.workspace_id, at)
    _check_rule(actor.workspace_id, member, today, rule, to)
    _end_former(member, at)
    absence = Absence.objects.create(
        workspace_id=actor.workspace_id, member=member, starts_on=today, rule=rule, to_member_id=to, state="gone",
        started_at=at, created_by_id=actor.member_id, created_at=at,
    )  # fmt: skip
    _move(absence, actor=actor, at=at, today=today)
    deactivate(actor=actor, at=at, member_id=member_id)


def _end_former(member: Member, at: datetime) -> None:
    """Who leaves out of an absence does not come back from it: what went to others then stays with them."""
    Absence.objects.filter(workspace_id=member.workspace_id, member=member, state="planned").update(
        state="called_off", ended_at=at
    )
    _let_lie(member, at, "away", "gone")


def _let_lie(member: Member, at: datetime, *states: str) -> None:
    """End his absences of these states; nothing of them returns any more."""
    over = Absence.objects.filter(workspace_id=member.workspace_id, member=member, state__in=states)
    steps = Step.objects.filter(workspace_id=member.workspace_id, absence__in=over, settled="")
    steps.update(settled="kept", why="elsewhere")
    over.update(state="back", ended_at=at)


def begin_due(*, actor: Actor, at: datetime) -> int:
    """Begin the absences whose first day has come; returns how many."""
    today = today_of(actor.workspace_id, at)
    due = Absence.objects.filter(workspace_id=actor.workspace_id, state="planned", starts_on__lte=today)
    count = 0
    for absence in due.select_for_update(skip_locked=True):
        _begin(absence, actor=actor, at=at, today=today)
        count += 1
    return count


def today_of(workspace_id: UUID, at: datetime) -> date:
    """The workspace's day."""
    return at.astimezone(ZoneInfo(Workspace.objects.only("timezone").get(pk=workspace_id).timezone)).date()


def _begin(absence: Absence, *, actor: Actor, at: datetime, today: date) -> None:
    absence.state, absence.started_at = "away", at
    absence.save(update_fields=["state", "started_at"])
    Member.objects.filter(workspace_id=absence.workspace_id, pk=absence.member_id).update(
        away_until=absence.ends_on
    )
    _move(absence, actor=actor, at=at, today=today)


def _move(absence: Absence, *, actor: Actor, at: datetime, today: date) -> None:
    """To whom is asked again on the day itself: a deputy named weeks ago may be ill."""
    here = present(absence.workspace_id, today, absence.member_id)
    rule = "deputy" if absence.rule == "member" and absence.to_member_id not in here else absence.rule
    moves = plan(
        workspace_id=absence.workspace_id, member_id=absence.member_id, rule=rule, to=absence.to_member_id, today=today,
    )  # fmt: skip
    give(absence, moves, actor=actor, at=at)
    record(
        actor=actor, at=at, subject="member", subject_id=absence.member_id, action="handed_over", batch_id=absence.pk,
        after={"leads": len(moves.leads), "tasks": len(moves.tasks), "handoffs": len(moves.handoffs)},
    )  # fmt: skip


def _allowed(actor: Actor, member_id: UUID, rule: str) -> Member:
    member = find(Member, actor.workspace_id, member_id, lock=True)
    if member_id != actor.member_id or rule != "deputy":
        actor.require(Right.MEMBERS_MANAGE)
    if member_id != actor.member_id and member.active:
        require_above(actor, actor_of(member_id, actor.workspace_id).rights)
    return member


def _check(
    workspace_id: UUID,
    member: Member,
    starts_on: date,
    ends_on: date,
    today: date,
    rule: str,
    to: UUID | None,
) -> None:
    if not member.active:
        raise Refused("member_gone", _("This member does not work here any more."))
    if ends_on < starts_on:
        raise Invalid("absence_days", _("The last day is before the first."), fields={"ends_on": "before"})
    if ends_on < today:
        raise Invalid("absence_past", _("The last day has passed already."), fields={"ends_on": "past"})
    _check_rule(workspace_id, member, today, rule, to)
    if Absence.objects.filter(workspace_id=workspace_id, member=member, state__in=GOING_ON).exists():
        raise Refused(
            "absence_exists", _("An absence goes on or is planned already. End it or call it off first.")
        )


def _check_rule(workspace_id: UUID, member: Member, today: date, rule: str, to: UUID | None) -> None:
    if rule not in RULES:
        raise Invalid("absence_rule", _("Choose who takes the work."), fields={"rule": "unknown"})
    if (rule == "member") != (to is not None):
        raise Invalid("absence_to", _("Choose who takes the work."), fields={"to": "empty"})
    if to is not None and to not in present(workspace_id, today, member.pk):
        raise Invalid(
            "absence_to_away",
            _("The work can only go to somebody else who is here now."),
            fields={"to": "away"},
        )
    if rule == "deputy" and member.deputy_id is None:
        raise Invalid(
            "no_deputy",
            _("He has no deputy yet. Name one, or choose another rule."),
            fields={"rule": "deputy"},
        )

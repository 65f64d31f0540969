"""Writing touches down."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Min, Q
from django.utils.translation import gettext as _

from konveyer.domain.journal.operations import record
from konveyer.domain.leads.models import Lead, Task
from konveyer.domain.leads.operations import plan_next, warm_up
from konveyer.domain.leads.operations.change import store_fact
from konveyer.domain.leads.operations.hold_of import in_view
from konveyer.domain.leads.operations.owning import may_own
from konveyer.domain.leads.operations.tasks import KINDS
from konveyer.domain.leads.rules.temperature import BY_OUTCOME
from konveyer.domain.people.models import Contact, ContactPoint
from konveyer.domain.touches.events import TouchRecorded
from konveyer.domain.touches.models import Touch
from konveyer.domain.touches.operations.tapping import lead_of, tapped_touch
from konveyer.domain.touches.rules.belonging import moment_within
from konveyer.domain.touches.rules.counting import OUTCOMES, PRESENT, counted, reached
from konveyer.domain.touches.rules.following import following
from konveyer.domain.workspace.models import Workspace
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.events import publish
from konveyer.kit.refusal import Invalid

FUTURE_SLACK = timedelta(minutes=5)  # clocks differ; a meeting that lies ahead is a task


@transaction.atomic
def record_touch(
    *,
    actor: Actor,
    at: datetime,
    channel: str,
    direction: str = "out",
    outcome: str,
    lead_id: UUID | None = None,
    contact_id: UUID | None = None,
    company_id: UUID | None = None,
    point_id: UUID | None = None,
    happened_at: datetime | None = None,
    seconds: int | None = None,
    note: str = "",
    next_kind: str | None = None,
    next_at: datetime | None = None,
    next_title: str = "",
    automatic: bool = False,
    tapped_id: UUID | None = None,
) -> Touch:
    """Write a touch on a lead (or on a contact whose only open lead it then belongs to) and plan the next step.

    The lead's task is done by it; the next step is the one given, else the one the outcome proposes. Interest
    and agreement warm the lead up. A touch from before the lead came hangs on its person or company alone and does
    nothing to the lead; on a lead that the actor does not see it is written, and nothing else. `tapped_id` is the attempt that a tap on the phone wrote down: it becomes this touch, at its
    moment unless another is given. Raises Invalid for an outcome the channel cannot have, a moment in the future or
    before a lead of nobody, or an outcome that needs a moment ("later", "agreed") without one.
    """
    actor.require(Right.LEADS_WORK)
    _check(channel, direction, outcome, happened_at or at, at, seconds)
    lead = lead_of(actor, lead_id, contact_id, company_id)
    if lead is None and contact_id is None and company_id is None:
        raise Invalid("touch_with_nobody", _("Say with whom the touch was."))
    _check_people(actor, contact_id, point_id)
    firm = Workspace.objects.only("talk_seconds", "timezone").get(pk=actor.workspace_id)
    talk = firm.talk_seconds
    touch = tapped_touch(actor, tapped_id, lead) or Touch(
        workspace_id=actor.workspace_id, member_id=actor.member_id, created_at=at
    )
    new = touch._state.adding
    moment = happened_at or (at if new else touch.happened_at)
    touch.contact_id = contact_id or touch.contact_id or (lead.contact_id if lead else None)
    touch.company_id = company_id or touch.company_id or (lead.company_id if lead else None)
    lead, moment = _of_lead(lead, touch, moment, firm.timezone)
    mine = lead is not None and in_view(actor, lead)
    task = _task_done(lead, channel, moment) if mine else None
    touch.lead, touch.point_id, touch.task = lead, point_id or touch.point_id, task
    touch.channel, touch.direction, touch.outcome = channel, direction, outcome
    touch.happened_at, touch.seconds, touch.note, touch.automatic = moment, seconds, note.strip(), automatic
    touch.reached = reached(channel, direction, outcome, seconds, talk)
    touch.counted = counted(channel, direction, outcome, seconds, talk)
    touch.save(force_insert=new)
    record(
        actor=actor, at=at, subject="touch", subject_id=touch.pk, action="created" if new else "settled",
        after={"channel": channel, "direction": direction, "outcome": outcome, "note": touch.note, "lead": touch.lead_id},
        personal=["note"], personal_owner=touch.contact_id or touch.pk,
    )  # fmt: skip
    if lead is not None:
        _first(lead)
    if lead is not None and mine:
        _move_on(
            lead, touch, task, actor=actor, at=at, next_kind=next_kind, next_at=next_at, next_title=next_title
        )
    publish(TouchRecorded(actor, at, touch.pk, touch.lead_id))
    return touch


def _check(
    channel: str, direction: str, outcome: str, moment: datetime, at: datetime, seconds: int | None
) -> None:
    if channel not in OUTCOMES or direction not in ("in", "out"):
        raise Invalid("touch_channel", _("There is no such kind of touch."), fields={"channel": "unknown"})
    if outcome not in OUTCOMES[channel]:
        raise Invalid(
            "touch_outcome", _("A touch of this kind cannot end like that."), fields={"outcome": "unknown"}
        )
    if moment > at + FUTURE_SLACK:
        raise Invalid(
            "touch_in_future",
            _("A touch cannot lie in the future: plan a task instead."),
            fields={"happened_at": "future"},
        )
    if seconds is not None and not 0 <= seconds <= 86_400:
        raise Invalid(
            "touch_seconds", _("The length must be between 0 seconds and a day."), fields={"seconds": "range"}
        )


def _of_lead(lead: Lead | None, touch: Touch, moment: datetime, zone: str) -> tuple[Lead | None, datetime]:
    """The lead that the touch belongs to, and its moment there. Raises Invalid before a lead of nobody."""
    if lead is None:
        return None, moment
    inside = moment_within(moment, lead.arrived_at, lead.arrived_precision, zone)
    if inside is not None:
        return lead, inside
    if touch.contact_id is None and touch.company_id is None:
        raise Invalid(
            "touch_before_lead",
            _("This lead came later, and it is not known whose it is. Name the person first."),
            fields={"happened_at": "before"},
        )
    return None, moment


def _check_people(actor: Actor, contact_id: UUID | None, point_id: UUID | None) -> None:
    if contact_id and not Contact.objects.filter(workspace_id=actor.workspace_id, pk=contact_id).exists():
        raise Invalid("contact", _("There is no such person in the base."), fields={"contact": "unknown"})
    if point_id and not ContactPoint.objects.filter(workspace_id=actor.workspace_id, pk=point_id).exists():
        raise Invalid("point", _("There is no such contact point."), fields={"point": "unknown"})


def _task_done(lead: Lead | None, channel: str, moment: datetime) -> Task | None:
    """The lead's next task, if this touch is what it asked for."""
    if lead is None or lead.next_task_id is None:
        return None
    task = Task.objects.select_for_update(of=("self",)).get(
        workspace_id=lead.workspace_id, pk=lead.next_task_id
    )
    return task if task.kind in (channel, "todo", "sort") and task.done_at is None else None


def _first(lead: Lead) -> None:
    """Our first touch, whoever made it."""
    ours = Q(direction="out") | Q(channel__in=PRESENT)
    first = Touch.objects.filter(ours, workspace_id=lead.workspace_id, lead=lead).aggregate(
        first=Min("happened_at")
    )
    if lead.first_touch_at != first["first"]:  # a tap that gets another moment may make it later, too
        lead.first_touch_at = first["first"]
        Lead.objects.filter(workspace_id=lead.workspace_id, pk=lead.pk).update(first_touch_at=first["first"])


def _move_on(
    lead: Lead, touch: Touch, task: Task | None, *, actor: Actor, at: datetime, next_kind: str | None,
    next_at: datetime | None, next_title: str,
) -> None:  # fmt: skip
    if task is not None:
        task.done_at, task.outcome = touch.happened_at, touch.outcome
        task.save(update_fields=["done_at", "outcome"])
    if touch.channel == "meeting" and touch.outcome != "not_held":
        store_fact(lead, actor=actor, at=at, kind="meeting_held", value="yes", source="touch")
    if touch.outcome in BY_OUTCOME:
        warm_up(actor=actor, at=at, lead_id=lead.pk, proposed=BY_OUTCOME[touch.outcome], cause=touch.outcome)
    if lead.owner_id is None and not may_own(actor, lead, actor.member_id):
        return  # it stays in its queue, whose role decides what follows
    if lead.state == "open" and (task is not None or next_at is not None):
        proposal = following(touch.outcome)
        if next_at is None and proposal.ask:
            raise Invalid("next_at", _("Say when: the client named a moment."), fields={"next_at": "empty"})
        kind = next_kind if next_kind in KINDS else proposal.kind
        plan_next(
            actor=actor, at=at, lead_id=lead.pk, kind=kind, title=next_title.strip() or str(TITLES[kind]),
            due_at=next_at or touch.happened_at + proposal.after, promised=next_at is not None and proposal.ask,
        )  # fmt: skip


class _Titles(dict[str, str]):
    def __missing__(self, kind: str) -> str:
        return {
            "call": _("Call"), "mail": _("Write a mail"), "meeting": _("Meeting"), "message": _("Write a message"),
            "letter": _("Send a letter"),
        }.get(kind, _("Next step"))  # fmt: skip


TITLES = _Titles()

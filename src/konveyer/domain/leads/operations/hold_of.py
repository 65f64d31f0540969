"""Getting hold of a lead: locked, in view, not changed behind the actor's back; and leaving it consistent."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from konveyer.domain.journal.operations import changes, record
from konveyer.domain.leads.models import Lead, Task
from konveyer.domain.workspace.models import Workspace
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import NotFound, Refused, Stale
from konveyer.kit.rows import only

WATCHED = (
    "stage_id", "state", "owner_id", "queue_id", "next_task_id", "telemarketer_id", "closer_id", "won_at", "closed_at",
    "refusal_id", "wake_on", "temperature", "conveyor_id", "due_at",
)  # fmt: skip


def lock(*, actor: Actor, lead_id: UUID, version: int | None = None, right: Right = Right.LEADS_WORK) -> Lead:
    """The lead, locked until the transaction ends.

    Raises Forbidden without the right, NotFound when it is not there or out of view, Stale when `version` is
    given and somebody changed the lead meanwhile.
    """
    actor.require(right)
    rows = Lead.objects.select_for_update(of=("self",))
    lead = only(rows.filter(workspace_id=actor.workspace_id, pk=lead_id))
    if lead is None or not in_view(actor, lead):
        raise NotFound("lead_not_found", _("There is no such lead, or it is not in your view."))
    if version is not None and version != lead.version:
        raise Stale(
            "lead_changed",
            _(
                "Somebody changed this lead while you were looking at it. Nothing was overwritten: look again."
            ),
            details={"your_version": version, "version": lead.version},
        )
    return lead


def in_view(actor: Actor, lead: Lead) -> bool:
    """Own, team or all: a lead is seen by its owner and by the two who are credited; a queued one by everybody."""
    return actor.sees(lead.owner_id, lead.telemarketer_id, lead.closer_id) or lead.owner_id is None


def require_open(lead: Lead) -> None:
    """Raise Refused unless the lead is open."""
    if lead.state != "open":
        raise Refused("lead_not_open", _("This lead is not open. Reopen or wake it first."))


def snapshot(lead: Lead) -> dict[str, Any]:
    """The fields that the journal watches."""
    return {name: getattr(lead, name) for name in WATCHED}


def save(
    lead: Lead, *, actor: Actor, at: datetime, action: str, was: dict[str, Any], reason: str = "", **more: Any
) -> None:
    """Store the lead under a new version and journal what changed."""
    lead.version += 1
    lead.save()
    before, after = changes(was, snapshot(lead))
    record(
        actor=actor, at=at, subject="lead", subject_id=lead.pk, action=action, before=before, after={**after, **more},
        reason=reason,
    )  # fmt: skip


def zone_of(workspace_id: UUID) -> str:
    """The workspace's time zone."""
    return Workspace.objects.only("timezone").get(pk=workspace_id).timezone


def drop_open_tasks(lead: Lead, at: datetime) -> None:
    """Cancel what was planned; the caller plans anew or closes the lead."""
    Task.objects.filter(
        workspace_id=lead.workspace_id, lead=lead, done_at__isnull=True, cancelled_at__isnull=True
    ).update(cancelled_at=at)
    lead.next_task = None

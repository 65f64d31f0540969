"""A draft becomes the live version; a conveyor is retired and brought back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from konveyer.domain.conveyor.models import Conveyor, Version
from konveyer.domain.conveyor.operations.drafting import at_revision, locked
from konveyer.domain.conveyor.queries.drawn import findings
from konveyer.domain.journal.operations import record
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import Invalid, Refused


class DraftFaulty(Refused):
    """The draft has faults. `details` lists them."""


def publish_draft(*, actor: Actor, at: datetime, conveyor_id: UUID, revision: int) -> Version:
    """Make the draft live: new leads take it. What becomes of those inside is the matter of `leads`.

    Raises Forbidden without conveyor.edit, Stale, NotFound, DraftFaulty.
    """
    actor.require(Right.CONVEYOR_EDIT)
    conveyor = locked(actor, conveyor_id)
    version = at_revision(actor, conveyor, revision)
    faults = [found for found in findings(version) if found.fault]
    if faults:
        listed = [{"code": one.code, "stage": one.stage, "text": one.text} for one in faults]
        raise DraftFaulty("draft_faulty", " ".join(one.text for one in faults), details={"faults": listed})
    others = Version.objects.filter(workspace_id=actor.workspace_id, conveyor=conveyor).exclude(pk=version.pk)
    former = others.filter(state="live").first()
    others.filter(state="live").update(state="retired")
    last = others.aggregate(last=Max("number"))["last"] or 0
    version.number = max(version.number, last + 1)
    version.state, version.published_at = "live", at
    version.save(update_fields=["number", "state", "published_at"])
    conveyor.active = True
    conveyor.save(update_fields=["active"])
    record(
        actor=actor, at=at, subject="conveyor", subject_id=conveyor.pk, action="published",
        before={"version": former.number if former else None},
        after={"name": conveyor.name, "version": version.number},
    )  # fmt: skip
    return version


@transaction.atomic
def retire(*, actor: Actor, at: datetime, conveyor_id: UUID) -> Conveyor:
    """The conveyor takes no new leads and leaves the board; those inside go on to their end.

    Raises Invalid for the last one that takes leads, and while a refusal route of another leads to it.
    """
    conveyor = _turn(actor, at, conveyor_id, active=False)
    if not Conveyor.objects.filter(workspace_id=actor.workspace_id, active=True).exists():
        raise Invalid("last_conveyor", _("One conveyor must take leads."))
    leading = Version.objects.filter(
        workspace_id=actor.workspace_id, state="live", conveyor__active=True, refusals__to_conveyor=conveyor
    )
    names = sorted(set(leading.values_list("conveyor__name", flat=True)))
    if names:
        raise Refused("conveyor_led_to", _("Refusal routes lead to it: %s.") % ", ".join(names))
    return conveyor


@transaction.atomic
def revive(*, actor: Actor, at: datetime, conveyor_id: UUID) -> Conveyor:
    """The retired conveyor takes leads again. Raises Refused for one that was never published."""
    conveyor = _turn(actor, at, conveyor_id, active=True)
    if not Version.objects.filter(workspace_id=actor.workspace_id, conveyor=conveyor, state="live").exists():
        raise Refused("conveyor_not_live", _("Publish its draft first."))
    return conveyor


def _turn(actor: Actor, at: datetime, conveyor_id: UUID, *, active: bool) -> Conveyor:
    actor.require(Right.CONVEYOR_EDIT)
    conveyor = locked(actor, conveyor_id)
    if conveyor.active == active:
        raise Refused("conveyor_same", _("It is so already."))
    conveyor.active = active
    conveyor.save(update_fields=["active"])
    record(
        actor=actor, at=at, subject="conveyor", subject_id=conveyor.pk, action="revived" if active else "retired",
        after={"name": conveyor.name},
    )  # fmt: skip
    return conveyor

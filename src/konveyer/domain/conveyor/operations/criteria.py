"""Drawing up what makes a lead qualified."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from konveyer.domain.conveyor.models import Conveyor, CriteriaSet
from konveyer.domain.conveyor.queries.criteria import Criteria, as_item, criteria_of
from konveyer.domain.conveyor.rules.criteria import ASKS, Criterion
from konveyer.domain.conveyor.rules.presets import ConveyorPreset
from konveyer.domain.journal.operations import record
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import Invalid, NotFound, Stale

MOST = 20


@transaction.atomic
def set_criteria(
    *, actor: Actor, at: datetime, conveyor_id: UUID, items: Sequence[Criterion], wanted: int, was: int
) -> Criteria:
    """The criteria from now on, as a new set; verdicts given before keep theirs. `was`: the number that was read.

    Raises Stale when somebody drew up another set meanwhile, Invalid for a set that nobody could ever meet.
    """
    actor.require(Right.CONVEYOR_EDIT)
    workspace = actor.workspace_id
    conveyor = Conveyor.objects.select_for_update().filter(workspace_id=workspace, pk=conveyor_id).first()
    if conveyor is None:
        raise NotFound("conveyor_not_found", _("There is no such conveyor."))
    former = criteria_of(workspace, conveyor.pk)
    if former.number != was:
        raise Stale(
            "criteria_stale", _("Somebody changed the criteria meanwhile. Look at them and save again.")
        )
    _check(items, wanted)
    if (tuple(items), wanted) == (former.items, former.wanted):
        return former
    store_criteria(actor=actor, at=at, conveyor=conveyor, items=items, wanted=wanted, number=was + 1)
    record(
        actor=actor, at=at, subject="conveyor", subject_id=conveyor.pk, action="criteria",
        before={"criteria": [one.label for one in former.items]}, after={"criteria": [one.label for one in items]},
    )  # fmt: skip
    return criteria_of(workspace, conveyor.pk)


def first_criteria(*, actor: Actor, at: datetime, conveyor: Conveyor, preset: ConveyorPreset) -> None:
    """What a preset says makes a lead qualified; nothing when it says nothing."""
    if preset.criteria:
        store_criteria(
            actor=actor, at=at, conveyor=conveyor, items=preset.criteria, wanted=preset.wanted, number=1
        )  # fmt: skip


def store_criteria(
    *, actor: Actor, at: datetime, conveyor: Conveyor, items: Sequence[Criterion], wanted: int, number: int
) -> None:
    """Write a set, checked by the caller."""
    CriteriaSet.objects.create(
        workspace_id=actor.workspace_id, conveyor=conveyor, number=number, items=[as_item(one) for one in items],
        wanted=wanted, created_by_id=actor.member_id, created_at=at,
    )  # fmt: skip


def _check(items: Sequence[Criterion], wanted: int) -> None:
    if len(items) > MOST:
        raise Invalid("criteria", _("More than 20 criteria: nobody asks a client that much."))
    if len({one.fact for one in items}) < len(items):
        raise Invalid("criteria_twice", _("Two criteria ask for the same fact."))
    if not 0 <= wanted <= sum(not one.must for one in items):
        raise Invalid(
            "wanted", _("More wishes are asked for than there are wishes."), fields={"wanted": "range"}
        )  # fmt: skip
    for one in items:
        if one.ask not in ASKS or not one.label.strip() or not one.fact:
            raise Invalid("criterion", _("A criterion has a name and says how it is asked for."))
        if one.ask == "choice" and (not one.choices or not set(one.good) <= set(one.choices)):
            raise Invalid(
                "good", _("%(name)s: what is good must stand in the list to choose from.") % {"name": one.label}
            )  # fmt: skip
        if one.least is not None and one.most is not None and one.least > one.most:
            raise Invalid("least", _("%(name)s: the least is more than the most.") % {"name": one.label})

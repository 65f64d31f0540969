"""Whole conveyors out of a file: the presets at founding, settings brought in."""

from datetime import datetime

from django.db.models import Max

from konveyer.domain.conveyor.models import Conveyor, Version
from konveyer.domain.conveyor.operations.criteria import first_criteria
from konveyer.domain.conveyor.operations.drawing import draw
from konveyer.domain.conveyor.rules.presets import CODES, ConveyorPreset, load
from konveyer.domain.journal.operations import record
from konveyer.domain.workspace.models import Role
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right


def install_presets(
    *, actor: Actor, at: datetime, language: str, codes: tuple[str, ...] = CODES
) -> list[Conveyor]:
    """Create the ready conveyors in a language, each with a live first version."""
    roles = {role.code: role for role in Role.objects.filter(workspace_id=actor.workspace_id)}
    return [
        install(actor=actor, at=at, preset=load(code, language), roles=roles, position=position)
        for position, code in enumerate(codes)
    ]


def install(
    *, actor: Actor, at: datetime, preset: ConveyorPreset, roles: dict[str, Role], position: int
) -> Conveyor:
    """Create one conveyor from a preset; version 1 is live at once."""
    workspace = actor.workspace_id
    conveyor = Conveyor.objects.create(
        workspace_id=workspace, code=preset.code, name=preset.name, position=position, created_at=at
    )
    _live(conveyor, preset, roles, number=1, at=at)
    first_criteria(actor=actor, at=at, conveyor=conveyor, preset=preset)
    record(
        actor=actor, at=at, subject="conveyor", subject_id=conveyor.pk, action="created",
        after={"name": conveyor.name, "version": 1},
    )  # fmt: skip
    return conveyor


def publish(*, actor: Actor, at: datetime, preset: ConveyorPreset) -> Version:
    """Make the preset the live version of the conveyor with its code, which exists; the former one is retired.

    New leads take the new version; those inside stay in the one they stand in. Raises Forbidden without
    conveyor.edit, KeyError for a role that does not exist.
    """
    actor.require(Right.CONVEYOR_EDIT)
    workspace = actor.workspace_id
    conveyor = Conveyor.objects.select_for_update().get(workspace_id=workspace, code=preset.code)
    former = Version.objects.filter(workspace_id=workspace, conveyor=conveyor)
    number = (former.aggregate(last=Max("number"))["last"] or 0) + 1
    former.filter(state="live").update(state="retired")
    before = {"name": conveyor.name, "version": number - 1}
    if conveyor.name != preset.name:
        conveyor.name = preset.name
        conveyor.save(update_fields=["name"])
    roles = {role.code: role for role in Role.objects.filter(workspace_id=workspace)}
    version = _live(conveyor, preset, roles, number=number, at=at)
    record(
        actor=actor, at=at, subject="conveyor", subject_id=conveyor.pk, action="published", before=before,
        after={"name": conveyor.name, "version": number},
    )  # fmt: skip
    return version


def _live(
    conveyor: Conveyor, preset: ConveyorPreset, roles: dict[str, Role], *, number: int, at: datetime
) -> Version:
    version = Version.objects.create(
        workspace_id=conveyor.workspace_id, conveyor=conveyor, number=number, state="live", published_at=at,
        created_at=at,
    )  # fmt: skip
    draw(version, preset, roles)
    return version

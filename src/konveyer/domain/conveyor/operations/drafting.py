"""Drafts: a conveyor, or the next version of one, that nobody works yet."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from konveyer.domain.conveyor.models import Conveyor, GateCondition, RefusalRoute, Stage, Version
from konveyer.domain.conveyor.operations.criteria import first_criteria
from konveyer.domain.conveyor.operations.drawing import draw
from konveyer.domain.conveyor.queries import live_version
from konveyer.domain.conveyor.queries.drawn import draft_of, drawn
from konveyer.domain.conveyor.rules.describing import agree, lines
from konveyer.domain.conveyor.rules.editing import free_key
from konveyer.domain.conveyor.rules.presets import LIBRARY, ConveyorPreset, load
from konveyer.domain.journal.operations import record
from konveyer.domain.workspace.models import Role
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import Invalid, NotFound, Refused, Stale


@transaction.atomic
def begin(*, actor: Actor, at: datetime, name: str, preset: str = "", language: str = "en") -> Version:
    """A new conveyor as a draft, from a preset of the library or empty. It takes no leads before it is published.

    Raises Forbidden without conveyor.edit; Invalid for an empty name or an unknown preset.
    """
    actor.require(Right.CONVEYOR_EDIT)
    if preset and preset not in LIBRARY:
        raise Invalid("preset", _("There is no such preset."), fields={"preset": "unknown"})
    workspace = actor.workspace_id
    start = load(preset, language) if preset else ConveyorPreset("", "", ())
    title = name.strip()[:120] or start.name
    if not title:
        raise Invalid("name", _("Give it a name."), fields={"name": "empty"})
    codes = set(Conveyor.objects.filter(workspace_id=workspace).values_list("code", flat=True))
    code = preset if preset and preset not in codes else free_key(preset or "conveyor", codes)
    last = Conveyor.objects.filter(workspace_id=workspace).aggregate(last=Max("position"))["last"]
    conveyor = Conveyor.objects.create(
        workspace_id=workspace, code=code, name=title, position=(last or 0) + 1, active=False, created_at=at
    )
    version = _draft(conveyor, 1, at)
    draw(version, _fitting(start, workspace), _roles(workspace))
    first_criteria(actor=actor, at=at, conveyor=conveyor, preset=start)
    record(
        actor=actor, at=at, subject="conveyor", subject_id=conveyor.pk, action="created",
        after={"name": title, "version": 1},
    )  # fmt: skip
    return version


@transaction.atomic
def open_draft(*, actor: Actor, at: datetime, conveyor_id: UUID) -> Version:
    """The draft of a conveyor: the one there is, else a copy of the live version. Raises NotFound, Refused."""
    actor.require(Right.CONVEYOR_EDIT)
    conveyor = locked(actor, conveyor_id)
    there = draft_of(actor.workspace_id, conveyor.pk)
    if there is not None:
        return there
    live = live_version(actor.workspace_id, conveyor.pk)
    if live is None:
        raise Refused("conveyor_not_live", _("This conveyor is retired. Bring it back first."))
    number = Version.objects.filter(workspace_id=actor.workspace_id, conveyor=conveyor).aggregate(
        last=Max("number")
    )["last"]
    version = _draft(conveyor, number + 1, at)
    draw(version, drawn(live), _roles(actor.workspace_id))
    record(
        actor=actor, at=at, subject="conveyor", subject_id=conveyor.pk, action="drafted",
        after={"name": conveyor.name, "version": version.number},
    )  # fmt: skip
    return version


@transaction.atomic
def save_draft(
    *, actor: Actor, at: datetime, conveyor_id: UUID, revision: int, changed: ConveyorPreset
) -> Version:
    """Store the draft as described, and the name with it. `changed.code` is not looked at.

    Raises Stale when somebody saved meanwhile, Invalid for a role or a conveyor that does not exist, a name that is empty,
    a key or a fact that stands twice.
    """
    actor.require(Right.CONVEYOR_EDIT)
    conveyor = locked(actor, conveyor_id)
    version = at_revision(actor, conveyor, revision)
    roles = _roles(actor.workspace_id)
    codes = Conveyor.objects.filter(workspace_id=actor.workspace_id).values_list("code", flat=True)
    agree(changed, roles=roles, conveyors=set(codes))
    names = {code: role.name for code, role in roles.items()}
    before, after = lines(drawn(version), names), lines(changed, names)
    wipe(version)
    draw(version, changed, roles)
    version.revision += 1
    version.save(update_fields=["revision"])
    if conveyor.name != changed.name:
        conveyor.name = changed.name
        conveyor.save(update_fields=["name"])
    other = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    if other:
        record(
            actor=actor, at=at, subject="conveyor", subject_id=conveyor.pk, action="drafted",
            before={name: before.get(name) for name in other}, after={name: after.get(name) for name in other},
        )  # fmt: skip
    return version


@transaction.atomic
def drop_draft(*, actor: Actor, at: datetime, conveyor_id: UUID) -> None:
    """Throw the draft away; with it a conveyor that was never published."""
    actor.require(Right.CONVEYOR_EDIT)
    conveyor = locked(actor, conveyor_id)
    version = draft_of(actor.workspace_id, conveyor.pk)
    if version is None:
        raise NotFound("draft_not_found", _("There is no draft of this conveyor."))
    wipe(version)
    version.delete()
    record(
        actor=actor, at=at, subject="conveyor", subject_id=conveyor.pk, action="draft_dropped",
        before={"name": conveyor.name, "version": version.number},
    )  # fmt: skip
    if not Version.objects.filter(workspace_id=actor.workspace_id, conveyor=conveyor).exists():
        conveyor.delete()


def locked(actor: Actor, conveyor_id: UUID) -> Conveyor:
    """The conveyor, locked until the transaction ends. Raises NotFound."""
    rows = Conveyor.objects.select_for_update().filter(workspace_id=actor.workspace_id, pk=conveyor_id)
    found = rows.first()
    if found is None:
        raise NotFound("conveyor_not_found", _("There is no such conveyor."))
    return found


def at_revision(actor: Actor, conveyor: Conveyor, revision: int) -> Version:
    """The draft, as somebody saw it. Raises NotFound, Stale."""
    version = draft_of(actor.workspace_id, conveyor.pk)
    if version is None:
        raise NotFound("draft_not_found", _("There is no draft of this conveyor."))
    if version.revision != revision:
        raise Stale(
            "draft_changed",
            _(
                "Somebody changed this draft while you were looking at it. Nothing was overwritten: look again."
            ),
            details={"your_version": revision, "version": version.revision},
        )
    return version


def wipe(version: Version) -> None:
    """Take the stages, gates and routes of a draft away."""
    of_version = {"workspace_id": version.workspace_id, "conveyor_version": version}
    GateCondition.objects.filter(
        workspace_id=version.workspace_id, stage__in=Stage.objects.filter(**of_version)
    ).delete()
    Stage.objects.filter(**of_version).delete()
    RefusalRoute.objects.filter(**of_version).delete()


def _draft(conveyor: Conveyor, number: int, at: datetime) -> Version:
    return Version.objects.create(
        workspace_id=conveyor.workspace_id, conveyor=conveyor, number=number, state="draft", created_at=at
    )


def _roles(workspace_id: UUID) -> dict[str, Role]:
    return {role.code: role for role in Role.objects.filter(workspace_id=workspace_id)}


def _fitting(start: ConveyorPreset, workspace_id: UUID) -> ConveyorPreset:
    """The preset with roles that exist here: one taken away gives its stages to the owner's."""
    roles = _roles(workspace_id)
    stages = (
        replace(one, role=one.role if one.role in roles else "owner", helpers=tuple(h for h in one.helpers if h in roles))
        for one in start.stages
    )  # fmt: skip
    return replace(start, stages=tuple(stages))

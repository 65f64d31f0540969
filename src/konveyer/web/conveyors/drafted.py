"""What the screens of a draft share."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from konveyer.domain.conveyor.models import Conveyor, Version
from konveyer.domain.conveyor.operations import save_draft
from konveyer.domain.conveyor.queries.drawn import draft_of, drawn
from konveyer.domain.conveyor.rules.presets import ConveyorPreset
from konveyer.domain.staff.queries.find import find
from konveyer.kit import clock
from konveyer.kit.refusal import NotFound
from konveyer.web.setup.answer import sections
from konveyer.web.work import WorkRequest

HERE = "setup-conveyors"


@dataclass(frozen=True)
class Drafted:
    """A conveyor with its draft, as a row and as a description."""

    conveyor: Conveyor
    version: Version
    plan: ConveyorPreset


def drafted(request: WorkRequest, conveyor_id: UUID) -> Drafted:
    """Raises NotFound without a draft."""
    row = find(Conveyor, request.actor.workspace_id, conveyor_id)
    version = draft_of(request.actor.workspace_id, row.pk)
    if version is None:
        raise NotFound("draft_not_found", _("There is no draft of this conveyor."))
    return Drafted(row, version, drawn(version))


def save(request: WorkRequest, found: Drafted, revision: int, changed: ConveyorPreset) -> Version:
    """Store the changed draft."""
    return save_draft(
        actor=request.actor, at=clock.now(), conveyor_id=found.conveyor.pk, revision=revision, changed=changed
    )


def show(request: WorkRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A screen of the editor."""
    shown = sections(request.actor)
    here = next((found for found in shown if found.url == HERE), None)
    context = {"sections": shown, "section": here, **context}
    return render(request, f"conveyors/{template}.html", context, status=status)

"""Conveyors drawn anew in the made-up firm: one has a second version, one is still a draft."""

from dataclasses import replace
from datetime import datetime, timedelta

from konveyer.domain.conveyor.models import Conveyor
from konveyer.domain.conveyor.operations import begin, open_draft, save_draft
from konveyer.domain.conveyor.queries.drawn import drawn
from konveyer.domain.conveyor.rules.editing import stage_of, with_stage
from konveyer.domain.leads.operations import publish_version
from konveyer.domain.workspace.models import Workspace
from konveyer.domain.workspace.rules.actor import Actor


def draw_anew(workspace: Workspace, owner: Actor, language: str, start: datetime, today: datetime) -> None:
    """The classic cycle got terms a quarter after the founding; calling through the base is being thought over."""
    at = start + timedelta(days=90)
    conveyor = Conveyor.objects.get(workspace=workspace, code="classic")
    draft = open_draft(actor=owner, at=at, conveyor_id=conveyor.pk)
    plan = drawn(draft)
    for key, hours, most in (("first_contact", 18, 40), ("meeting", 45, 12), ("proposal", 27, 12)):
        stage = stage_of(plan, key)
        if stage is not None:
            plan = with_stage(plan, replace(stage, sla_hours=hours, wip_limit=most))
    saved = save_draft(actor=owner, at=at, conveyor_id=conveyor.pk, revision=draft.revision, changed=plan)
    publish_version(actor=owner, at=at, conveyor_id=conveyor.pk, revision=saved.revision, mapping={})
    begin(actor=owner, at=today, name="", preset="base_care", language=language)

"""Erasure as one action: asked for, done by the worker; and done again on a copy that was brought back."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from konveyer.domain.erasure.models import Erasure
from konveyer.domain.erasure.operations.taking_out import take_out
from konveyer.domain.erasure.queries.held import person
from konveyer.domain.people.models import Contact
from konveyer.domain.workspace import queries
from konveyer.domain.workspace.rules.actor import Actor, for_workspace
from konveyer.kit import tenancy
from konveyer.kit.enqueue import enqueue
from konveyer.kit.refusal import Refused

JOB = "erasure.run"


def ask_erasure(*, actor: Actor, at: datetime, contact_id: UUID, later: bool = True) -> Erasure:
    """Have the person erased. Raises Forbidden, NotFound, Refused when it was asked for already."""
    person(actor, contact_id)
    try:
        with transaction.atomic():
            made = Erasure.objects.create(
                workspace_id=actor.workspace_id, contact_id=contact_id, member_id=actor.member_id, asked_at=at
            )
    except IntegrityError as twice:
        raise Refused("erasure_asked", _("This person is being erased already.")) from twice
    if later:
        enqueue(JOB, workspace_id=actor.workspace_id, erasure_id=made.pk)
    return made


def erase(*, actor: Actor, at: datetime, contact_id: UUID) -> Erasure:
    """Erase at once. Raises Forbidden, NotFound."""
    with tenancy.enter(actor.workspace_id):
        asked = ask_erasure(actor=actor, at=at, contact_id=contact_id, later=False)
    return work_on(workspace_id=actor.workspace_id, at=at, erasure_id=asked.pk)


def work_on(*, workspace_id: UUID, at: datetime, erasure_id: UUID) -> Erasure:
    """Do what was asked for, in one transaction; asked twice it is done once. Then it is noted beside the database."""
    with tenancy.enter(workspace_id):
        row = Erasure.objects.select_for_update(of=("self",)).get(workspace_id=workspace_id, pk=erasure_id)
        if row.done_at is None:
            actor = (
                queries.actor_of(row.member_id, workspace_id)
                if row.member_id
                else for_workspace(workspace_id)
            )
            row.hashes, row.counts = take_out(actor=actor, at=at, contact_id=row.contact_id)
            row.done_at = max(at, row.asked_at)
            row.save(update_fields=["hashes", "counts", "done_at"])
            transaction.on_commit(lambda: _note(row))
    return row


def noted() -> Path:
    """Where erasures stand beside the database: a copy from before them is erased again by it."""
    return Path(settings.HOME) / "erasures.jsonl"


def _note(row: Erasure) -> None:
    line = {
        "workspace": str(row.workspace_id),
        "contact": str(row.contact_id),
        "at": row.asked_at.isoformat(),
        "hashes": row.hashes,
    }
    noted().parent.mkdir(parents=True, exist_ok=True)
    with noted().open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")


def erase_again(*, at: datetime) -> int:
    """Erase on a copy that was brought back whoever was erased since it was made. Returns how many."""
    done = 0
    lines = noted().read_text(encoding="utf-8").splitlines() if noted().exists() else []
    for line in map(json.loads, lines):
        workspace_id, contact_id = UUID(line["workspace"]), UUID(line["contact"])
        with tenancy.enter(workspace_id):
            if (
                not Contact.objects.filter(workspace_id=workspace_id, pk=contact_id)
                .exclude(name_key="")
                .exists()
            ):
                continue
            hashes, counts = take_out(
                actor=for_workspace(workspace_id, "system"), at=at, contact_id=contact_id
            )
            Erasure.objects.create(
                workspace_id=workspace_id,
                contact_id=contact_id,
                hashes=hashes,
                counts=counts,
                asked_at=at,
                done_at=at,
            )
            done += 1
    return done

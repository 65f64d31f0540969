"""Batches: taking a file in, getting hold of it, leaving it."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Table
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from konveyer.domain.imports.models import Batch
from konveyer.domain.imports.rules.mapping import Mapping
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import tenancy
from konveyer.kit.refusal import NotFound, Refused


@dataclass(frozen=True)
class Source:
    """A file as it was given: its name as the user knows it, where it is kept (if by us), size, checksum."""

    name: str
    size: int
    sha256: str
    stored_as: str = ""


def start(*, actor: Actor, at: datetime, source: Source, reading: Table[str, Any], mapping: Mapping) -> Batch:
    """A batch that is ready to run. Raises Forbidden."""
    actor.require(Right.BASE_IMPORT)
    return Batch.objects.create(
        workspace_id=actor.workspace_id, file_name=source.name[:255], stored_as=source.stored_as, size=source.size,
        sha256=source.sha256, preset=mapping.preset, main_record=mapping.main, reading=dict(reading),
        mapping=mapping.as_dict(), state="running", member_id=actor.member_id, created_at=at, started_at=at,
    )  # fmt: skip


def unfinished(*, actor: Actor, source: Source, mapping: Mapping) -> Batch | None:
    """The batch of the same file and mapping that was broken off, if there is one: run it to go on where it stopped."""
    found = Batch.objects.filter(
        workspace_id=actor.workspace_id,
        sha256=source.sha256,
        preset=mapping.preset,
        state__in=["running", "stopped"],
    ).order_by("-created_at")
    return next((batch for batch in found if Mapping.from_dict(batch.mapping) == mapping), None)


def go_on(*, actor: Actor, batch_id: UUID) -> Batch:
    """A broken-off batch runs again."""
    batch = find(actor, batch_id)
    batch.state, batch.failure = "running", ""
    batch.save(update_fields=["state", "failure"])
    return batch


def find(actor: Actor, batch_id: UUID) -> Batch:
    """The batch, locked until the transaction ends. Raises Forbidden, NotFound."""
    actor.require(Right.BASE_IMPORT)
    rows = Batch.objects.select_for_update(of=("self",))
    batch = rows.filter(workspace_id=actor.workspace_id, pk=batch_id).first()
    if batch is None:
        raise NotFound("batch_not_found", _("There is no such import."))
    return batch


@contextmanager
def alone(batch_id: UUID) -> Iterator[None]:
    """Nobody else runs or undoes this batch meanwhile; a killed process leaves no lock. Raises Refused.

    The lock belongs to the connection, so that it outlives the transactions of the chunks.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(hashtextextended(%s, 0))", [f"import {batch_id}"])
        row = cursor.fetchone()
    if not row or not row[0]:
        raise Refused("import_running", _("This import is running already. Wait until it ends."))
    try:
        yield
    finally:
        if connection.connection is not None and not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("select pg_advisory_unlock(hashtextextended(%s, 0))", [f"import {batch_id}"])


def finish(actor: Actor, batch_id: UUID, at: datetime) -> Batch:
    """Every row is in or rejected."""
    with tenancy.enter(actor.workspace_id):
        batch = find(actor, batch_id)
        batch.state, batch.finished_at, batch.failure, batch.ahead = "done", at, "", []
        batch.save()
        return batch


def stop(actor: Actor, batch_id: UUID, failure: str) -> None:
    """The run was broken off; the same command goes on."""
    with tenancy.enter(actor.workspace_id):
        Batch.objects.filter(workspace_id=actor.workspace_id, pk=batch_id, state="running").update(
            state="stopped", failure=failure[:500]
        )

"""Trials: what writing a draft would do, found out by doing it and taking it back. The worker makes them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from konveyer.domain.imports.models import Batch, Reject
from konveyer.domain.imports.operations.batches import Source, find
from konveyer.domain.imports.operations.run import Outcome, try_out
from konveyer.domain.imports.operations.working import failure_of, member_of, rows_of
from konveyer.domain.imports.queries.batches import records_of
from konveyer.domain.imports.queries.targets import targets_of
from konveyer.domain.imports.rules import drafting
from konveyer.domain.imports.rules.lines import Rejected
from konveyer.domain.imports.rules.mapping import Mapping
from konveyer.domain.imports.rules.wording import mapping_words
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.kit import tenancy
from konveyer.kit.enqueue import enqueue
from konveyer.kit.live import announce
from konveyer.kit.refusal import Invalid, Refused

JOB = "imports.try"


@transaction.atomic
def ask_trial(*, actor: Actor, at: datetime, batch_id: UUID) -> Batch:
    """Have the draft tried as it stands now. Raises Invalid when columns are missing, Refused, NotFound, Forbidden."""
    batch = find(actor, batch_id)
    if batch.state != "draft":
        raise Refused(
            "import_written", _("This import was started already; its rows can no longer be changed here.")
        )
    targets = targets_of(batch.workspace_id)
    unclear = drafting.trouble(Mapping.from_dict(batch.mapping), batch.reading["columns"], targets)
    if unclear:
        raise Invalid(
            unclear.code, mapping_words(unclear.code, unclear.params), fields={"columns": unclear.code}
        )
    batch.trial = {"state": "asked", "of": fingerprint_of(batch), "at": at.isoformat()}
    batch.save(update_fields=["trial"])
    enqueue(JOB, workspace_id=actor.workspace_id, batch_id=batch.pk)
    return batch


def fingerprint_of(batch: Batch) -> str:
    """What the draft would do now, in short."""
    return drafting.fingerprint(batch.reading, batch.mapping)


def make_trial(*, workspace_id: UUID, at: datetime, batch_id: UUID) -> None:
    """Make the trial that was asked for; a draft changed or left in the meantime keeps nothing of it."""
    with tenancy.enter(workspace_id):
        batch = Batch.objects.filter(workspace_id=workspace_id, pk=batch_id, state="draft").first()
        if batch is None or batch.trial.get("state") != "asked":
            return
        mended = list(
            Reject.objects.filter(workspace_id=workspace_id, batch_id=batch_id, mended_at__isnull=False)
        )
    of, found, rejects = fingerprint_of(batch), dict[str, Any](), list[Rejected]()
    began = time.monotonic()
    try:
        outcome = _try(batch, at, mended, found)
        found |= {
            "state": "done", "rows": outcome.rows, "created": outcome.created, "updated": outcome.updated,
            "unchanged": outcome.unchanged, "rejected": outcome.rejected,
        }  # fmt: skip
        rejects = outcome.rejects
        again = {one.line for one in rejects[: drafting.REJECTS_KEPT]}
        found["mended"] = sum(1 for row in mended if row.line not in again)
    except Exception as broken:
        found = {"state": "failed", "said": failure_of(broken, workspace_id, batch.member_id)}
    found |= {"of": of, "at": at.isoformat(), "seconds": round(time.monotonic() - began, 1)}
    _settle(workspace_id, batch_id, found, rejects)


def _try(batch: Batch, at: datetime, mended: list[Reject], found: dict[str, Any]) -> Outcome:
    with tenancy.enter(batch.workspace_id):
        actor = member_of(batch)
    with rows_of(batch) as rows:
        return try_out(
            actor=actor, at=at, source=Source(batch.file_name, batch.size, batch.sha256), reading=batch.reading,
            mapping=Mapping.from_dict(batch.mapping), rows=rows, mended=mended,
            look=lambda of: found.update(records=records_of(of), changes=_changes(of)),
        )  # fmt: skip


def _changes(batch: Batch) -> list[dict[str, Any]]:
    """The first changes to people, companies and leads, value by value."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select e.subject, coalesce(l.title_key, c.name, nullif(trim(p.last_name || ' ' || p.first_name), ''), ''), k.field,
                   case when v.id is null then e.before -> k.field else v.before end,
                   case when v.id is null then e.after -> k.field else v.after end
              from journal_entry e cross join lateral jsonb_object_keys(e.after) k(field)
              left join journal_personal_value v on v.workspace_id = e.workspace_id and v.entry_id = e.id and v.field = k.field
              left join lead l on e.subject = 'lead' and l.workspace_id = e.workspace_id and l.id = e.subject_id
              left join company c on e.subject = 'company' and c.workspace_id = e.workspace_id and c.id = e.subject_id
              left join contact p on e.subject = 'contact' and p.workspace_id = e.workspace_id and p.id = e.subject_id
             where e.workspace_id = %s and e.batch_id = %s and e.subject in ('lead', 'company', 'contact')
               and (e.action = 'changed' and k.field !~ '_(key|id)$' or e.action in ('filled', 'tagged'))
             order by e.id limit %s
            """,
            [batch.workspace_id, batch.pk, drafting.SHOWN_CHANGES],
        )
        names = ("record", "name", "field", "before", "after")
        return [dict(zip(names, _plain(row), strict=True)) for row in cursor.fetchall()]


def _plain(row: tuple[Any, ...]) -> Iterator[Any]:
    import json

    for place, value in enumerate(row):
        yield json.loads(value) if place > 2 and isinstance(value, str) else value


def _settle(workspace_id: UUID, batch_id: UUID, found: dict[str, Any], rejects: list[Rejected]) -> None:
    """Store the result, unless the draft says something else by now: then the newer trial tells."""
    with tenancy.enter(workspace_id), transaction.atomic():
        batch = (
            Batch.objects.select_for_update(of=("self",))
            .filter(workspace_id=workspace_id, pk=batch_id)
            .first()
        )
        if batch is None or batch.state != "draft" or batch.trial.get("of") != found["of"]:
            return
        batch.trial = found
        batch.save(update_fields=["trial"])
        if found["state"] == "done":
            _keep_rejects(batch, rejects)
        announce(workspace_id, "import", batch_id)


def _keep_rejects(batch: Batch, rejects: list[Rejected]) -> None:
    kept = Reject.objects.filter(workspace_id=batch.workspace_id, batch=batch)
    lines = [one.line for one in rejects[: drafting.REJECTS_KEPT]]
    kept.filter(mended_at__isnull=True).delete()
    kept.filter(line__in=lines).delete()
    Reject.objects.bulk_create(
        [
            Reject(
                workspace_id=batch.workspace_id, batch=batch, line=one.line, column=one.column[:200], code=one.code,
                params=one.params, values=list(one.values),
            )
            for one in rejects[: drafting.REJECTS_KEPT]
        ],
        batch_size=1000,
    )  # fmt: skip

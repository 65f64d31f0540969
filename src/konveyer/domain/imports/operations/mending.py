"""A row that does not go in is mended where it stands, before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from konveyer.domain.imports.models import Batch, Reject
from konveyer.domain.imports.operations.drafts import draft
from konveyer.domain.imports.queries.targets import targets_of
from konveyer.domain.imports.rules.cells import Habits
from konveyer.domain.imports.rules.interpreting import Interpreter
from konveyer.domain.imports.rules.mapping import Mapping
from konveyer.domain.imports.rules.problem import Problem
from konveyer.domain.imports.rules.reasons import text_of
from konveyer.domain.people.rules.region import region_of
from konveyer.domain.workspace.models import Workspace
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.kit.refusal import Invalid, NotFound

LONGEST = 20_000  # characters of a cell, as of a note


@transaction.atomic
def mend(*, actor: Actor, at: datetime, batch_id: UUID, line: int, values: Sequence[str]) -> Reject:
    """The row of this line reads so from now on. Raises Invalid, with the reason, when it still cannot go in.

    Whether it meets anything in the base is found out when it is tried again or written.
    """
    batch = draft(actor, batch_id)
    row = reject_of(batch, line)
    cells = tuple(cell[:LONGEST].replace("\0", "") for cell in values)
    if len(cells) != len(batch.reading["columns"]):
        raise Invalid(
            "mend_columns", _("A row has as many cells as the file has columns."), fields={"values": "count"}
        )
    try:
        _interpreter(batch).read(line, cells)
    except Problem as problem:
        raise Invalid(
            problem.code,
            text_of(problem.code, problem.params, problem.column),
            fields={"values": problem.code},
        ) from problem
    row.values, row.mended_at = list(cells), at
    row.save(update_fields=["values", "mended_at"])
    return row


def reject_of(batch: Batch, line: int) -> Reject:
    """The rejected row of this line. Raises NotFound."""
    row = Reject.objects.filter(workspace_id=batch.workspace_id, batch=batch, line=line).first()
    if row is None:
        raise NotFound("reject_not_found", _("This row is no longer among those that do not go in."))
    return row


def _interpreter(batch: Batch) -> Interpreter:
    workspace, mapping = Workspace.objects.get(pk=batch.workspace_id), Mapping.from_dict(batch.mapping)
    options = mapping.options
    habits = Habits(
        ZoneInfo(options.get("timezone") or workspace.timezone),
        options.get("date_order") or batch.reading.get("date_order") or "dmy",
        bool(batch.reading.get("decimal_comma")), options.get("country") or region_of(workspace.currency),
    )  # fmt: skip
    return Interpreter(mapping, batch.reading["columns"], habits, targets_of(workspace.pk))

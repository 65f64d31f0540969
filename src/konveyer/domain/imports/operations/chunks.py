"""One chunk of rows, in one transaction: looked up, planned, written, journalled, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.db import DatabaseError, DataError, IntegrityError, OperationalError, connection, transaction

from konveyer.domain.imports.models import Batch, Reject
from konveyer.domain.imports.operations.bulk import IdSource, Pen
from konveyer.domain.imports.operations.moved import Moved
from konveyer.domain.imports.operations.writing import write
from konveyer.domain.imports.queries.known import Loader
from konveyer.domain.imports.rules.drafts import Setting
from konveyer.domain.imports.rules.lines import Line, Rejected
from konveyer.domain.imports.rules.planning import REJECTED, Planner
from konveyer.domain.imports.rules.problem import Problem
from konveyer.domain.imports.rules.progress import Progress
from konveyer.kit import tenancy

AGAIN = 6  # tries after a deadlock, a lock that took too long, or a record that somebody changed meanwhile


@dataclass
class Chunk:
    """Rows of the file one after the other; `cells` are kept for those that may be rejected yet."""

    first: int
    last: int
    lines: list[Line] = field(default_factory=list)
    cells: dict[int, tuple[str, ...]] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)

    @property
    def size(self) -> int:
        """How many records of the file."""
        return len(self.lines) + len(self.rejected)


@dataclass(frozen=True)
class Run:
    """What holds for every chunk of a batch."""

    workspace_id: UUID
    batch_id: UUID
    member_id: UUID | None
    at: datetime
    setting: Setting


def bring_in(run: Run, chunk: Chunk) -> Counter[str]:
    """Write the chunk and commit its progress with it; how many rows were created, updated, unchanged, rejected."""
    for attempt in range(AGAIN):
        try:
            with tenancy.enter(run.workspace_id), transaction.atomic():
                counts = _plan_and_write(run, chunk)
                _count(run, chunk, counts)
                return counts
        except Moved:
            continue
        except (IntegrityError, DataError) as error:
            if attempt >= 1:  # once more first: another run may have written the same key in the meantime
                return _in_halves(run, chunk, error)
        except OperationalError:
            if attempt == AGAIN - 1:
                raise
    raise Moved


def _plan_and_write(run: Run, chunk: Chunk) -> Counter[str]:
    known = Loader(run.workspace_id, run.setting.main).load(chunk.lines)
    known.ways[run.setting.way.version_id] = run.setting.way
    planner = Planner(known, replace(run.setting, new_id=IdSource()))
    counts: Counter[str] = Counter()
    rejects = list(chunk.rejected)
    for row in chunk.lines:
        try:
            counts[planner.row(row)] += 1
        except Problem as problem:
            cells = chunk.cells.get(row.line, ())
            rejects.append(Rejected(row.line, problem.column, problem.code, dict(problem.params), cells))
    counts[REJECTED] = len(rejects)
    pen = Pen(run.workspace_id, run.batch_id, run.member_id, run.at)
    write(planner.plan, pen)
    _store_rejects(pen, rejects)
    with connection.cursor() as cursor:
        # Now, while nobody waits: the checks are a third of the work, and the commit holds the batch's row.
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")
    return counts


def _store_rejects(pen: Pen, rejects: Sequence[Rejected]) -> None:
    Reject.objects.filter(
        workspace_id=pen.workspace_id, batch_id=pen.batch_id, line__in=[reject.line for reject in rejects]
    ).delete()
    pen.insert(
        Reject,
        [
            (
                pen.ids(),
                {
                    "batch_id": pen.batch_id, "line": reject.line, "column": reject.column[:200], "code": reject.code,
                    "params": reject.params, "values": list(reject.values), "mended_at": None,
                },
            )
            for reject in rejects
        ],
    )  # fmt: skip


def _count(run: Run, chunk: Chunk, counts: Counter[str]) -> None:
    batch = Batch.objects.select_for_update().get(workspace_id=run.workspace_id, pk=run.batch_id)
    progress = Progress(batch.next_line, [(first, last) for first, last in batch.ahead]).done(
        chunk.first, chunk.last
    )
    batch.next_line, batch.ahead = progress.next_line, [list(span) for span in progress.ahead]
    batch.rows += chunk.size
    batch.created += counts["created"]
    batch.updated += counts["updated"]
    batch.unchanged += counts["unchanged"]
    batch.rejected += counts["rejected"]
    batch.save(update_fields=["next_line", "ahead", "rows", "created", "updated", "unchanged", "rejected"])


def _in_halves(run: Run, chunk: Chunk, error: DatabaseError) -> Counter[str]:
    """The base refused a row that the rules let through: find it, reject it, bring in the others."""
    if len(chunk.lines) <= 1:
        why = str(error).split("\n")[0][:300]
        only = chunk.lines[0] if chunk.lines else None
        if only is None:
            raise error
        refused = Rejected(only.line, "", "refused_by_base", {"why": why}, chunk.cells.get(only.line, ()))
        return bring_in(run, Chunk(chunk.first, chunk.last, [], {}, [*chunk.rejected, refused]))
    half = len(chunk.lines) // 2
    border = chunk.lines[half].line
    earlier = Chunk(
        chunk.first,
        border - 1,
        chunk.lines[:half],
        chunk.cells,
        [one for one in chunk.rejected if one.line < border],
    )
    later = Chunk(
        border,
        chunk.last,
        chunk.lines[half:],
        chunk.cells,
        [one for one in chunk.rejected if one.line >= border],
    )
    return bring_in(run, earlier) + bring_in(run, later)

"""Running a batch: the file is read and interpreted here, chunks are written beside it.

Outside a transaction every chunk commits by itself with its progress, two at a time where rows cannot touch each
other's records; a run that was killed is gone on with. Inside a transaction everything is part of that one.
"""

from __future__ import annotations

import contextlib
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from threading import Barrier, BrokenBarrierError
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.utils import translation

from konveyer.domain.imports.models import Batch, Reject
from konveyer.domain.imports.operations.batches import Source, alone, finish, start, stop
from konveyer.domain.imports.operations.chunks import Chunk, Run, bring_in
from konveyer.domain.imports.operations.settings import setting_of
from konveyer.domain.imports.ports import Rows, SourceRow
from konveyer.domain.imports.queries.targets import targets_of
from konveyer.domain.imports.rules.cells import Habits
from konveyer.domain.imports.rules.interpreting import Interpreter
from konveyer.domain.imports.rules.lines import Line, Rejected
from konveyer.domain.imports.rules.mapping import Mapping
from konveyer.domain.imports.rules.problem import Problem
from konveyer.domain.imports.rules.progress import Progress
from konveyer.domain.imports.rules.repeats import Repeats
from konveyer.domain.people.rules.region import region_of
from konveyer.domain.workspace.models import Workspace
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.kit import tenancy

CHUNK = 20_000
ANALYZE_AFTER = (1, 4, 16)  # chunks after which the statistics are made anew
Say = Callable[[int], None]


@dataclass
class Outcome:
    """What a run did, in rows; `rejects` only of a trial, which leaves no batch to look them up in."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    batch: Batch | None = None
    rejects: list[Rejected] = field(default_factory=list)


def run(*, actor: Actor, at: datetime, batch: Batch, rows: Rows, say: Say | None = None) -> Outcome:
    """Bring in every row of the batch that is not in yet; `say` hears how many rows are done.

    Raises Refused when the batch runs already or has no conveyor to go to. What is committed stays.
    """
    with alone(batch.pk):
        reader = _Reader(actor, at, batch, rows)
        try:
            if connection.in_atomic_block:
                for chunk in reader.chunks():
                    bring_in(reader.run, chunk)
            else:
                _pipeline(reader, say or (lambda _done: None))
        except BaseException as broken:
            if not connection.in_atomic_block:
                stop(actor, batch.pk, type(broken).__name__ + ": " + str(broken).split("\n")[0])
            raise
        done = finish(actor, batch.pk, at)
    return Outcome(done.rows, done.created, done.updated, done.unchanged, done.rejected, done)


class _TakenBack(Exception):
    """Ends a trial: its transaction is rolled back."""


def try_out(
    *,
    actor: Actor,
    at: datetime,
    source: Source,
    reading: dict[str, Any],
    mapping: Mapping,
    rows: Rows,
    mended: Sequence[Reject] = (),
    look: Callable[[Batch], object] | None = None,
) -> Outcome:
    """What `run` would do, exactly: it is done in one transaction, counted, and taken back. Nothing is written.

    Lines in `mended` are read as they stand there; `look` may look around before everything is taken back.
    """
    outcome = Outcome()
    try:
        with tenancy.enter(actor.workspace_id), transaction.atomic():
            batch = start(actor=actor, at=at, source=source, reading=reading, mapping=mapping)
            Reject.objects.bulk_create(
                [
                    Reject(
                        workspace_id=actor.workspace_id, batch=batch, line=one.line, code=one.code, values=one.values,
                        mended_at=one.mended_at,
                    )
                    for one in mended
                ]
            )  # fmt: skip
            outcome = run(actor=actor, at=at, batch=batch, rows=rows)
            if look:
                look(batch)
            outcome.rejects = [
                Rejected(one.line, one.column, one.code, one.params, tuple(one.values))
                for one in Reject.objects.filter(
                    workspace_id=actor.workspace_id, batch=batch, mended_at__isnull=True
                )
                .order_by("line")
                .iterator()
            ]
            raise _TakenBack
    except _TakenBack:
        outcome.batch = None
        return outcome


class _Reader:
    """Rows of the file → chunks of interpreted lines, from where the batch stands."""

    def __init__(self, actor: Actor, at: datetime, batch: Batch, rows: Rows) -> None:
        self._rows = rows
        self._mapping = Mapping.from_dict(batch.mapping)
        with tenancy.enter(actor.workspace_id):
            workspace = Workspace.objects.get(pk=actor.workspace_id)
            setting = setting_of(workspace, self._mapping, at, batch.file_name)
            targets = targets_of(workspace.pk)
            self._mended = {
                one.line: tuple(one.values)
                for one in Reject.objects.filter(
                    workspace_id=workspace.pk, batch=batch, mended_at__isnull=False
                )
            }
        self.run = Run(actor.workspace_id, batch.pk, actor.member_id, at, setting)
        options = self._mapping.options
        habits = Habits(
            ZoneInfo(options.get("timezone") or workspace.timezone),
            options.get("date_order") or batch.reading.get("date_order") or "dmy",
            bool(batch.reading.get("decimal_comma")), options.get("country") or region_of(workspace.currency),
        )  # fmt: skip
        self._language = workspace.language
        self._columns: Sequence[str] = batch.reading["columns"]
        self._interpreter = Interpreter(self._mapping, self._columns, habits, targets)
        self._repeats = Repeats()
        self._progress = Progress(batch.next_line, [(first, last) for first, last in batch.ahead])
        self.narrow = self._interpreter.narrow

    def chunks(self) -> Iterator[Chunk]:
        """Chunks in the order of the file, without what is done already."""
        source = self._rows(0)
        first = self._progress.next_line
        with translation.override(self._language):
            while records := list(islice(source, CHUNK)):
                chunk = Chunk(first, records[-1].line)
                for record in records:
                    self._take(record, chunk)
                if chunk.size:
                    yield chunk
                first = max(first, chunk.last + 1)

    def _take(self, record: SourceRow, chunk: Chunk) -> None:
        values = self._mended.get(record.line, record.values)
        damage = record.damage if record.line not in self._mended else None
        if damage:
            if not self._progress.holds(record.line):
                params: dict[str, object] = {"found": len(values), "expected": len(self._columns)}
                chunk.rejected.append(Rejected(record.line, "", damage, params, values))
            return
        try:
            line = self._interpreter.read(record.line, values)
        except Problem as problem:
            if not self._progress.holds(record.line):
                chunk.rejected.append(
                    Rejected(record.line, problem.column, problem.code, dict(problem.params), values)
                )
            return
        if name := identity(line, self._interpreter.main):
            line.repeats = self._repeats.first(name, record.line)
        if not self._progress.holds(record.line):
            chunk.lines.append(line)
            chunk.cells[record.line] = values


def identity(line: Line, main: str) -> str:
    """By what two rows of a list are recognised as one record's: the code, for people also address and phone."""
    if main != "contact":
        return line.id or line.key
    cells = line.contact or line.company
    if cells is None:
        return ""
    if cells.id:
        return cells.id
    if cells.external_key:
        return cells.external_key
    point = next(iter(cells.points), None)
    return f"{point.kind} {point.value} {cells.name_key}" if point else ""


def _pipeline(reader: _Reader, say: Say) -> None:
    """Interpret the next chunk while PostgreSQL works on the former ones."""
    at_once = 2 if reader.narrow else 1
    waiting: deque[tuple[Chunk, Future[Counter[str]]]] = deque()
    finished = chunks = 0

    def settle(most: int) -> None:
        nonlocal finished, chunks
        while len(waiting) > most:
            chunk, future = waiting.popleft()
            future.result()
            finished, chunks = finished + chunk.size, chunks + 1
            if chunks in ANALYZE_AFTER:
                _analyze(reader.run)
            say(finished)

    with ThreadPoolExecutor(at_once, thread_name_prefix="import") as pool:
        try:
            for chunk in reader.chunks():
                oldest = waiting[0][0].first if waiting else chunk.first
                # the first chunk brings most of the sources and pages; a repeated record waits for its first row
                alone_first = chunks == 0 or any(
                    oldest <= line.repeats for line in chunk.lines if line.repeats
                )
                settle(0 if alone_first else at_once)
                waiting.append((chunk, pool.submit(bring_in, reader.run, chunk)))
            settle(0)
        except BaseException:
            for _chunk, future in waiting:
                future.cancel()
            raise
        finally:
            together = Barrier(at_once)
            for _worker in range(at_once):
                pool.submit(_close, together)


def _close(together: Barrier) -> None:
    """Each thread has a connection of its own; they meet here, so that each closes its own."""
    with contextlib.suppress(BrokenBarrierError):
        together.wait(timeout=5)
    connection.close()


def _analyze(run: Run) -> None:
    with tenancy.enter(run.workspace_id), connection.cursor() as cursor:
        cursor.execute("select analyze_imported()")

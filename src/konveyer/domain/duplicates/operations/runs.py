"""Scans and bulk merges as they are asked for; the worker does them, a command does them at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from konveyer.domain.duplicates.models import KINDS, Merge, Pair, Run
from konveyer.domain.duplicates.operations.merging import Group, merge_many
from konveyer.domain.duplicates.operations.scanning import look_through
from konveyer.domain.duplicates.queries.fullness import fullest
from konveyer.domain.duplicates.rules.merging import groups
from konveyer.domain.workspace import queries
from konveyer.domain.workspace.rules.actor import Actor, for_workspace
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import tenancy
from konveyer.kit.enqueue import enqueue
from konveyer.kit.live import announce
from konveyer.kit.refusal import Invalid, Refused

JOB = "duplicates.run"
AT_ONCE = 500  # records that go in one transaction
STALE = timedelta(hours=6)  # a run whose worker is gone; another may begin


def ask_scan(*, actor: Actor, at: datetime, whole: bool = False, later: bool = True) -> Run:
    """Have the base looked through. Raises Forbidden, Refused while another run goes on."""
    return _ask(actor, at, later, work="scan", whole=whole)


def ask_merge(*, actor: Actor, at: datetime, over: int, kind: str = "", later: bool = True) -> Run:
    """Have everything merged whose score is at least `over`. Raises Forbidden, Invalid, Refused while a run goes on."""
    actor.require(Right.BASE_EDIT)
    if not 50 <= over <= 100:
        raise Invalid("merge_over", _("Give a score from 50 to 100."), fields={"over": "range"})
    if kind not in ("", *KINDS):
        raise Invalid(
            "merge", _("Say what is to be merged: companies or people."), fields={"kind": "unknown"}
        )
    return _ask(actor, at, later, work="merge", over=over, kind=kind)


def _ask(actor: Actor, at: datetime, later: bool, **what: object) -> Run:
    actor.require(Right.BASE_IMPORT)
    standing = Run.objects.filter(workspace_id=actor.workspace_id, state__in=["asked", "running"])
    standing.filter(asked_at__lt=at - STALE).update(
        state="failed", started_at=at, ended_at=at, failure="stale"
    )
    if _free(actor.workspace_id):  # who was at work was killed
        standing.filter(state="running").update(state="failed", ended_at=at, failure="broken off")
    try:
        with transaction.atomic():
            run = Run.objects.create(
                workspace_id=actor.workspace_id, member_id=actor.member_id, asked_at=at, **what
            )
    except IntegrityError as broken:
        raise Refused("duplicates_busy", _("A scan or a merge is going on. Wait until it ends.")) from broken
    if later:
        enqueue(JOB, workspace_id=actor.workspace_id, run_id=run.pk)
    return run


def _lock_of(workspace_id: UUID) -> str:
    return f"duplicates {workspace_id}"


def _free(workspace_id: UUID) -> bool:
    """Whether nobody is at work; the lock dies with the connection of whoever is."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [_lock_of(workspace_id)])
        row = cursor.fetchone()
    return bool(row and row[0])


@contextmanager
def _at_work(workspace_id: UUID) -> Iterator[None]:
    """Held over the transactions of a run."""
    with tenancy.enter(workspace_id), connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(hashtextextended(%s, 0))", [_lock_of(workspace_id)])
    try:
        yield
    finally:
        if connection.connection is not None and not connection.needs_rollback:
            with tenancy.enter(workspace_id), connection.cursor() as cursor:
                cursor.execute("select pg_advisory_unlock(hashtextextended(%s, 0))", [_lock_of(workspace_id)])


def work_on(
    *, workspace_id: UUID, at: datetime, run_id: UUID, say: Callable[[str], None] | None = None
) -> Run:
    """Do what was asked for, in transactions of its own. A failure stands on the run and is raised again."""
    with tenancy.enter(workspace_id):
        run = Run.objects.select_for_update(of=("self",)).get(workspace_id=workspace_id, pk=run_id)
        if run.state in ("done", "failed"):
            return run
        run.state, run.started_at = "running", run.started_at or at
        run.save(update_fields=["state", "started_at"])
        actor = _asker(run)
    try:
        with _at_work(workspace_id):
            if run.work == "scan":
                _scan(run, at)
            else:
                _merge_all(run, actor, at, say)
    except Exception as broken:
        _end(run, at, "failed", str(broken)[:500])
        raise
    _end(run, at, "done", "")
    return run


def _asker(run: Run) -> Actor:
    if run.member_id is None:
        return for_workspace(run.workspace_id, "command")
    return queries.actor_of(run.member_id, run.workspace_id)


def _scan(run: Run, at: datetime) -> None:
    with tenancy.enter(run.workspace_id):
        run.records = run.pairs = run.wide = 0
        look_through(run, at=at)


def _merge_all(run: Run, actor: Actor, at: datetime, say: Callable[[str], None] | None) -> None:
    """Group by group, the surest pairs first; what a former try of this run merged stands already."""
    for kind in [run.kind] if run.kind else KINDS:
        with tenancy.enter(run.workspace_id):
            pairs = Pair.objects.filter(
                workspace_id=run.workspace_id, kind=kind, state="open", score__gte=run.over
            )
            rows = list(pairs.order_by("-score", "id").values_list("one_id", "other_id", "score"))
        found = groups([(one, other) for one, other, _score in rows])
        scores = _least(rows, found)
        for at_once in _portions(found):
            _merge_some(run, actor, at, kind, at_once, scores)
            with tenancy.enter(run.workspace_id):
                run.records = Merge.objects.filter(workspace_id=run.workspace_id, run=run).count()
                Run.objects.filter(workspace_id=run.workspace_id, pk=run.pk).update(records=run.records)
                announce(run.workspace_id, "duplicates", run.pk)
            if say:
                say(_("{count} records merged").format(count=run.records))


def _merge_some(
    run: Run, actor: Actor, at: datetime, kind: str, found: list[list[UUID]], scores: dict[UUID, int]
) -> None:
    """One portion; where one group stands in the way, group by group, and that one is left."""
    with tenancy.enter(run.workspace_id):
        order = fullest(kind, run.workspace_id, [one for group in found for one in group])
        wanted = []
        for group in found:
            kept, *gone = sorted(group, key=lambda one: order.get(one, (0, one)))
            wanted.append(Group(kept, tuple(gone), score=scores[group[0]]))
    try:
        with tenancy.enter(run.workspace_id):
            merge_many(actor=actor, at=at, kind=kind, groups=wanted, run_id=run.pk)
    except Refused:
        for one in wanted:
            try:
                with tenancy.enter(run.workspace_id):
                    merge_many(actor=actor, at=at, kind=kind, groups=[one], run_id=run.pk)
            except Refused:
                run.pairs += 1


def _least(rows: list[tuple[UUID, UUID, int]], found: list[list[UUID]]) -> dict[UUID, int]:
    """The least score by which a group hangs together, under its first record."""
    group_of = {one: group[0] for group in found for one in group}
    least: dict[UUID, int] = {}
    for one, _other, points in rows:
        least[group_of[one]] = min(points, least.get(group_of[one], 100))
    return least


def _portions(found: list[list[UUID]]) -> list[list[list[UUID]]]:
    portions: list[list[list[UUID]]] = [[]]
    size = 0
    for group in found:
        if size and size + len(group) > AT_ONCE:
            portions.append([])
            size = 0
        portions[-1].append(group)
        size += len(group)
    return [one for one in portions if one]


def _end(run: Run, at: datetime, state: str, failure: str) -> None:
    with tenancy.enter(run.workspace_id):
        run.state, run.ended_at, run.failure = state, max(at, run.started_at or at), failure
        run.save()
        announce(run.workspace_id, "duplicates", run.pk)

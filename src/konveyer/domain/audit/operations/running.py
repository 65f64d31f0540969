"""Going through all checks and keeping what they found."""

from datetime import datetime

from django.db import transaction

from konveyer.domain.audit.models import Finding, Run
from konveyer.domain.audit.queries.benchmarks import bounds_of_all
from konveyer.domain.audit.queries.check import Check, Measured, Moment, moment_of
from konveyer.domain.audit.queries.checks import checks
from konveyer.domain.audit.queries.reading import require_reader
from konveyer.domain.audit.rules.verdict import Bounds, judge
from konveyer.domain.journal.operations import record
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.enqueue import enqueue
from konveyer.kit.live import announce

JOB = "audit.run"


@transaction.atomic
def ask_for_run(*, actor: Actor, at: datetime) -> bool:
    """Have the worker go through the checks; False when a run waits already. Raises Forbidden."""
    require_reader(actor)
    actor.require(Right.LEADS_ASSIGN)
    run, new = Run.objects.get_or_create(
        workspace_id=actor.workspace_id, done_at=None, defaults={"asked_at": at, "asked_by_id": actor.member_id}
    )  # fmt: skip
    if new:
        record(actor=actor, at=at, subject="audit_run", subject_id=run.pk, action="audit_asked")
    enqueue(JOB, workspace_id=actor.workspace_id)  # again too: a former job may have died
    return new


@transaction.atomic
def run_audit(*, actor: Actor, at: datetime) -> Run:
    """Ask every check and keep the findings as one run: the one that waits, else a new one. Raises Forbidden."""
    require_reader(actor)
    run = Run.objects.select_for_update().filter(workspace_id=actor.workspace_id, done_at=None).first()
    if run is None:
        run = Run.objects.create(workspace_id=actor.workspace_id, asked_at=at, asked_by_id=actor.member_id)
    moment = moment_of(actor.workspace_id, at)
    bounds = bounds_of_all(actor.workspace_id)
    Finding.objects.bulk_create(
        _finding(run, check, moment, bounds[check.code]) for check in checks().values()
    )
    run.done_at = at
    run.save(update_fields=["done_at"])
    announce(actor.workspace_id, "audit", run.pk)
    return run


def _finding(run: Run, check: Check, moment: Moment, bounds: Bounds) -> Finding:
    found: Measured = check.ask(moment)
    verdict = judge(found.value, found.sample, check.least, bounds, empty=bool(found.empty))
    figures = {**found.figures, "empty": found.empty} if found.empty else found.figures
    return Finding(
        workspace_id=run.workspace_id, run=run, code=check.code, rule=check.rule, verdict=verdict, measured=found.value,
        good=bounds.good, weak=bounds.weak, sample=found.sample, figures=figures,
    )  # fmt: skip

"""Findings of the last run with their history, told in a reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from konveyer.domain.audit.models import Finding, Run
from konveyer.domain.audit.queries.check import TABLES, Check
from konveyer.domain.audit.queries.checks import checks
from konveyer.domain.audit.rules import telling
from konveyer.domain.audit.rules.verdict import WORST_FIRST, Verdict
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import Forbidden, NotFound

REMEMBERED = 30  # runs in the history of a check


@dataclass(frozen=True)
class Told:
    """A finding in words. `history`: what was measured in the last runs, the oldest first, None where nothing was."""

    check: Check
    verdict: Verdict
    measured: Decimal | None
    good: Decimal
    weak: Decimal
    sample: int
    evidence: str
    measured_text: str
    good_text: str
    weak_text: str
    history: list[Decimal | None] = field(default_factory=list)


def require_reader(actor: Actor) -> None:
    """The audit is of the whole firm. Raises Forbidden without the right, or for who does not see everybody's records."""
    actor.require(Right.AUDIT_READ)
    if actor.seen_members is not None:
        raise Forbidden(
            "audit_of_all",
            _("The audit looks at the whole firm: it is for those who see everybody's records."),
        )


def one_check(code: str) -> Check:
    """The check of that code. Raises NotFound."""
    found = checks().get(code)
    if found is None:
        raise NotFound("check_not_found", _("There is no such check."))
    return found


@dataclass(frozen=True)
class Latest:
    """The last run that was done, and whether another waits."""

    done_at: datetime | None
    waits: bool
    findings: list[Told]


def latest(actor: Actor, language: str, currency: str) -> Latest:
    """The worst first, inside a verdict in the order of the rules. Three queries. Raises Forbidden."""
    require_reader(actor)
    runs = list(_runs(actor.workspace_id)[:REMEMBERED])
    waits = Run.objects.filter(workspace_id=actor.workspace_id, done_at=None).exists()
    if not runs:
        return Latest(None, waits, [])
    rows = Finding.objects.filter(workspace_id=actor.workspace_id, run__in=[run.pk for run in runs])
    told = _told(rows, [run.pk for run in runs], language, currency)
    places = list(checks())
    told.sort(key=lambda one: (WORST_FIRST.index(one.verdict), places.index(one.check.code)))
    return Latest(runs[0].done_at, waits, told)


def one(actor: Actor, code: str, language: str, currency: str) -> tuple[Check, Told | None]:
    """One check and what the last run found, if any. Raises Forbidden, NotFound."""
    require_reader(actor)
    check = one_check(code)
    runs = [run.pk for run in _runs(actor.workspace_id)[:REMEMBERED]]
    rows = Finding.objects.filter(workspace_id=actor.workspace_id, run__in=runs, code=code)
    told = _told(rows, runs, language, currency) if runs else []
    return check, told[0] if told else None


def _runs(workspace_id: UUID) -> Any:
    return Run.objects.filter(workspace_id=workspace_id, done_at__isnull=False).order_by("-done_at", "-pk")


def _told(rows: Iterable[Finding], runs: list[UUID], language: str, currency: str) -> list[Told]:
    """Findings of the newest of these runs (newest first), each with what the others measured."""
    by_code: dict[str, dict[UUID, Finding]] = {}
    for row in rows:
        by_code.setdefault(row.code, {})[row.run_id] = row
    return [
        _one(checks()[code], found[runs[0]], [found[run].measured if run in found else None for run in reversed(runs)], language, currency)
        for code, found in by_code.items()
        if runs[0] in found and code in checks()
    ]  # fmt: skip


def _one(check: Check, row: Finding, history: list[Decimal | None], language: str, currency: str) -> Told:
    def text(value: Decimal | None) -> str:
        return telling.measured(value, check.unit, language)

    verdict = Verdict(row.verdict)
    evidence = evidence_of(check, verdict, row.sample, row.figures, language, currency)
    return Told(
        check, verdict, row.measured, row.good, row.weak, row.sample, evidence, text(row.measured), text(row.good),
        text(row.weak), history,
    )  # fmt: skip


def evidence_of(
    check: Check, verdict: Verdict, sample: int, figures: dict[str, Any], language: str, currency: str
) -> str:
    """The sentence about a finding; while there is not enough to judge, what is lacking."""
    if verdict == Verdict.NO_DATA:
        return str(TABLES[figures["empty"]])
    if verdict == Verdict.NOT_ENOUGH_DATA:
        return _("Too few to judge: %(sample)s of at least %(least)s (%(of)s).") % {
            "sample": sample, "least": check.least, "of": check.of,
        }  # fmt: skip
    return telling.sentence(str(check.evidence), figures, language, currency)


def as_data(told: Told) -> dict[str, Any]:
    """As the API and --json give it."""
    check = told.check
    return {
        "rule": check.rule, "code": check.code, "title": str(check.title), "verdict": told.verdict.value,
        "measured": None if told.measured is None else float(told.measured), "benchmark": float(told.good),
        "weak_until": float(told.weak), "better": check.bounds.better.value, "unit": check.unit.value,
        "source": str(check.source), "sample": told.sample, "least_sample": check.least, "evidence": told.evidence,
        "action": str(check.action),
    }  # fmt: skip

"""The audit: findings of the last run, the records behind one, a run on demand, benchmarks."""

import datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import get_language
from ninja import Router, Schema
from pydantic import Field

from konveyer.api.auth import ApiRequest
from konveyer.api.shapes import Given
from konveyer.domain.audit import operations
from konveyer.domain.audit.queries import reading
from konveyer.domain.audit.queries.behind import behind
from konveyer.domain.workspace.models import Workspace
from konveyer.kit import clock

router = Router(tags=["figures"])
Bound = Annotated[Decimal, Field(ge=0, le=1_000_000, max_digits=13, decimal_places=6)]


class FindingOut(Schema):
    """`benchmark` is the bound of good, `weak_until` of weak; shares are fractions. Verdicts: bad, weak, good, not_enough_data, no_data."""

    rule: str
    code: str
    title: str
    verdict: str
    measured: float | None
    benchmark: float
    weak_until: float
    better: str
    unit: str
    source: str
    sample: int
    least_sample: int
    evidence: str
    action: str


class AuditOut(Schema):
    """`waits`: a run was asked for and is not done yet."""

    done_at: datetime.datetime | None
    waits: bool
    findings: list[FindingOut]


class MeantOut(Schema):
    """A record that a check means; `note` is what is with it."""

    kind: str
    id: UUID
    name: str
    note: str


class BehindOut(Schema):
    """Fifty records; pass `next` as `after`."""

    records: list[MeantOut]
    next: UUID | None


class AskedOut(Schema):
    """`new` false: a run waited already."""

    new: bool


class BenchmarkIn(Given):
    """Both bounds, or both null for the method's. `version` as read, 0 where none was set."""

    good: Bound | None
    weak: Bound | None
    version: Annotated[int, Field(ge=0, le=2_000_000_000)] = 0


class BenchmarkOut(Schema):
    """What holds from the next run on; `version` 0: the method's."""

    version: int


@router.get("/audit", response=AuditOut, summary="What the last audit found")
def get_audit(request: ApiRequest) -> dict[str, Any]:
    """The worst first. For who sees everybody's records."""
    firm = Workspace.objects.only("currency").get(pk=request.actor.workspace_id)
    found = reading.latest(request.actor, (get_language() or "en")[:2], firm.currency)
    return {
        "done_at": found.done_at, "waits": found.waits, "findings": [reading.as_data(one) for one in found.findings],
    }  # fmt: skip


@router.post("/audit/runs", response=AskedOut, summary="Have the audit gone through now")
def post_run(request: ApiRequest) -> dict[str, bool]:
    """The worker does it."""
    return {"new": operations.ask_for_run(actor=request.actor, at=clock.now())}


@router.get("/audit/{code}/records", response=BehindOut, summary="The records behind a finding")
def get_records(request: ApiRequest, code: str, after: UUID | None = None) -> dict[str, Any]:
    """As they stand now, fifty at a time."""
    reading.require_reader(request.actor)
    page = behind(request.actor, reading.one_check(code), clock.now(), after)
    return {
        "records": [{"kind": one.kind, "id": one.record_id, "name": one.name, "note": one.note} for one in page.rows],
        "next": page.next,
    }  # fmt: skip


@router.put("/audit/{code}/benchmark", response=BenchmarkOut, summary="Set a benchmark of one's own")
def put_benchmark(request: ApiRequest, code: str, body: BenchmarkIn) -> dict[str, int]:
    """Holds from the next run on. 409 when somebody set it meanwhile."""
    operations.set_benchmark(
        actor=request.actor, at=clock.now(), code=code, good=body.good, weak=body.weak, version=body.version
    )  # fmt: skip
    return {"version": 0 if body.good is None else body.version + 1}

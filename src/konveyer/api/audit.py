"""The audit: findings of the last run, the records behind one, a run on demand, benchmarks."""

import datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import get_language
from ninja import Router, Schema, Status
from pydantic import Field

from konveyer.api.auth import ApiRequest
from konveyer.api.shapes import Given
from konveyer.domain.audit import operations
from konveyer.domain.audit.operations.letters import switch_letter
from konveyer.domain.audit.queries import reading
from konveyer.domain.audit.queries.behind import behind
from konveyer.domain.audit.queries.check import moment_of
from konveyer.domain.audit.queries.letter import compose, wants
from konveyer.domain.audit.queries.results import results
from konveyer.domain.workspace.models import Workspace
from konveyer.domain.workspace.rules.rights import Right
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


class LetterOut(Schema):
    """The weekly letter as it would go now; null texts while nothing is bad or weak. `off`: the caller gets none."""

    subject: str | None
    text: str | None
    codes: list[str]
    off: bool


class LetterIn(Given):
    """`off` true: no letter any more."""

    off: bool


class ResultOut(Schema):
    """A framed member: limits (null: none) and what he did. `idle`: surely less than half of the team's rate."""

    id: UUID
    name: str
    daily_calls: int | None
    calls_per_day: float | None
    days: int
    calls: int
    warm: int
    idle: bool
    discount_percent: Decimal | None
    largest_discount: float | None
    open_leads_limit: int | None
    open_leads: int
    hours: str
    outside_hours: int
    calls_and_meetings: int


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


@router.get("/audit/letter", response=LetterOut, summary="The weekly letter as it would go now")
def get_letter(request: ApiRequest) -> dict[str, Any]:
    """For who reads the audit and gives work."""
    reading.require_reader(request.actor)
    request.actor.require(Right.LEADS_ASSIGN)
    found = compose(request.actor.workspace_id, (get_language() or "en")[:2], f"{settings.BASE_URL}/audit/")
    off = not (request.actor.member_id and wants(request.actor.workspace_id, request.actor.member_id))
    return {
        "subject": found.subject if found else None, "text": found.text if found else None,
        "codes": found.codes if found else [], "off": off,
    }  # fmt: skip


@router.put("/audit/letter", response={204: None}, summary="Have the weekly letter, or not")
def put_letter(request: ApiRequest, body: LetterIn) -> Status[None]:
    """One's own."""
    switch_letter(actor=request.actor, at=clock.now(), off=body.off)
    return Status(204, None)


@router.get("/audit/frames", response=list[ResultOut], summary="Results against frames")
def get_results(request: ApiRequest) -> list[dict[str, Any]]:
    """Of members with any frame: days of work of 30 days, rates and discounts of 90."""
    found = results(request.actor, moment_of(request.actor.workspace_id, clock.now()))
    return [
        {
            "id": one.member.pk, "name": one.member.name, "daily_calls": one.norm, "calls_per_day": one.per_day, "days": one.days,
            "calls": one.calls, "warm": one.warm, "idle": one.idle, "discount_percent": one.discount_limit,
            "largest_discount": one.discount, "open_leads_limit": one.open_limit, "open_leads": one.open_leads, "hours": one.hours,
            "outside_hours": one.outside, "calls_and_meetings": one.in_all,
        }
        for one in found
    ]  # fmt: skip

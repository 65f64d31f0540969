"""Absences: who is away, who stands in. One's own by everybody; of all by who manages members."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Router, Schema, Status

from konveyer.api.auth import ApiRequest
from konveyer.api.shapes import Day, Given, Ref, named, ref
from konveyer.domain.absence import operations
from konveyer.domain.absence.models import Absence
from konveyer.domain.absence.queries import absences as reading
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import clock
from konveyer.kit.refusal import NotFound

router = Router(tags=["members"])


class AbsenceOut(Schema):
    """An absence with what changed hands; `ends_on` null: he has left."""

    id: UUID
    member: Ref
    starts_on: Day
    ends_on: Day | None
    rule: str
    to_member: Ref | None
    state: str
    started_at: datetime | None
    ended_at: datetime | None
    leads: int
    tasks: int
    handoffs: int
    returned: int
    kept: int


class AbsenceIn(Given):
    """Who is away, the first and the last day, and who takes the work: the deputy, those who hold the role, one member."""

    member_id: UUID
    starts_on: Day
    ends_on: Day
    rule: Literal["deputy", "share", "member"] = "deputy"
    to: UUID | None = None


class BackIn(Given):
    """Whether leads with which the deputy has talked stay with the deputy."""

    keep_talked: bool = False


@router.get("/absences", response=list[AbsenceOut], summary="Absences")
def list_absences(request: ApiRequest) -> list[AbsenceOut]:
    """Those that go on or are planned first, then the latest; at most 50."""
    manages = request.actor.may(Right.MEMBERS_MANAGE)
    rows = reading.absences(
        request.actor.workspace_id, member_id=None if manages else request.actor.member_id
    )
    return _shapes(request, rows)


@router.get("/absences/{uuid:absence_id}", response=AbsenceOut, summary="One absence")
def get_absence(request: ApiRequest, absence_id: UUID) -> AbsenceOut:
    """With the counts of what changed hands, came back and stayed."""
    return _shapes(request, [_seen(request, absence_id)])[0]


@router.post("/absences", response={201: AbsenceOut}, summary="Write an absence down")
def post_absence(request: ApiRequest, body: AbsenceIn) -> Status[AbsenceOut]:
    """From its first day on the open work is with whoever stands in; one that has begun moves it at once."""
    made = operations.go_away(actor=request.actor, at=clock.now(), **body.dict())
    return Status(201, get_absence(request, made.pk))


@router.post("/absences/{uuid:absence_id}/back", response=AbsenceOut, summary="Back: the work returns")
def post_back(request: ApiRequest, absence_id: UUID, body: BackIn) -> AbsenceOut:
    """What was closed or moved on meanwhile stays; the counts say how much."""
    _seen(request, absence_id)
    operations.come_back(
        actor=request.actor, at=clock.now(), absence_id=absence_id, keep_talked=body.keep_talked
    )
    return get_absence(request, absence_id)


@router.post("/absences/{uuid:absence_id}/call-off", response=AbsenceOut, summary="Call an absence off")
def post_call_off(request: ApiRequest, absence_id: UUID) -> AbsenceOut:
    """Only before its first day."""
    _seen(request, absence_id)
    operations.call_off(actor=request.actor, at=clock.now(), absence_id=absence_id)
    return get_absence(request, absence_id)


def _seen(request: ApiRequest, absence_id: UUID) -> Absence:
    row = reading.one(request.actor.workspace_id, absence_id)
    if row.member_id != request.actor.member_id and not request.actor.may(Right.MEMBERS_MANAGE):
        raise NotFound("absence_not_found", _("There is no such absence."))
    return row


def _shapes(request: ApiRequest, rows: list[Absence]) -> list[AbsenceOut]:
    counted = reading.moved(request.actor.workspace_id, [row.pk for row in rows])
    return [
        AbsenceOut(
            id=row.pk, member=named(row.member), starts_on=row.starts_on, ends_on=row.ends_on, rule=row.rule,
            to_member=ref(row.to_member), state=row.state, started_at=row.started_at, ended_at=row.ended_at,
            **vars(counted.get(row.pk, reading.Moved())),
        )
        for row in rows
    ]  # fmt: skip

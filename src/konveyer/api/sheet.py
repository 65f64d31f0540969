"""The daily sheet: cells of one member over some days, read and written."""

import datetime
from decimal import Decimal
from typing import Annotated, Literal, cast
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import Field

from konveyer.api.auth import ApiRequest
from konveyer.api.shapes import Day, Given
from konveyer.domain.sheet import operations
from konveyer.domain.sheet.operations.writing import Cell
from konveyer.domain.sheet.queries import figures, people
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import clock
from konveyer.kit.refusal import Invalid

router = Router(tags=["figures"])
Measure = Literal["cold_calls", "talks", "warm", "warm_calls", "proposals", "meetings", "sales", "received"]
Amount = Annotated[Decimal, Field(ge=0, le=Decimal("999999999.99"), max_digits=11, decimal_places=2)]
LONGEST = 366  # days


class CellOut(Schema):
    """`value` counts: what was `entered`, else what the events say (`counted`)."""

    day: Day
    measure: str
    value: Decimal
    entered: Decimal | None
    counted: Decimal


class CellIn(Given):
    """`value` null: nothing entered. `was`: what stood entered when it was read."""

    day: Day
    measure: Measure
    value: Amount | None
    was: Amount | None = None


class SheetIn(Given):
    """Cells of one member, without `member_id` one's own: all of them are written, or none."""

    member_id: UUID | None = None
    cells: Annotated[list[CellIn], Field(min_length=1, max_length=3000)]


class WrittenOut(Schema):
    """How many cells were changed."""

    written: int


@router.get("/sheet", response=list[CellOut], summary="The daily sheet of a member")
def get_sheet(request: ApiRequest, first: Day, last: Day, member_id: UUID | None = None) -> list[CellOut]:
    """Cells that hold anything, by day; both days inside, at most 366 days. Without `member_id` one's own."""
    request.actor.require(Right.FUNNEL_READ)
    whose = people.one_seen(request.actor, member_id or _own(request)).pk
    if not datetime.timedelta(0) <= last - first < datetime.timedelta(days=LONGEST):
        raise Invalid("days", _("Ask for 1 to 366 days."), fields={"last": "range"})
    found = figures.cells(request.actor.workspace_id, [whose], first, last)
    return [
        CellOut(day=day, measure=name, value=one.value, entered=one.entered, counted=one.counted)
        for (_who, day, name), one in sorted(found.items(), key=lambda item: item[0][1:])
    ]


@router.put("/sheet", response=WrittenOut, summary="Write cells of a daily sheet")
def put_sheet(request: ApiRequest, body: SheetIn) -> WrittenOut:
    """409 where somebody wrote a cell since it was read; 422 for a day to come or less than what was counted."""
    request.actor.require(Right.FUNNEL_READ)
    wanted = [Cell(one.day, one.measure, one.value, one.was) for one in body.cells]
    whose = body.member_id or _own(request)
    return WrittenOut(
        written=operations.write_cells(actor=request.actor, at=clock.now(), member_id=whose, wanted=wanted)
    )


def _own(request: ApiRequest) -> UUID:
    return cast(UUID, request.actor.member_id)  # the API is always called by a member

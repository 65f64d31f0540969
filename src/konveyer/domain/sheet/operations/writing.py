"""Writing cells of the sheet: all of them or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from konveyer.domain.journal.operations import record
from konveyer.domain.sheet.models import DailyCount, Quota
from konveyer.domain.sheet.queries.figures import NOTHING, cells
from konveyer.domain.sheet.queries.people import may_norm, one_seen, require_write
from konveyer.domain.sheet.rules.measures import MEASURES, NORMED, WHY
from konveyer.domain.workspace.models import Member, Workspace
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.kit.refusal import Forbidden, Invalid, Stale


@dataclass(frozen=True)
class Cell:
    """A cell as somebody wants it; None: nothing entered, the events count. `was`: what he saw entered there."""

    day: date
    measure: str
    value: Decimal | None
    was: Decimal | None


@transaction.atomic
def write_sheet(
    *, actor: Actor, at: datetime, member_id: UUID, wanted: Sequence[Cell], norms: Mapping[str, int | None]
) -> int:
    """Cells and norms of a sheet, all or none; returns how many cells. Raises what `write_cells` and `set_quota` do."""
    count = write_cells(actor=actor, at=at, member_id=member_id, wanted=wanted)
    for measure, per_day in norms.items():
        set_quota(actor=actor, at=at, member_id=member_id, measure=measure, per_day=per_day)
    return count


@transaction.atomic
def write_cells(*, actor: Actor, at: datetime, member_id: UUID, wanted: Sequence[Cell]) -> int:
    """Write the cells that differ; returns how many.

    Raises Forbidden and NotFound for a sheet of others, Invalid for days to come, unknown measures and figures under
    what the events say, Stale where somebody wrote a cell since it was read; `fields` name the cells as day:measure.
    """
    require_write(actor, member_id)
    # One writer of a member's sheet at a time: a cell that is not there yet cannot be locked itself.
    Member.objects.select_for_update().get(workspace_id=actor.workspace_id, pk=member_id)
    wanted = [one for one in wanted if one.value != one.was]
    if not wanted:
        return 0
    days = [one.day for one in wanted]
    now = cells(actor.workspace_id, [member_id], min(days), max(days))
    stale: dict[str, Decimal | None] = {}
    wrong: dict[str, str] = {}
    today = today_of(actor.workspace_id, at)
    for one in wanted:
        name, figure = f"{one.day}:{one.measure}", now.get((member_id, one.day, one.measure), NOTHING)
        if one.measure not in MEASURES:
            raise Invalid("sheet_measure", _("There is no such column."), fields={name: "unknown"})
        if figure.entered not in (one.was, one.value):
            stale[name] = figure.entered
        elif one.day > today:
            wrong[name] = "future"
        elif one.value is not None and one.value < figure.counted:
            wrong[name] = "under_events"
    if wrong:
        raise Invalid("sheet_cells", _told(wrong), fields=wrong)
    if stale:
        raise Stale(
            "sheet_stale",
            _("Somebody changed these cells since you opened the sheet. Nothing of yours was written yet."),
            fields=dict.fromkeys(stale, "stale"),
            details={"now": {name: None if value is None else str(value) for name, value in stale.items()}},
        )
    _store(actor, at, member_id, wanted)
    return len(wanted)


@transaction.atomic
def set_quota(*, actor: Actor, at: datetime, member_id: UUID, measure: str, per_day: int | None) -> None:
    """What is expected of a member on each working day; None: nothing.

    Raises NotFound; Forbidden without the right to give work, for one's own norm too; Invalid, also for the norm of calls:
    that one is a frame.
    """
    one_seen(actor, member_id)
    if not may_norm(actor, member_id):
        raise Forbidden("norms", _("Norms are set by who may give work."))
    if measure not in NORMED or (per_day is not None and not 0 < per_day <= 10_000):
        raise Invalid("quota", _("A norm is a whole number from 1 to 10 000."), fields={"per_day": "range"})
    row = Quota.objects.filter(workspace_id=actor.workspace_id, member_id=member_id, measure=measure)
    was = row.values_list("per_day", flat=True).first()
    if was == per_day:
        return
    if per_day is None:
        row.delete()
    else:
        Quota.objects.update_or_create(
            workspace_id=actor.workspace_id, member_id=member_id, measure=measure, defaults={"per_day": per_day}
        )  # fmt: skip
    record(
        actor=actor, at=at, subject="member", subject_id=member_id, action="quota_set",
        before={measure: was}, after={measure: per_day},
    )  # fmt: skip


def today_of(workspace_id: UUID, at: datetime) -> date:
    """The workspace's day."""
    return at.astimezone(ZoneInfo(Workspace.objects.only("timezone").get(pk=workspace_id).timezone)).date()


def _told(wrong: dict[str, str]) -> str:
    return "; ".join(f"{name.partition(':')[0]}: {WHY[code]}" for name, code in list(wrong.items())[:3])


def _store(actor: Actor, at: datetime, member_id: UUID, wanted: Sequence[Cell]) -> None:
    rows = DailyCount.objects.filter(workspace_id=actor.workspace_id, member_id=member_id)
    for one in wanted:
        if one.value is None:
            rows.filter(day=one.day, measure=one.measure).delete()
    DailyCount.objects.bulk_create(
        [
            DailyCount(
                workspace_id=actor.workspace_id, member_id=member_id, day=one.day, measure=one.measure,
                value=one.value, entered_by_id=actor.member_id, entered_at=at,
            )
            for one in wanted
            if one.value is not None
        ],
        update_conflicts=True,
        unique_fields=["workspace", "member", "day", "measure"],
        update_fields=["value", "entered_by", "entered_at"],
    )  # fmt: skip
    record(
        actor=actor, at=at, subject="member", subject_id=member_id, action="sheet_written",
        before={f"{one.day}:{one.measure}": one.was for one in wanted},
        after={f"{one.day}:{one.measure}": one.value for one in wanted},
    )  # fmt: skip

"""What stands inside the former versions of a conveyor, stage by stage: the rows of a stage map."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from konveyer.domain.conveyor.models import Stage

_COUNTS = """
select stage_id, state, count(*) from (
  select l.stage_id, l.state from lead l
   where l.workspace_id = %(w)s and l.stage_id = any(%(stages)s) and l.state in ('open', 'won') and l.closed_at is null
   union all
  select l.stage_id, l.state from lead l
   where l.workspace_id = %(w)s and l.stage_id = any(%(stages)s) and l.state = 'on_hold') inside
 group by 1, 2
"""


@dataclass(frozen=True)
class Inside:
    """A stage of a former version with the leads in it: those that are worked, rest, or are delivered."""

    stage: Stage
    number: int
    open: int = 0
    on_hold: int = 0
    won: int = 0

    @property
    def leads(self) -> int:
        """All of them."""
        return self.open + self.on_hold + self.won


@dataclass(frozen=True)
class Row:
    """A row of the map: where its leads may go, and where they would go by themselves (None: they stay)."""

    inside: Inside
    targets: list[Stage]
    same: Stage | None


def inside(workspace_id: UUID, conveyor_id: UUID, but: UUID | None = None) -> list[Inside]:
    """Stages with leads, of every published version of the conveyor but one; the latest version first. Two queries."""
    rows = Stage.objects.filter(workspace_id=workspace_id, conveyor_version__conveyor_id=conveyor_id)
    rows = rows.exclude(conveyor_version__state="draft").select_related("conveyor_version", "role")
    stages = [
        stage
        for stage in rows.order_by("-conveyor_version__number", "position")
        if stage.conveyor_version_id != but
    ]
    counts: dict[UUID, dict[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, {"w": workspace_id, "stages": [stage.pk for stage in stages]})
        for stage_id, state, count in cursor.fetchall():
            counts.setdefault(stage_id, {})[state] = count
    return [
        Inside(stage, stage.conveyor_version.number, **counts[stage.pk])
        for stage in stages
        if stage.pk in counts
    ]


def rows_of(found: Iterable[Inside], new: list[Stage]) -> list[Row]:
    """The map of these stages onto the new ones: the same key is proposed, what cannot be is not offered."""
    rows = []
    for one in found:
        targets = [stage for stage in new if _fits(one, stage, new)]
        same = next((stage for stage in targets if stage.key == one.stage.key), None)
        rows.append(Row(one, targets, same))
    return rows


def _fits(one: Inside, stage: Stage, new: list[Stage]) -> bool:
    """A lead that was won does not come back before a win point, and none comes behind it without a win."""
    win = next((place.position for place in new if place.win_point), 0)
    if stage.position > win:
        return one.open + one.on_hold == 0
    return one.won == 0

"""What is drawn of a funnel by stage: one conveyor from its first stage to the win."""

from collections.abc import Sequence
from dataclasses import dataclass

from konveyer.domain.insight.rules.rows import Row


@dataclass(frozen=True)
class Step:
    """A stage, or (`won`) the leads that were won through the win point."""

    label: str
    row: Row
    won: bool = False


@dataclass(frozen=True)
class Drawing:
    """The code of the conveyor and its steps."""

    conveyor: str
    steps: list[Step]


def steps(rows: Sequence[Row]) -> Drawing | None:
    """The conveyor that most leads came to, without the stages of delivery; None when no lead came to any."""
    ways: dict[str, list[Row]] = {}
    for row in rows:
        ways.setdefault(row.counts.asked.partition("/")[0], []).append(row)
    code = max(ways, key=lambda one: max(row.counts.leads for row in ways[one]), default=None)
    if code is None or not any(row.counts.leads for row in ways[code]):
        return None
    way = ways[code]
    several = len(ways) > 1
    drawn = []
    for row in way:
        label = row.counts.label.partition(": ")[2] if several else row.counts.label
        drawn.append(Step(label, row))
        if row.counts.win_point:
            drawn.append(Step(label, row, won=True))
            break
    return Drawing(code, drawn)

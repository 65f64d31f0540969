"""The day as a head of sales or an owner sees it: where the conveyor stands still."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from konveyer.domain.workspace.rules.actor import Actor

MOST = 1000  # counting stops here: "1000+" says enough, and the cost stays the same at any size


@dataclass(frozen=True)
class Standstill:
    """Counts, each capped at MOST, and each opening its list."""

    late_stage: int
    unsorted: int
    handoffs_late: int
    untouched_incoming: int
    waking_soon: int


def standstill(actor: Actor, now: datetime) -> Standstill:
    """One query; every part reads at most MOST index entries."""
    parts = {
        "late_stage": "select 1 from lead where workspace_id = %(w)s and state = 'open' and due_at < %(now)s",
        "unsorted": "select 1 from lead where workspace_id = %(w)s and queue_id is not null and state = 'open'",
        "handoffs_late": "select 1 from handoff where workspace_id = %(w)s and state = 'sent' and due_at < %(now)s",
        "untouched_incoming": "select 1 from lead where workspace_id = %(w)s and state = 'open' and incoming "
        "and first_touch_at is null",
        "waking_soon": "select 1 from lead where workspace_id = %(w)s and state = 'on_hold' and wake_on <= %(week)s",
    }
    sql = ", ".join(f"(select count(*) from ({part} limit {MOST}) x)" for part in parts.values())
    with connection.cursor() as cursor:
        cursor.execute(
            f"select {sql}", {"w": actor.workspace_id, "now": now, "week": (now + timedelta(days=7)).date()}
        )
        return Standstill(*cursor.fetchone())

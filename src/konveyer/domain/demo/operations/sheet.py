"""The daily sheet of the firm: telemarketers write their cold calls down, what they log is counted anyway."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from konveyer.domain.sheet.models import DailyCount, Quota
from konveyer.domain.sheet.queries.figures import NOTHING, cells
from konveyer.domain.workspace.models import Member, MemberRole, Workspace

DAYS = 60
NORM = 15  # talks a day: a quarter of the 60 calls that the frame of the role asks for


def write_sheet(workspace: Workspace, people: Mapping[str, Member], draw: Random, today: datetime) -> None:
    """Two months of days: on top of the touches 35–75 dialled numbers, of which one in twenty becomes warm (R21)."""
    callers = set(
        MemberRole.objects.filter(workspace=workspace, role__code="telemarketer").values_list(
            "member_id", flat=True
        )
    )
    members = [one for one in people.values() if one.pk in callers]
    last = today.date() - timedelta(days=1)
    first = last - timedelta(days=DAYS)
    counted = cells(workspace.pk, [one.pk for one in members], first, last)
    rows = []
    for member in members:
        for day in (first + timedelta(days=number) for number in range(DAYS + 1)):
            if day.weekday() > 4:
                continue
            dialled = draw.randint(35, 75)
            more = {
                "cold_calls": dialled,
                "talks": round(dialled * draw.uniform(0.2, 0.35)),
                "warm": sum(draw.random() < 0.05 for _call in range(dialled)),
            }
            rows += [
                DailyCount(
                    workspace=workspace, member=member, day=day, measure=name, entered_by=member,
                    value=counted.get((member.pk, day, name), NOTHING).counted + Decimal(value), entered_at=today,
                )
                for name, value in more.items()
            ]  # fmt: skip
    DailyCount.objects.bulk_create(rows)
    Quota.objects.bulk_create(
        Quota(workspace=workspace, member=one, measure="talks", per_day=NORM) for one in members
    )

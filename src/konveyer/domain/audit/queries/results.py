"""Results against frames (R28): what each framed member did inside his limits."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count

from konveyer.domain.audit.queries import work
from konveyer.domain.audit.queries.check import Moment
from konveyer.domain.audit.queries.reading import require_reader
from konveyer.domain.insight.rules.arithmetic import wilson
from konveyer.domain.leads.models import Lead
from konveyer.domain.staff.queries.frames import frames_of_many
from konveyer.domain.staff.rules.frames import FrameKind, FrameValue, read_hours
from konveyer.domain.workspace.models import Member
from konveyer.domain.workspace.rules.actor import Actor

DAYS = 30
_DISCOUNTS = """
select d.created_by_id, max(100 * (1 - d.amount / p.price)), count(*)
  from deal d join product p on p.workspace_id = d.workspace_id and p.id = d.product_id and p.price > 0 and p.currency = d.currency
 where d.workspace_id = %(workspace)s and d.created_at > %(at)s - interval '90 days' and d.created_at <= %(at)s
   and d.amount is not null and not d.history and d.created_by_id = any(%(members)s)
 group by 1"""
# Calls and meetings of members with hours, and how many began outside of them, in the member's own zone.
_OUTSIDE = """
with hours as (select * from unnest(%(who)s::uuid[], %(day)s::int[], %(start)s::time[], %(stop)s::time[]) h(member_id, day, start, stop))
select t.member_id, count(*), count(*) filter (where not exists (
         select from hours h, lateral (select t.happened_at at time zone coalesce(nullif(m.timezone, ''), %(zone)s) as local) x
          where h.member_id = t.member_id and h.day = extract(isodow from x.local) and x.local::time between h.start and h.stop))
  from member m join touch t on t.workspace_id = m.workspace_id and t.member_id = m.id
   and t.happened_at > %(at)s - interval '30 days' and t.happened_at <= %(at)s
 where m.workspace_id = %(workspace)s and m.id = any(%(members)s) and t.direction = 'out' and t.channel in ('call', 'meeting')
   and not t.automatic and not t.history
 group by 1"""


@dataclass(frozen=True)
class Result:
    """One member. A limit None: no frame. `per_day`: cold calls on a day of work; `rate`: warm of calls of 90 days.

    `idle`: surely less than half of the team's rate. `discount`: the largest of 90 days in per cent of the price.
    `outside`: calls and meetings of 30 days that began out of his hours, of `in_all`.
    """

    member: Member
    norm: int | None
    per_day: Decimal | None
    days: int
    calls: int
    warm: int
    idle: bool
    discount_limit: Decimal | None
    discount: Decimal | None
    deals: int
    open_limit: int | None
    open_leads: int
    hours: str
    outside: int
    in_all: int

    @property
    def rate(self) -> float | None:
        """Warm of calls."""
        return self.warm / self.calls if self.calls else None

    @property
    def below(self) -> bool:
        """Less than seven tenths of the norm on his days of work."""
        return (
            self.norm is not None and self.per_day is not None and self.per_day < self.norm * Decimal("0.7")
        )

    @property
    def over(self) -> bool:
        """More open leads than the frame allows: it was narrowed after he took them."""
        return self.open_limit is not None and self.open_leads > self.open_limit


def results(actor: Actor, moment: Moment) -> list[Result]:
    """Active members with any frame, by name; the same number of queries however many. Raises Forbidden."""
    require_reader(actor)
    people = work.active(moment)
    frames = {kind: frames_of_many(moment.workspace_id, people, kind) for kind in (
        FrameKind.DAILY_CALLS, FrameKind.DISCOUNT_PERCENT, FrameKind.OPEN_LEADS, FrameKind.HOURS,
    )}  # fmt: skip
    framed = [pk for pk in people if any(found.get(pk) is not None for found in frames.values())]
    done = _Done(moment, framed, frames[FrameKind.HOURS])
    made = [
        _result(people[pk], {kind: found.get(pk) for kind, found in frames.items()}, done) for pk in framed
    ]
    return sorted(made, key=lambda one: (one.member.name_key, str(one.member.pk)))


class _Done:
    """Everything that was done, by member."""

    def __init__(self, moment: Moment, framed: list[UUID], hours: dict[UUID, FrameValue | None]) -> None:
        counted = work.days_of(moment, DAYS)
        self.days: dict[UUID, set[Any]] = {}
        self.calls: dict[UUID, int] = {}
        for (member, day, measure), value in counted.items():
            self.days.setdefault(member, set()).add(day)
            if measure == "cold_calls":
                self.calls[member] = self.calls.get(member, 0) + value
        self.sums = work.by_member(moment, 90)
        rows = Lead.objects.filter(workspace_id=moment.workspace_id, state="open", owner_id__in=framed)
        self.open = dict(rows.order_by().values_list("owner_id").annotate(n=Count("pk")))
        bound = {**moment.bound(), "members": framed}
        self.discounts = {row[0]: (row[1], row[2]) for row in _rows(_DISCOUNTS, bound)}
        self.outside = {row[0]: (row[1], row[2]) for row in _rows(_OUTSIDE, {**bound, **_hours(hours)})}
        calls = sum(calls for calls, _warm in self.sums.values())
        self.team = sum(warm for _calls, warm in self.sums.values()) / calls if calls else 0.0


def _result(member: Member, frames: dict[FrameKind, FrameValue | None], done: _Done) -> Result:
    days = len(done.days.get(member.pk, ()))
    calls, warm = done.sums.get(member.pk, (0, 0))
    most, deals = done.discounts.get(member.pk, (None, 0))
    in_all, outside = done.outside.get(member.pk, (0, 0))
    norm, limit = frames[FrameKind.DAILY_CALLS], frames[FrameKind.OPEN_LEADS]
    discount, hours = frames[FrameKind.DISCOUNT_PERCENT], frames[FrameKind.HOURS]
    return Result(
        member, None if norm is None else int(Decimal(norm)), Decimal(done.calls.get(member.pk, 0)) / days if days else None, days,
        calls, warm, calls >= work.CALLS and wilson(min(warm, calls), calls).high < done.team / 2,
        None if discount is None else Decimal(discount), None if most is None else max(Decimal(0), most), deals,
        None if limit is None else int(Decimal(limit)), done.open.get(member.pk, 0), str(hours or ""), outside, in_all,
    )  # fmt: skip


def _hours(frames: dict[UUID, FrameValue | None]) -> dict[str, list[Any]]:
    spans = [(member, span) for member, text in frames.items() if text for span in read_hours(str(text))]
    return {
        "who": [member for member, _span in spans], "day": [span.day for _member, span in spans],
        "start": [span.start for _member, span in spans], "stop": [span.end for _member, span in spans],
        "members": list({member for member, _span in spans}),
    }  # fmt: skip


def _rows(sql: str, bound: dict[str, Any]) -> Iterable[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, bound)
        return list(cursor.fetchall())

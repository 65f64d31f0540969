"""The open leads in view by stage, with their amounts and the chance of a win."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

from konveyer.domain.conveyor.models import Stage
from konveyer.domain.insight.queries.chances import chances_of
from konveyer.domain.insight.rules.expected import Expected, Stood, expected
from konveyer.domain.workspace.rules.actor import Actor

# A lead is worth what its deal says, else what is expected of it, else the price of its product. Said as the index of the
# board says it, which holds all that is asked of a lead here: there may be a hundred thousand open ones.
_STOOD = """
select stage_id, currency, count(*), count(amount), coalesce(sum(amount), 0), coalesce(sum(amount * amount), 0)::float
  from (select l.stage_id,
               case when d.amount is not null then d.currency when l.expected_amount is not null or p.price is null then l.currency
                    else p.currency end as currency,
               coalesce(d.amount, l.expected_amount, p.price) as amount
          from lead l
          left join deal d on d.workspace_id = l.workspace_id and d.lead_id = l.id and d.amount is not null
          left join product p on p.workspace_id = l.workspace_id and p.id = l.product_id
         where l.workspace_id = %(workspace)s and l.state in ('open', 'won') and l.closed_at is null and l.state = 'open' {view}) x
 group by 1, 2"""
_VIEW = """and (l.owner_id is null or l.owner_id = any(%(seen)s) or l.telemarketer_id = any(%(seen)s)
                or l.closer_id = any(%(seen)s))"""  # as in leads.queries.filters.in_view
_RESTING = (
    """select count(*) from lead l where l.workspace_id = %(workspace)s and l.state = 'on_hold' {view}"""
)


def open_value(actor: Actor, today: date) -> tuple[Expected, int]:
    """What the open leads in view are worth, by stage, and how many more leads rest. Four queries."""
    seen = actor.seen_members
    bound = {"workspace": actor.workspace_id, "seen": None if seen is None else list(seen)}
    view = "" if seen is None else _VIEW
    with connection.cursor() as cursor:
        cursor.execute(_STOOD.format(view=view), bound)
        found = cursor.fetchall()
        cursor.execute(_RESTING.format(view=view), bound)
        [(resting,)] = cursor.fetchall()
    return expected(_named(actor.workspace_id, found, today)), resting


def _named(workspace_id: UUID, found: list[Any], today: date) -> list[Stood]:
    """By conveyor and key of the stage: versions of a conveyor are one. In the order of the conveyors."""
    known = chances_of(workspace_id, today)
    rows = Stage.objects.filter(workspace_id=workspace_id, pk__in=[stage for stage, *_rest in found])
    stages = {row.pk: row for row in rows.select_related("conveyor_version__conveyor")}
    sums: dict[tuple[int, int, str, str], list[Any]] = {}
    for stage_id, currency, leads, rated, amount, squares in found:
        stage = stages[stage_id]
        conveyor = stage.conveyor_version.conveyor
        key = (conveyor.position, stage.position, f"{conveyor.code}/{stage.key}", currency)
        label = f"{conveyor.name}: {stage.name}"
        chance = known.get((str(conveyor.pk), stage.key))
        one = sums.setdefault(key, [label, chance, 0, 0, Decimal(0), 0.0])
        one[2:] = [one[2] + leads, one[3] + rated, one[4] + amount, one[5] + squares]
    return [
        Stood(label, asked, currency, leads, rated, amount, squares, chance)
        for (_way, _place, asked, currency), (label, chance, leads, rated, amount, squares) in sorted(
            sums.items()
        )
    ]

"""Views of my day."""

from datetime import date
from functools import lru_cache
from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import render

from konveyer.domain.insight.queries.chances import stage_chances
from konveyer.domain.workplace.money import latest_payments, owed
from konveyer.domain.workplace.queries import my_day
from konveyer.domain.workplace.team import standstill
from konveyer.domain.workspace.rules.rights import Right, View
from konveyer.kit.clock import now
from konveyer.web.my_day.drawing import Pencil
from konveyer.web.work import WorkRequest, work

KEPT = 600  # seconds


def _chances(request: WorkRequest) -> dict[tuple[str, str], float]:
    """Read once in ten minutes by each process: a year's roll-ups say the same all day."""
    moment = now()
    return _kept(request.actor.workspace_id, moment.date(), int(moment.timestamp()) // KEPT)


@lru_cache(maxsize=200)
def _kept(workspace_id: UUID, today: date, _slot: int) -> dict[tuple[str, str], float]:
    return stage_chances(workspace_id, today)


@work()
def day(request: WorkRequest) -> HttpResponseBase:
    """What to do next; with the team's standstill for who sees everybody, with money for who records it."""
    actor, moment = request.actor, now()
    shown, pencil = my_day(actor, moment, _chances(request)), Pencil(moment)
    return render(
        request,
        "my_day/day.html",
        {
            "day": shown,
            "groups": [(group, pencil.lines(group)) for group in shown.groups],
            "now": moment,
            "calls": "telemarketer" in shown.roles or shown.figures.calls > 0,
            "team": standstill(actor, moment)
            if actor.view == View.ALL and actor.may(Right.LEADS_ASSIGN)
            else None,
            "owed": owed(actor) if actor.may(Right.MONEY_RECORD) else None,
            "payments": latest_payments(actor) if actor.may(Right.MONEY_RECORD) else None,
            "can_create": actor.may(Right.LEADS_CREATE),
        },
    )

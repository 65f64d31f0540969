"""Handoffs between specialists on the screen."""

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from konveyer.domain.insight.queries.handoffs import Handoffs, handoffs
from konveyer.domain.insight.rules.arithmetic import SMALL_SAMPLE, wilson
from konveyer.domain.insight.rules.periods import days_of
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.clock import now
from konveyer.web.work import WorkRequest, work

PERIODS = {
    "30d": gettext_lazy("30 days"),
    "month": gettext_lazy("This month"),
    "last_month": gettext_lazy("Last month"),
    "90d": gettext_lazy("90 days"),
    "12m": gettext_lazy("12 months"),
}
FIGURES = ("qualified", "rejected", "sent", "accepted", "returned", "recycled", "waiting", "held")


@work(Right.FUNNEL_READ)
@require_GET
def show(request: WorkRequest) -> HttpResponse:
    """Who gave and who took, over a period."""
    period = request.GET.get("period", "")
    period = period if period in PERIODS else next(iter(PERIODS))
    today = now().astimezone(ZoneInfo(request.workspace.timezone)).date()
    first, last = (day or today for day in days_of(period, today))  # none of these periods is open
    given, taken = handoffs(request.actor, first, last, request.workspace.timezone)
    context = {
        "periods": list(PERIODS.items()), "first": first, "last": last, "given": [_line(one) for one in given],
        "taken": [_line(one) for one in taken], "total": {name: sum(getattr(one, name) for one in given) for name in FIGURES},
    }  # fmt: skip
    return render(request, "funnel/handoffs.html", context)


def _line(one: Handoffs) -> dict[str, Any]:
    ends = wilson(one.accepted, one.sent) if one.sent else None
    return {"row": one, "ends": ends, "small": one.sent < SMALL_SAMPLE, "minutes": round(one.took / 60) if one.took is not None else None}  # fmt: skip

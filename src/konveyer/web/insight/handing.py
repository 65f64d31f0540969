"""Handoffs between specialists on the screen."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
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
        "periods": list(PERIODS.items()), "first": first, "last": last,
        "given": [_line(one, "given", period) for one in given], "taken": [_line(one, "taken", period) for one in taken],
        "total": {name: sum(getattr(one, name) for one in given) for name in FIGURES}, "records": _records("given", period),
    }  # fmt: skip
    return render(request, "funnel/handoffs.html", context)


def _line(one: Handoffs, side: str, period: str) -> dict[str, Any]:
    return {
        "row": one, "ends": wilson(one.accepted, one.sent) if one.sent else None, "small": one.sent < SMALL_SAMPLE,
        "minutes": round(one.took / 60) if one.took is not None else None, "records": _records(side, period, one.member_id),
    }  # fmt: skip


def _records(side: str, period: str, member_id: UUID | None = None) -> dict[str, str]:
    """Where the leads behind each figure are shown."""
    whose = {"member": member_id} if member_id else {}
    return {
        name: f"{reverse('handoffs-leads')}?{urlencode({'side': side, 'figure': name, 'period': period} | whose)}"
        for name in FIGURES
    }

"""The leads behind a count of the handoffs."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from konveyer.domain.insight.queries.handed import PAGE, Asked, handed
from konveyer.domain.insight.rules.periods import days_of
from konveyer.domain.leads.rules.returns import RETURN_REASONS
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.clock import now
from konveyer.kit.refusal import Invalid
from konveyer.web.insight.handing import PERIODS
from konveyer.web.work import WorkRequest, work

NAMES = {
    "qualified": pgettext_lazy("count", "Qualified"), "rejected": pgettext_lazy("count", "Not qualified"),
    "sent": _("Handed over"), "accepted": pgettext_lazy("count", "Accepted"), "returned": pgettext_lazy("count", "Returned"),
    "recycled": _("Nobody took"), "waiting": pgettext_lazy("count", "Waiting"), "held": _("Meetings held"),
}  # fmt: skip


@work(Right.FUNNEL_READ)
@require_GET
def show(request: WorkRequest) -> HttpResponse:
    """One figure of the report, lead by lead."""
    asked, skip = _asked(request), _whole(request.GET.get("skip", ""))
    rows, more = handed(request.actor, asked, skip)
    context: dict[str, Any] = {
        "asked": asked, "title": NAMES[asked.figure], "rows": [(one, RETURN_REASONS.get(one.reason, "")) for one in rows],
        "next": skip + PAGE if more else None,
        "opens": request.actor.may(Right.LEADS_WORK), "period": request.GET.get("period", ""),
    }  # fmt: skip
    return render(request, "funnel/handed.html", context)


def _asked(request: WorkRequest) -> Asked:
    query = request.GET
    period = query.get("period", "")
    period = period if period in PERIODS else next(iter(PERIODS))
    zone = request.workspace.timezone
    today = now().astimezone(ZoneInfo(zone)).date()
    first, last = (day or today for day in days_of(period, today))
    return Asked(
        query.get("side", "given"),
        query.get("figure", "sent"),
        _member(query.get("member", "")),
        first,
        last,
        zone,
    )


def _member(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise Invalid(
            "member_not_found", _("There is no such member."), fields={"member": "unknown"}
        ) from error


def _whole(text: str) -> int:
    return min(int(text), 100_000) if text.isdecimal() and len(text) < 7 else 0

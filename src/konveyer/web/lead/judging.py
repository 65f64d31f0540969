"""Qualifying a lead: the criteria as questions, the verdict with its reasons."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from konveyer.domain.conveyor.rules.criteria import Holds, judge
from konveyer.domain.leads.models import Lead
from konveyer.domain.leads.operations import FactsMissing, qualify
from konveyer.domain.leads.queries.judging import Standing, standing
from konveyer.domain.leads.queries.moving import lead_in_view
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.clock import now
from konveyer.kit.refusal import Refused
from konveyer.web.lead.answers import dialog, done
from konveyer.web.lead.moving import version_in
from konveyer.web.lead.names import name_of
from konveyer.web.work import WorkRequest, work

PREFIX = "fact-"
STANDS = {
    Holds.YES: gettext_lazy("holds"),
    Holds.NO: gettext_lazy("does not hold"),
    Holds.UNKNOWN: gettext_lazy("not known"),
}


@work(Right.LEADS_WORK)
@require_http_methods(["GET", "POST"])
def judge_it(request: WorkRequest, lead_id: UUID) -> HttpResponse:
    """GET asks what is missing; POST judges, and asks again while the criteria cannot say."""
    lead = lead_in_view(request.actor, lead_id)
    found = standing(lead)
    if request.method == "GET":
        return _dialog(request, lead, found)
    given = {name[len(PREFIX) :]: str(text) for name, text in request.POST.items() if name.startswith(PREFIX)}
    try:
        row = qualify(
            actor=request.actor, at=now(), lead_id=lead.pk, facts=given, version=version_in(request.POST.get("version", "")),
            override_reason=request.POST.get("override_reason", ""),
        )  # fmt: skip
    except FactsMissing as refusal:
        return _dialog(request, lead, found, given, str(refusal), 422)
    except Refused as refusal:
        if refusal.status not in (403, 409, 422):
            raise
        return _dialog(request, lead, found, given, str(refusal), refusal.status)
    words = _("%(lead)s is qualified.") if row.verdict == "qualified" else _("%(lead)s is not qualified.")
    return done(words % {"lead": name_of(lead)})


def _dialog(
    request: WorkRequest,
    lead: Lead,
    found: Standing,
    given: dict[str, str] | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    said = found.facts | {kind: text.strip() for kind, text in (given or {}).items() if text.strip()}
    context: dict[str, Any] = {
        "lead": lead, "name": name_of(lead), "found": found, "error": error,
        "asks": [
            (one, said.get(one.fact, ""), str(holds), STANDS[holds])
            for one, holds in judge(found.criteria.items, found.criteria.wanted, said).reasons
        ],
        "may_override": request.actor.may(Right.GATE_OVERRIDE),
        "override_reason": request.POST.get("override_reason", ""),
        "action": reverse("lead-judge", args=[lead.pk]),
    }  # fmt: skip
    return dialog(request, "lead/judge.html", context, status=status)

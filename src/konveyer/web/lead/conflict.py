"""Two people on one lead: the second is shown both states and chooses."""

import json

from django.http import HttpResponse
from django.urls import reverse

from konveyer.domain.leads.queries.changes import changes_since
from konveyer.domain.leads.queries.moving import Move
from konveyer.web.lead.answers import CHANGED, dialog
from konveyer.web.lead.names import name_of
from konveyer.web.work import WorkRequest


def conflict(request: WorkRequest, move: Move, version: int | None) -> HttpResponse:
    """What was changed meanwhile and by whom, beside what was wanted; nothing has been written."""
    context = {
        "move": move,
        "name": name_of(move.lead),
        "changes": changes_since(request.actor.workspace_id, move.lead, version or 0),
        "action": reverse("lead-move", args=[move.lead.pk]),
        "same": move.target is not None and move.target.pk == move.here.pk,
    }
    answer = dialog(request, "lead/conflict.html", context, status=409)
    answer["HX-Trigger"] = json.dumps({CHANGED: ""})  # what stands behind the dialog is old
    return answer

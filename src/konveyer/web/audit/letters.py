"""The weekly letter as it would go now, and its switch."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from konveyer.domain.audit.operations.letters import switch_letter
from konveyer.domain.audit.queries.letter import compose, wants
from konveyer.domain.audit.queries.reading import require_reader
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import clock
from konveyer.web.work import WorkRequest, work


@work(Right.AUDIT_READ, Right.LEADS_ASSIGN)
@require_http_methods(["GET", "POST"])
def letter(request: WorkRequest) -> HttpResponse:
    """GET shows what would go; POST switches one's own letter off or on."""
    require_reader(request.actor)
    if request.method == "POST":
        off = request.POST.get("off") == "1"
        switch_letter(actor=request.actor, at=clock.now(), off=off)
        messages.success(
            request, _("You get no weekly letter any more.") if off else _("You get the weekly letter again.")
        )
        return redirect("audit-letter")
    address = request.build_absolute_uri(reverse("audit"))
    context = {
        "letter": compose(request.workspace.pk, request.LANGUAGE_CODE[:2], address),
        "wants": bool(request.actor.member_id and wants(request.workspace.pk, request.actor.member_id)),
    }
    return render(request, "audit/letter.html", context)

"""The way into the settings, and the workspace's own."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from konveyer.domain.staff.operations.workspace import change_workspace
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import clock
from konveyer.web.setup.answer import attempt, done, page, sections
from konveyer.web.setup.forms import WorkspaceForm
from konveyer.web.work import WorkRequest, work


@work()
def setup(request: WorkRequest) -> HttpResponse:
    """To the first section that the member may open; to his profile when there is none."""
    found = sections(request.actor)
    return redirect(found[0].url if found else "profile")


@work(Right.SETTINGS_MANAGE)
def workspace(request: WorkRequest) -> HttpResponse:
    """Name, language, zone, size."""
    row = request.workspace
    fields = ("name", "language", "timezone", "team_size", "talk_seconds")
    form = WorkspaceForm(
        request.POST or None, initial={name: getattr(row, name) for name in fields}, zone=row.timezone
    )
    status = 200
    if request.method == "POST":
        tried = attempt(
            form, lambda **values: change_workspace(actor=request.actor, at=clock.now(), **values)
        )
        if tried.done:
            return done(request, _("Saved."), "setup-workspace")
        status = tried.status
    return page(request, "workspace", "setup-workspace", {"form": form}, status)

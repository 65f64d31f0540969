"""The journal, newest first, of everybody or of one member."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from konveyer.domain.journal.queries import latest
from konveyer.domain.workspace.queries import member_names
from konveyer.domain.workspace.rules.rights import Right
from konveyer.web.journal.sentences import sentences
from konveyer.web.work import WorkRequest, work


@work(Right.JOURNAL_READ)
def journal(request: WorkRequest) -> HttpResponse:
    """A page of it; ?member= narrows it to what one member did himself."""
    member = _member(request.GET.get("member", ""))
    page = latest(
        request.actor, member_id=member, after=request.GET.get("after"), before=request.GET.get("before")
    )
    context = {
        "page": page,
        "sentences": sentences(request.actor.workspace_id, page.lines),
        "people": [(str(pk), name) for pk, name in member_names(request.actor.workspace_id)],
        "member": str(member or ""),
    }
    return render(request, "journal/journal.html", context)


def _member(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

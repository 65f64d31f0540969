"""All personal tokens of the workspace, for who manages members."""

from django.http import HttpResponse

from konveyer.domain.staff.queries import access
from konveyer.domain.workspace.rules.rights import Right
from konveyer.web.setup.answer import page
from konveyer.web.work import WorkRequest, work


@work(Right.MEMBERS_MANAGE)
def tokens(request: WorkRequest) -> HttpResponse:
    """Whose, for what, last used, until when; each can be revoked."""
    return page(request, "tokens", "setup-tokens", {"tokens": access.tokens(request.actor.workspace_id)})

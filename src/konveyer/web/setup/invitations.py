"""Invitations: the link is shown once and, when a mail server is set up, sent."""

from uuid import UUID

from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from konveyer.domain.staff.operations import invitations
from konveyer.domain.staff.queries import roster
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import clock
from konveyer.web.setup.answer import attempt, done, page
from konveyer.web.setup.forms import InviteForm, of_roles, of_teams
from konveyer.web.sign_in.links import invitation_url
from konveyer.web.sign_in.post import post
from konveyer.web.work import WorkRequest, work

HERE = "setup-members"


@never_cache
@work(Right.MEMBERS_MANAGE)
def invite(request: WorkRequest) -> HttpResponse:
    """GET asks whom; POST invites and shows the link."""
    workspace_id = request.actor.workspace_id
    form = InviteForm(
        request.POST or None,
        roles=of_roles(roster.roles(workspace_id)),
        teams=of_teams(row.team for row in roster.teams(workspace_id)),
    )
    status = 200
    if request.method == "POST":
        tried = attempt(
            form, lambda **values: invitations.invite(actor=request.actor, at=clock.now(), **values)
        )
        if tried.done:
            return _invited(request, tried.result)
        status = tried.status
    context = {"form": form, "title": _("Invite a member"), "submit": _("Invite")}
    return page(request, "form", HERE, context, status)


@never_cache
@require_POST
@work(Right.MEMBERS_MANAGE)
def renew(request: WorkRequest, invitation_id: UUID) -> HttpResponse:
    """Another link for another week."""
    made = invitations.renew(actor=request.actor, at=clock.now(), invitation_id=invitation_id)
    return _invited(request, made)


@require_POST
@work(Right.MEMBERS_MANAGE)
def withdraw(request: WorkRequest, invitation_id: UUID) -> HttpResponse:
    """Take the offer back."""
    invitations.withdraw(actor=request.actor, at=clock.now(), invitation_id=invitation_id)
    return done(request, gettext_lazy("The invitation is withdrawn: its link opens nothing."), HERE)


def _invited(request: WorkRequest, made: invitations.Invited) -> HttpResponse:
    link = invitation_url(made.secret)
    with override(request.workspace.language):
        context = {"workspace": request.workspace, "who": request.member_name, "link": link, "made": made}
        subject = _("Your place in %(workspace)s") % {"workspace": request.workspace.name}
        body = render_to_string("setup/letters/invitation.txt", context)
    post(EmailMessage(" ".join(subject.split()), body, to=[made.invitation.email]))
    return page(request, "invited", HERE, {"made": made, "link": link})

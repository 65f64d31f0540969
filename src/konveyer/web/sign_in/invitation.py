"""Accepting an invitation: GET shows whose it is, POST takes the place."""

from allauth.account.utils import perform_login
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from konveyer.domain.staff.operations import invitations
from konveyer.domain.staff.queries import access
from konveyer.domain.staff.queries.access import account_exists
from konveyer.domain.workspace.models import Invitation
from konveyer.kit import clock, tenancy
from konveyer.kit.refusal import Invalid, NotFound
from konveyer.web.middleware import CHOSEN
from konveyer.web.sign_in.forms import AcceptForm


@never_cache
@sensitive_post_parameters("password")
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Shows the invitation behind the link, or says that it is over; POST accepts it."""
    pointer = access.find_invitation(secret)
    if pointer is None:
        raise NotFound("invitation_over", _("This invitation is over. Ask for a new one."))
    with tenancy.enter(pointer.workspace_id):
        offered = access.invitation(pointer.row_id)
        if (
            offered is None
            or offered.accepted_at
            or offered.withdrawn_at
            or offered.expires_at <= clock.now()
        ):
            raise NotFound("invitation_over", _("This invitation is over. Ask for a new one."))
        if request.method == "POST":
            return _accept(request, offered)
        return _show(request, offered, AcceptForm(initial={"name": offered.name}))


def _show(request: HttpRequest, offered: Invitation, form: AcceptForm, status: int = 200) -> HttpResponse:
    user = request.user
    context = {
        "invitation": offered,
        "form": form,
        "mine": user.is_authenticated and user.email == offered.email,
        "another": user.is_authenticated and user.email != offered.email,
        "known": account_exists(offered.email),
    }
    return render(request, "sign_in/invitation.html", context, status=status)


def _accept(request: HttpRequest, offered: Invitation) -> HttpResponse:
    if request.user.is_authenticated:
        member = invitations.accept(invitation_id=offered.pk, at=clock.now(), user_id=request.user.pk)
    else:
        form = AcceptForm(request.POST)
        if not form.is_valid():
            return _show(request, offered, form, 422)
        try:
            member = invitations.accept(
                invitation_id=offered.pk,
                at=clock.now(),
                password=form.cleaned_data["password"],
                name=form.cleaned_data["name"],
                language=translation.get_language()[:2],
            )
        except Invalid as refused:
            for field in refused.fields:
                form.add_error(field if field in form.fields else None, str(refused))
            return _show(request, offered, form, 422)
        perform_login(request, member.user, email=offered.email)
    request.session[CHOSEN] = str(member.workspace_id)
    return redirect(settings.LOGIN_REDIRECT_URL)

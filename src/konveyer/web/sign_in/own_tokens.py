"""A person's own tokens for the API. A new one is shown once, on the page that answers its making."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from konveyer.domain.staff.operations import tokens
from konveyer.domain.staff.rules.roles import RIGHT_NAMES
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import clock
from konveyer.kit.refusal import Invalid
from konveyer.web.sign_in.forms import TokenForm
from konveyer.web.work import WorkRequest, work


@never_cache
@work(Right.API_USE)
def new_token(request: WorkRequest) -> HttpResponse:
    """GET asks what for; POST makes the token and shows it, this once."""
    offered = [(right.value, name) for right, name in RIGHT_NAMES.items() if right in request.actor.rights]
    form = TokenForm(request.POST or None, rights=offered, initial={"scopes": [Right.API_USE]})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                issued = tokens.issue_token(
                    actor=request.actor,
                    at=clock.now(),
                    name=form.cleaned_data["name"],
                    scopes=form.cleaned_data["scopes"],
                    days=form.cleaned_data["days"] or None,
                )
            except Invalid as refused:
                form.add_error(None, str(refused))
            else:
                return render(request, "sign_in/token_made.html", {"issued": issued})
    return render(request, "sign_in/token_new.html", {"form": form}, status=status)


@require_POST
@work()
def revoke_token(request: WorkRequest, token_id: UUID) -> HttpResponse:
    """End a token of one's own, or anybody's for who manages members."""
    tokens.revoke_token(actor=request.actor, at=clock.now(), token_id=token_id)
    messages.success(request, _("The token is revoked: it opens nothing any more."))
    return redirect("setup-tokens" if request.POST.get("back") == "setup" else "profile")

"""A person's own page: looks, name and zone, workspaces, and the way to password, second factor and sessions."""

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST

from konveyer.domain.staff.operations.members import rename_oneself
from konveyer.domain.staff.operations.profile import choose
from konveyer.domain.staff.queries import access, roster
from konveyer.domain.workspace.models import User
from konveyer.domain.workspace.queries import seats
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import clock
from konveyer.kit.refusal import Invalid, NotFound
from konveyer.web.middleware import CHOSEN
from konveyer.web.sign_in.adapter import remember_theme
from konveyer.web.sign_in.forms import LooksForm, MeForm
from konveyer.web.work import WorkRequest, work


@work()
def profile(request: WorkRequest) -> HttpResponse:
    """GET shows the page; POST saves looks or name, by the button pressed."""
    me = roster.people(request.actor.workspace_id, member_id=request.actor.member_id)[0]
    looks, form = LooksForm(initial=_looks(_user(request))), _me_form(request, me, None)
    if request.method == "POST":
        if "looks" in request.POST:
            looks = LooksForm(request.POST)
            if looks.is_valid():
                return _save_looks(request, looks.cleaned_data)
        else:
            form = _me_form(request, me, request.POST)
            if form.is_valid() and _saved(request, form):
                return redirect("profile")
        return _page(request, me, looks, form, 422)
    return _page(request, me, looks, form)


def _page(
    request: WorkRequest, me: roster.Person, looks: LooksForm, form: MeForm, status: int = 200
) -> HttpResponse:
    context = {
        "me": me,
        "looks": looks,
        "form": form,
        "seats": seats(_user(request).pk),
        "second_factor": is_mfa_enabled(request.user),
        "tokens": access.tokens(request.actor.workspace_id, request.actor.member_id),
        "may_use_api": request.actor.may(Right.API_USE),
    }
    return render(request, "sign_in/profile.html", context, status=status)


def _user(request: WorkRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - @work lets only members in
    return request.user


def _looks(user: User) -> dict[str, Any]:
    return {"language": user.language, "theme": user.theme, "single_keys": user.single_keys}


def _me_form(request: WorkRequest, me: roster.Person, data: Any) -> MeForm:
    zone = me.member.timezone
    initial = {"name": me.member.name, "timezone": zone}
    return MeForm(data, initial=initial, zone=zone, workspace_zone=request.workspace.timezone)


def _saved(request: WorkRequest, form: MeForm) -> bool:
    try:
        rename_oneself(actor=request.actor, at=clock.now(), **form.cleaned_data)
    except Invalid as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, _("Saved."))
    return True


def _save_looks(request: WorkRequest, values: dict[str, Any]) -> HttpResponse:
    user = choose(user_id=_user(request).pk, **values)
    with override(user.language):
        messages.success(request, _("Saved."))
    response = redirect("profile")
    remember_theme(response, user)
    return response


@require_POST
@work()
def language(request: WorkRequest) -> HttpResponse:
    """The quick choice in the menu: language, then back to where the person was."""
    choose(user_id=_user(request).pk, language=request.POST.get("language", ""))
    back = request.POST.get("next", "/")
    if not (back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)):
        back = "/"
    return redirect(back)


@require_POST
@work()
def choose_workspace(request: WorkRequest) -> HttpResponse:
    """Go to another workspace in which the person has a place."""
    wanted = request.POST.get("workspace", "")
    if wanted not in {str(seat.workspace_id) for seat in seats(_user(request).pk)}:
        raise NotFound("not_found", _("You have no place in this workspace."))
    request.session[CHOSEN] = wanted
    return redirect("/")

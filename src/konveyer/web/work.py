"""Views for signed-in members."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from konveyer.domain.workspace.models import User, Workspace
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right


class WorkRequest(HttpRequest):
    """A request of a member inside his workspace (see konveyer.web.middleware)."""

    user: User | AnonymousUser
    actor: Actor
    workspace: Workspace
    member_name: str
    csp_nonce: str
    htmx: Any


View = Callable[..., HttpResponseBase]


def work(*rights: Right) -> Callable[[View], View]:
    """A view for members who hold every one of these rights; others get a refusal that says who may allow it.

    Signed-in users without a place in any workspace see a page that says so.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: WorkRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.actor is None:
                return no_place(request)
            for right in rights:
                request.actor.require(right)
            return view(request, *args, **kwargs)

        return login_required(guarded)

    return decorate


def no_place(request: HttpRequest) -> HttpResponse:
    """Signed in, but no member of any workspace."""
    return render(request, "kit/no_place.html", status=403)

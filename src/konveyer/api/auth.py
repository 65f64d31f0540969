"""Who calls: a personal token, or a signed-in member's browser with its CSRF token. The middleware has looked."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import APIKeyCookie, HttpBearer
from ninja.security.base import AuthBase
from ninja.utils import check_csrf

from konveyer.domain.workspace.models import Workspace
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.kit.refusal import Forbidden


class ApiRequest(HttpRequest):
    """A request that passed: the actor with the rights of his token or roles."""

    actor: Actor
    workspace: Workspace
    member_name: str


class Token(HttpBearer):
    """Authorization: Bearer kvr_…"""

    def __call__(self, request: HttpRequest) -> Any | None:
        bearer = getattr(request, "bearer", None)
        return getattr(request, "actor", None) if bearer else None

    def authenticate(self, request: HttpRequest, token: str) -> Any | None:
        raise NotImplementedError("the middleware has looked the token up")


class Session(APIKeyCookie):
    """The session cookie of the screens; anything but reading needs X-CSRFToken."""

    param_name = "sessionid"

    def __call__(self, request: HttpRequest) -> Any | None:
        if getattr(request, "bearer", None) or "Authorization" in request.headers:
            return None
        actor = getattr(request, "actor", None)
        if actor is not None and check_csrf(request) is not None:
            raise Forbidden("csrf", _("Send the page's X-CSRFToken, or use a token."))
        return actor

    def authenticate(self, request: HttpRequest, key: str | None) -> Any | None:
        raise NotImplementedError("the middleware has looked the session up")


WAYS: list[AuthBase] = [Token(), Session()]

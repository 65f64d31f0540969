"""What happens around every view: content policy, language, and entering the member's workspace."""

import secrets
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import get_language_from_request
from django.utils.translation import gettext as _

from konveyer.domain.staff.operations import tokens
from konveyer.domain.staff.queries import access
from konveyer.domain.workspace import queries
from konveyer.domain.workspace.models import Workspace
from konveyer.kit import clock, tenancy
from konveyer.kit.refusal import Invalid, Refused
from konveyer.web import live

Answer = Callable[[HttpRequest], HttpResponseBase]
CHOSEN = "workspace"
API = "/api/"


class ContentPolicy:
    """A strict Content-Security-Policy with a nonce per answer (`request.csp_nonce`)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        nonce = secrets.token_urlsafe(16)
        request.csp_nonce = nonce  # type: ignore[attr-defined]
        response = self.get_response(request)
        stream = live.origin(request)
        response.headers.setdefault(
            "Content-Security-Policy",
            f"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; "
            f"font-src 'self'; connect-src 'self' {stream}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        )
        return response


class Language:
    """The reader's language: his own choice when signed in, else what his browser asks for."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        user = request.user
        if user.is_authenticated and not request.path.startswith(API):
            language = user.language
        else:  # visitors, and programs: they ask by Accept-Language
            language = get_language_from_request(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            if hasattr(response, "render") and not getattr(response, "is_rendered", True):
                response.render()
        return response


class InWorkspace:
    """Runs the view in one transaction inside the member's workspace; a refusal undoes everything.

    Sets `request.actor` and `request.workspace`, or None for visitors and users without a workspace.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.actor = request.workspace = request.bearer = None  # type: ignore[attr-defined]
        if request.path.startswith(API) and "Authorization" in request.headers:
            return self._by_token(request)
        if not request.user.is_authenticated:
            return self.get_response(request)
        seats = queries.seats(request.user.pk)
        chosen = request.session.get(CHOSEN)
        seat = next((seat for seat in seats if str(seat.workspace_id) == chosen), seats[0] if seats else None)
        if seat is None:
            return self.get_response(request)
        with tenancy.enter(seat.workspace_id):
            found = queries.workplace(seat.member_id, seat.workspace_id)
            request.workspace, request.actor = found  # type: ignore[attr-defined]
            request.member_name = seat.member_name  # type: ignore[attr-defined]
            with timezone.override(ZoneInfo(request.workspace.timezone)):  # type: ignore[attr-defined]
                response = self.get_response(request)
            if response.status_code >= 400:
                transaction.set_rollback(True)
        return response

    def _by_token(self, request: HttpRequest) -> HttpResponseBase:
        """The workspace and the member of a personal token; a session beside it counts for nothing."""
        request.user = AnonymousUser()
        kind, _space, text = request.headers["Authorization"].partition(" ")
        pointer = access.find_token(text.strip()) if kind.lower() == "bearer" else None
        if pointer is None:
            return self.get_response(request)
        with tenancy.enter(pointer.workspace_id):
            at = clock.now()
            bearer = access.bearer(pointer.row_id, at=at)
            if bearer:
                request.bearer, request.actor = bearer.token_id, bearer.actor  # type: ignore[attr-defined]
                request.member_name = bearer.member_name  # type: ignore[attr-defined]
                request.workspace = Workspace.objects.get(pk=pointer.workspace_id)  # type: ignore[attr-defined]
                tokens.seen(token_id=bearer.token_id, at=at)
            response = self.get_response(request)
            if response.status_code >= 400:
                transaction.set_rollback(True)
        return response

    def process_view(self, request: HttpRequest, view: Answer, args: Any, kwargs: Any) -> HttpResponse | None:
        """Forms with a sign that PostgreSQL cannot hold, and nobody can type, are refused before any view sees them."""
        if request.path.startswith(API) or request.method != "POST":
            return None  # the API looks for itself, and says so in its own form
        if any("\0" in text for name in request.POST for text in (name, *request.POST.getlist(name))):
            return self.process_exception(
                request, Invalid("control_characters", _("Control characters are not taken."))
            )
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        # The page of a refusal may still ask the database; what the view wrote goes with the status of the page.
        if isinstance(exception, Refused):
            template = (
                "kit/refused_fragment.html" if request.headers.get("HX-Request") else "kit/refused.html"
            )
            return render(request, template, {"refusal": exception}, status=exception.status)
        if transaction.get_connection().in_atomic_block:
            transaction.set_rollback(True)
        return None

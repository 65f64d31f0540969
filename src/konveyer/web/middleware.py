"""What happens around every view: content policy, language, and entering the member's workspace."""

import secrets
from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import get_language_from_request

from konveyer.domain.workspace import queries
from konveyer.domain.workspace.models import Workspace
from konveyer.kit import tenancy
from konveyer.kit.refusal import Refused
from konveyer.web import live

Answer = Callable[[HttpRequest], HttpResponseBase]
CHOSEN = "workspace"


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
        language = user.language if user.is_authenticated else get_language_from_request(request)
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
        request.actor = request.workspace = None  # type: ignore[attr-defined]
        if not request.user.is_authenticated:
            return self.get_response(request)
        seats = queries.seats(request.user.pk)
        chosen = request.session.get(CHOSEN)
        seat = next((seat for seat in seats if str(seat.workspace_id) == chosen), seats[0] if seats else None)
        if seat is None:
            return self.get_response(request)
        with tenancy.enter(seat.workspace_id):
            request.workspace = Workspace.objects.get(pk=seat.workspace_id)  # type: ignore[attr-defined]
            request.actor = queries.actor_of(seat.member_id, seat.workspace_id)  # type: ignore[attr-defined]
            request.member_name = seat.member_name  # type: ignore[attr-defined]
            response = self.get_response(request)
            if response.status_code >= 400:
                transaction.set_rollback(True)
        return response

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

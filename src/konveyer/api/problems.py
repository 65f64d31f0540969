"""Errors as problem documents (RFC 9457), in the language of the Accept-Language header."""

import json
import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DataError, IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from konveyer.kit.refusal import Refused

CONTENT_TYPE = "application/problem+json"
log = logging.getLogger(__name__)


def problem(
    status: int,
    code: str,
    detail: Any,
    *,
    fields: Mapping[str, Any] | None = None,
    details: Mapping[str, Any] | None = None,
    errors: Sequence[Mapping[str, Any]] = (),
) -> HttpResponse:
    """The answer: `code` is for programs and never changes, `detail` is for people."""
    body: dict[str, Any] = {
        "type": f"urn:konveyer:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": str(detail),
    }
    if fields:
        body["fields"] = fields
    if details:
        body["details"] = details
    if errors:
        body["errors"] = errors
    text = json.dumps(body, cls=DjangoJSONEncoder, ensure_ascii=False)
    response = HttpResponse(text, status=status, content_type=CONTENT_TYPE)
    if status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = 'Bearer realm="konveyer"'
    return response


def of_refusal(refused: Refused) -> HttpResponse:
    """What an operation refused to do, and why."""
    fields = {
        name: value if isinstance(value, list) else str(value) for name, value in refused.fields.items()
    }
    return problem(refused.status, refused.code, refused.message, fields=fields, details=refused.details)


def unauthorised() -> HttpResponse:
    """Nobody, or nobody any more."""
    return problem(
        401, "sign_in", _("Send a valid token: Authorization: Bearer … Tokens are made in the profile.")
    )


def not_found() -> HttpResponse:
    """No such address or record."""
    return problem(404, "not_found", _("There is nothing at this address, or it is not in your view."))


def register(api: NinjaAPI) -> None:
    """Every exception that can leave a resource becomes a problem document."""
    api.add_exception_handler(Refused, lambda request, error: of_refusal(_as(Refused, error)))
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(AuthenticationError, lambda request, error: unauthorised())
    api.add_exception_handler(HttpError, _plain)
    api.add_exception_handler(Http404, lambda request, error: not_found())
    api.add_exception_handler(RequestDataTooBig, lambda request, error: too_large())
    api.add_exception_handler(
        SuspiciousOperation,
        lambda request, error: problem(400, "bad_request", _("The request is not readable.")),
    )
    api.add_exception_handler(
        DataError,
        lambda request, error: problem(422, "out_of_range", _("A value is too long or out of range.")),
    )
    api.add_exception_handler(
        IntegrityError,
        lambda request, error: problem(
            409, "conflict", _("This contradicts something stored meanwhile. Read the record again.")
        ),
    )
    api.add_exception_handler(Exception, _broken)


def too_large() -> HttpResponse:
    """The body is over the limit."""
    return problem(413, "too_large", _("The request is too large. Send less at once."))


def _as(kind: type[Any], error: Any) -> Any:
    assert isinstance(error, kind)  # noqa: S101 - looked up by type
    return error


def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    errors = [
        {
            "field": ".".join(str(part) for part in item["loc"]),
            "code": item["type"],
            "message": _said(item["type"], item.get("ctx", {})),
        }
        for item in _as(ValidationError, error).errors
    ]
    return problem(422, "invalid", _("Some values cannot be right; errors says which."), errors=errors)


def _said(kind: str, context: Mapping[str, Any]) -> str:
    """What is wrong with one value; the validator's own words are English only."""
    known = {
        "missing": _("This value is needed."),
        "extra_forbidden": _("There is no such field."),
        "string_too_long": _("This is too long."),
        "string_too_short": _("This is too short."),
        "json_invalid": _("This is not JSON."),
        "control_characters": _("Control characters are not taken."),
    }
    if kind in {"literal_error", "enum"} and "expected" in context:
        return _("Choose one of: %s.") % str(context["expected"])
    if kind.endswith(("_parsing", "_type", "_from_date_parsing")):
        return _("This value has the wrong form.")
    return str(known.get(kind) or _("This value cannot be right."))


def _plain(request: HttpRequest, error: Any) -> HttpResponse:
    if isinstance(error.__cause__, Refused):
        return of_refusal(error.__cause__)  # our reader of bodies said what is wrong with this one
    status = _as(HttpError, error).status_code
    if status == HTTPStatus.BAD_REQUEST:
        return problem(400, "bad_request", _("The request is not readable: JSON in UTF-8 is expected."))
    return problem(status, "refused", str(error))


def _broken(request: HttpRequest, error: Any) -> HttpResponse:
    log.error("%s %s failed", request.method, request.path, exc_info=error)
    return problem(500, "broken", _("The program failed. Nothing was changed; the error is written down."))

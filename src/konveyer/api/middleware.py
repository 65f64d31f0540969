"""Around every request to the API: one effect per Idempotency-Key, and no answer that is not JSON."""

import hashlib
import json
import re
from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _

from konveyer.api import problems
from konveyer.domain.staff.operations import requests
from konveyer.kit import clock
from konveyer.kit.refusal import Refused

Answer = Callable[[HttpRequest], HttpResponseBase]
KEY = "Idempotency-Key"
_KEY = re.compile(r"[!-~]{1,200}")
LOCK_NOT_AVAILABLE = "55P03"


class ApiAnswers:
    """Stands inside the workspace's transaction: the key, the effect and the answer are stored together."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith("/api/"):
            return self.get_response(request)
        key = request.headers.get(KEY)
        actor = getattr(request, "actor", None)
        if request.method == "POST" and key is not None and actor is not None:
            return _once(request, key, self.get_response)
        return _as_problem(self.get_response(request))


def _once(request: HttpRequest, key: str, answer: Answer) -> HttpResponseBase:
    actor = request.actor  # type: ignore[attr-defined]
    if not _KEY.fullmatch(key):
        return problems.problem(
            400, "idempotency_key", _("An Idempotency-Key has 1 to 200 visible ASCII characters.")
        )
    who = {"workspace_id": actor.workspace_id, "member_id": actor.member_id, "key": key}
    try:
        first = requests.begin(**who, body_hash=_digest(request), at=clock.now())
    except RequestDataTooBig:
        return problems.too_large()
    except Refused as refused:
        return problems.of_refusal(refused)
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") != LOCK_NOT_AVAILABLE:
            raise
        busy = problems.problem(
            409, "request_in_progress", _("The first request with this key is still running.")
        )
        busy["Retry-After"] = "2"
        return busy
    if first is not None:
        return _again(first)
    response = _as_problem(answer(request))
    if response.status_code < 400:
        requests.finish(**who, status=response.status_code, body=_body(response))
    return response


def _again(first: requests.Answer) -> HttpResponse:
    if first.body is None:
        response = HttpResponse(status=first.status)
    else:
        response = JsonResponse(first.body, status=first.status, safe=False)
    response["Idempotent-Replay"] = "true"
    return response


def _digest(request: HttpRequest) -> str:
    """What makes a request the same: way in, address, and body; of a form, its fields and the files' contents."""
    parts = [request.method or "", request.get_full_path(), str(getattr(request, "bearer", None) or "")]
    found = hashlib.sha256("\n".join(parts).encode())
    if (request.content_type or "").startswith("multipart/"):
        for name, values in sorted(request.POST.lists()):
            found.update(json.dumps([name, values]).encode())
        for name, files in sorted(request.FILES.lists()):
            for file in files:
                found.update(json.dumps([name, file.name]).encode())
                for chunk in file.chunks():
                    found.update(chunk)
                file.seek(0)
    else:
        found.update(request.body)
    return found.hexdigest()


def _body(response: HttpResponseBase) -> object:
    content = getattr(response, "content", b"")
    return json.loads(content) if content else None


def _as_problem(response: HttpResponseBase) -> HttpResponseBase:
    """Answers that no resource gave (wrong method, unreadable host) as problems too."""
    if response.status_code < 400 or response.headers.get("Content-Type", "").startswith(
        problems.CONTENT_TYPE
    ):
        return response
    said = {
        404: (problems.not_found, ()),
        413: (problems.too_large, ()),
    }.get(response.status_code)
    if said:
        return said[0]()
    code = {405: "method"}.get(response.status_code, "bad_request")
    text = (
        _("This address does not take that method.")
        if code == "method"
        else _("The request is not readable.")
    )
    answer = problems.problem(response.status_code, code, text)
    if "Allow" in response.headers:
        answer["Allow"] = response.headers["Allow"]
    return answer

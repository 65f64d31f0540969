"""The one view."""

from dataclasses import asdict

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from konveyer.kit import health


@require_safe
def healthz(_request: HttpRequest) -> JsonResponse:
    """`{"status": "ok" | "warning" | "failing", "checks": [{"name", "state", "reason"}]}`; 503 when failing."""
    checks = health.everything()
    status = health.worst(checks)
    answer = JsonResponse(
        {"status": status, "checks": [asdict(check) for check in checks]},
        status=503 if status == "failing" else 200,
        json_dumps_params={"ensure_ascii": False},
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer

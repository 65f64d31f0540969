"""What every screen knows: the workspace, the acting member, his rights."""

from typing import Any

from django.http import HttpRequest


def workplace(request: HttpRequest) -> dict[str, Any]:
    """Context for templates; everything is None or empty for visitors."""
    actor = getattr(request, "actor", None)
    return {
        "workspace": getattr(request, "workspace", None),
        "actor": actor,
        "member_name": getattr(request, "member_name", ""),
        "rights": actor.rights if actor else frozenset(),
        "csp_nonce": getattr(request, "csp_nonce", ""),
    }

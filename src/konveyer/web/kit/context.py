"""What every template may count on: who looks, at which workspace, with which rights, in which looks."""

from typing import Any

from django.http import HttpRequest

from konveyer.web.kit import navigation

THEMES = ("light", "dark")


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Tolerates requests that carry no member: sign-in pages, errors, the components page."""
    member = getattr(request, "member", None)
    rights = frozenset(getattr(request, "rights", ()) or ())
    theme = request.COOKIES.get("konveyer_theme", "")
    return {
        "workspace": getattr(request, "workspace", None),
        "member": member,
        "rights": rights,
        "theme": theme if theme in THEMES else "",
        "rail": request.COOKIES.get("konveyer_rail", ""),
        "nav_sections": navigation.sections(rights, request.path, getattr(request, "nav_counts", None)),
        "nav_foot": navigation.foot(rights, request.path),
    }

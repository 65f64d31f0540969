"""What the frame of every screen needs: looks that the person chose, and the nav."""

from typing import Any

from django.http import HttpRequest

from konveyer.web import live
from konveyer.web.kit import navigation

THEMES = ("light", "dark")


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Tolerates requests without a member: sign-in pages, errors.

    A view may set `request.nav_counts` ({"leads": 187}) to show figures beside entries that name them.
    """
    actor = getattr(request, "actor", None)
    rights = actor.rights if actor else frozenset()
    theme = request.COOKIES.get("konveyer_theme", "")
    return {
        "live_url": live.address(request) if actor else "",
        "theme": theme if theme in THEMES else "",
        "rail": request.COOKIES.get("konveyer_rail", ""),
        "nav_sections": navigation.sections(rights, request.path, getattr(request, "nav_counts", None))
        if actor
        else [],
        "nav_foot": navigation.foot(rights, request.path) if actor else [],
    }

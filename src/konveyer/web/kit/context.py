"""What the frame of every screen needs: looks that the person chose, and where the events come from."""

from typing import Any

from django.http import HttpRequest

from konveyer.web import live

THEMES = ("light", "dark")


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Tolerates requests without a member: sign-in pages, errors."""
    theme = request.COOKIES.get("konveyer_theme", "")
    return {
        "live_url": live.address(request) if getattr(request, "actor", None) else "",
        "theme": theme if theme in THEMES else "",
        "rail": request.COOKIES.get("konveyer_rail", ""),
    }

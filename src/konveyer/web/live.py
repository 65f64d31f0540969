"""Where the page finds its event stream."""

import os
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest


def address(request: HttpRequest) -> str:
    """The address for the page's EventSource; empty while there are no streams.

    KONVEYER_LIVE_URL if set; behind TLS the path /live of the same origin, which the proxy passes on; else the port
    that `konveyer up` opened, on the host by which the reader came.
    """
    if chosen := os.environ.get("KONVEYER_LIVE_URL"):
        return chosen
    port = os.environ.get("KONVEYER_LIVE_PORT")
    if not port:
        return ""
    if settings.SECURE:
        return "/live"
    try:
        host = request.get_host()
    except DisallowedHost:
        return ""
    name = urlsplit(f"//{host}").hostname or ""
    return f"{request.scheme}://{f'[{name}]' if ':' in name else name}:{port}/live"


def origin(request: HttpRequest) -> str:
    """The origin that the content policy must allow; empty when the stream lies on the page's own."""
    parts = urlsplit(address(request))
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""

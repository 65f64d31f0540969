"""The tabs above a list: its views, and the one that is open."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from konveyer.domain.lists.models import SavedView
from konveyer.domain.lists.operations.views import may_change
from konveyer.domain.lists.queries.views import usual_view, views
from konveyer.web.work import WorkRequest

ADDRESSES = {"companies": "companies", "people": "contacts", "leads": "leads"}


def address_of(view: SavedView) -> str:
    """The list under this view."""
    return f"{reverse(ADDRESSES[view.list])}?{urlencode({'view': view.pk} | view.query | ({'sort': view.sort} if view.sort else {}))}"


def led_on(request: WorkRequest, name: str) -> HttpResponse | None:
    """On to the member's usual view, when the list was opened without saying anything."""
    if request.GET or request.htmx:
        return None
    usual = usual_view(request.actor, name)
    return redirect(address_of(usual)) if usual else None


def opened(request: WorkRequest, name: str) -> SavedView | None:
    """The view that the address names, if the reader sees it."""
    asked = request.GET.get("view", "")
    try:
        pk = UUID(asked)
    except ValueError:
        return None
    return next((one for one in views(request.actor, name) if one.pk == pk), None)


def tabs(request: WorkRequest, name: str, current: SavedView | None) -> dict[str, Any]:
    """What lists/tabs.html shows; a part of the page does not need it."""
    if request.htmx and request.htmx.target == "list":
        return {}
    known = views(request.actor, name)
    usual = usual_view(request.actor, name) if current is not None else None
    shown = [one for one in known if one.pinned or one == current]
    return {
        "view": current,
        "view_tabs": [(one, address_of(one)) for one in shown],
        "view_more": [(one, address_of(one)) for one in known if one not in shown],
        "view_usual": usual.pk if usual else None,
        "view_may_change": current is not None and may_change(request.actor, current),
        "view_all": f"{reverse(ADDRESSES[name])}?view=",
    }

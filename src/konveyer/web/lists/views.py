"""Views of lists: kept, changed, dropped, chosen as the usual one."""

from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from konveyer.domain.lists.models import SavedView
from konveyer.domain.lists.operations import ViewFacts, change_view, drop_view, keep_view, open_with
from konveyer.domain.lists.operations.views import may_change
from konveyer.domain.lists.queries.views import seen_views
from konveyer.domain.notes.queries.people_lists import chosen_columns
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.clock import now
from konveyer.kit.refusal import Forbidden, Invalid, NotFound
from konveyer.web.base.answers import ask, go
from konveyer.web.base.typed import Typed, known_id, typed, version
from konveyer.web.lists.tabs import ADDRESSES, address_of
from konveyer.web.work import WorkRequest, work

RIGHTS = {"companies": Right.BASE_READ, "people": Right.BASE_READ, "leads": Right.LEADS_WORK}


@work()
@require_http_methods(["GET", "POST"])
def keep(request: WorkRequest, name: str) -> HttpResponse:
    """What the list shows now, under a name."""
    _require_list(request, name)
    form = typed(request.POST, "name", "shared", "query")
    form.values["pinned"] = request.method == "GET" or "pinned" in request.POST
    if request.method == "POST":
        try:
            view = keep_view(
                actor=request.actor,
                at=now(),
                list_name=name,
                facts=_facts(request, name, form.values, form.values["query"]),
            )
        except (Invalid, Forbidden) as refusal:
            return _dialog(request, form.refused(refusal), None, 422)
        if "usual" in request.POST:
            open_with(actor=request.actor, list_name=name, view_id=view.pk)
        return go(request, address_of(view), _("The view is kept."))
    form.values["query"] = _now_shown(request)
    return _dialog(request, form, None)


@work()
@require_http_methods(["GET", "POST"])
def change(request: WorkRequest, view_id: UUID) -> HttpResponse:
    """Its name, sharing and place; on request what the list shows now becomes its selection."""
    view = _seen(request, view_id)
    if not may_change(request.actor, view):
        raise Forbidden(
            "not_yours", _("Only its owner, or whoever gives work to others, may change this view.")
        )
    if request.method == "POST":
        form = typed(request.POST, "name", "shared", "query")
        form.values |= {"pinned": "pinned" in request.POST, "version": version(request.POST)}
        query = form.values["query"] if "renew" in request.POST else None
        try:
            changed = change_view(
                actor=request.actor, at=now(), view_id=view_id, version=form.values["version"],
                facts=_facts(request, view.list, form.values, query, view),
            )  # fmt: skip
        except (Invalid, Forbidden) as refusal:
            return _dialog(request, form.refused(refusal), view, 422)
        return go(request, address_of(changed), _("Saved."))
    values = {"name": view.name, "shared": view.shared, "pinned": view.pinned, "version": view.version}
    return _dialog(request, Typed({**values, "query": _now_shown(request)}), view)


@require_POST
@work()
def drop(request: WorkRequest, view_id: UUID) -> HttpResponse:
    """The view goes; the records stay."""
    view = drop_view(actor=request.actor, at=now(), view_id=view_id)
    return go(
        request,
        f"{reverse(ADDRESSES[view.list])}?view=",
        _("The view is dropped; the records it showed stay."),
    )


@require_POST
@work()
def usual(request: WorkRequest, name: str) -> HttpResponse:
    """The list opens with this view from now on; with none it opens with all records."""
    _require_list(request, name)
    chosen = known_id(request.POST.get("view", ""))
    open_with(actor=request.actor, list_name=name, view_id=chosen)
    back = address_of(_seen(request, chosen)) if chosen else f"{reverse(ADDRESSES[name])}?view="
    said = _("The list opens with this view now.") if chosen else _("The list opens with all records now.")
    return go(request, back, said)


def _require_list(request: WorkRequest, name: str) -> None:
    if name not in RIGHTS:
        raise NotFound("list_unknown", _("There is no such list."))
    request.actor.require(RIGHTS[name])


def _seen(request: WorkRequest, view_id: UUID) -> SavedView:
    view = seen_views(request.actor).filter(pk=view_id).first()
    if view is None:
        raise NotFound("view_not_found", _("There is no such view, or it is not shared with you."))
    return view


def _facts(
    request: WorkRequest, name: str, values: dict[str, Any], query: str | None, view: SavedView | None = None
) -> ViewFacts:
    """`query` None: the selection and the columns stay as they are."""
    if query is None and view is not None:
        kept, columns = view.query | ({"sort": view.sort} if view.sort else {}), tuple(view.columns)
    else:
        kept = dict(parse_qsl(query or ""))
        columns = tuple(chosen_columns(request.actor, name) or ())
    return ViewFacts(values["name"], kept, columns, values["shared"] or "own", bool(values["pinned"]))


def _now_shown(request: WorkRequest) -> str:
    """The parameters of the list from which the dialog was opened."""
    return (
        request.headers.get("HX-Current-URL", "").partition("?")[2].replace("\n", "").replace("\r", "")[:4000]
    )


def _dialog(request: WorkRequest, form: Typed, view: SavedView | None, status: int = 200) -> HttpResponse:
    shared = [("own", _("only mine")), ("team", _("my team"))]
    if request.actor.may(Right.LEADS_ASSIGN) or (view and view.shared == "all"):
        shared.append(("all", _("everybody")))
    return ask(request, "lists/view.html", {"form": form, "view": view, "sharings": shared}, status)

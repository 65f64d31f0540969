"""The lists of companies, people and leads: filters, columns, orders, pages both ways."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from konveyer.domain.labels.queries.tags import tags
from konveyer.domain.labels.rules.label_filter import LabelFilter
from konveyer.domain.lists.models import SavedView
from konveyer.domain.lists.operations.bulk import RIGHTS as BULK_RIGHTS
from konveyer.domain.notes.queries import people_lists
from konveyer.domain.notes.rules.base_filter import BaseFilter, parse
from konveyer.domain.people.operations import choose_columns
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import NotFound
from konveyer.web.base import drawing, marks
from konveyer.web.base.answers import ask, go
from konveyer.web.base.columns import BY_LIST, OWN, SUBJECTS, Column, columns_of, keys, usual
from konveyer.web.kit.tags.numbers import day_short
from konveyer.web.labels.words import wished
from konveyer.web.lists.tabs import led_on, opened, tabs
from konveyer.web.work import WorkRequest, work

RIGHTS = {"companies": Right.BASE_READ, "people": Right.BASE_READ, "leads": Right.LEADS_WORK}
ADDRESSES = {"companies": "companies", "people": "contacts", "leads": "leads"}


@dataclass(frozen=True)
class Look:
    """How a list is looked at: under which view, in which columns."""

    name: str
    view: SavedView | None
    columns: list[Column]

    @property
    def own(self) -> bool:
        """Whether fields of the workspace's own are among the columns."""
        return any(column.key.startswith(OWN) for column in self.columns)


@work(Right.BASE_READ)
@require_GET
def companies(request: WorkRequest) -> HttpResponse:
    """Companies, fifty at a time."""
    return _people(request, "companies", people_lists.companies)


@work(Right.BASE_READ)
@require_GET
def contacts(request: WorkRequest) -> HttpResponse:
    """People, fifty at a time."""
    return _people(request, "people", people_lists.contacts)


def _people(request: WorkRequest, name: str, read: Any) -> HttpResponse:
    elsewhere = led_on(request, name)
    if elsewhere is not None:
        return elsewhere
    wanted = parse(request.GET)
    sort = sort_of(request, people_lists.ORDERS, people_lists.USUAL)
    after, before = place(request)
    shown = look(request, name)
    listed = read(request.actor, wanted, sort=sort, after=after, before=before, own=shown.own)
    rows = [(line.record.pk, line) for line in listed.lines]
    return table(
        request,
        shown,
        listed,
        rows,
        sort,
        {
            "wanted": wanted,
            "roles": marks.ROLES.items(),
            **classed(request, wanted),
            **label_bar(request, SUBJECTS[name], wanted.labels),
        },
    )


def label_bar(request: WorkRequest, subject: str, wanted: LabelFilter) -> dict[str, Any]:
    """Tags to choose from in the bar, and what is chosen, of tags and of own fields; a part of the page does not need them."""
    if request.htmx and request.htmx.target == "list":
        return {}
    known = tags(request.actor, all_of_them=True) if subject != "lead" or wanted.tags else []
    chosen = ",".join(str(pk) for pk in wanted.tags)
    choices = [(str(tag.pk), tag.name) for tag in known if tag.retired_at is None or tag.pk in wanted.tags]
    if len(wanted.tags) > 1:
        choices.insert(0, (chosen, " + ".join(tag.name for tag in known if tag.pk in wanted.tags)))
    return {
        "tag_choices": choices,
        "tag_chosen": chosen,
        "wishes": [(wish.name, wish.value) for wish in wanted.fields],
        "view_kept": request.GET.get("view"),
        "tag_chip": (without(request, "tag"), " + ".join(tag.name for tag in known if tag.pk in wanted.tags))
        if wanted.tags
        else None,
        "wish_chips": [
            (without(request, name), words) for name, words in wished(request.actor, subject, wanted)
        ],
    }


def classed(request: WorkRequest, wanted: BaseFilter) -> dict[str, Any]:
    """Classes of the portfolio to choose from, and the move between them that the address asks for."""
    told: dict[str, Any] = {"classes": marks.CLASSES.items()}
    if not wanted.move:
        return told
    days = [day_short(day) if day else "…" for day in (wanted.move_from, wanted.move_to)]
    words = f"{marks.MOVES[wanted.move]}: {' – '.join(dict.fromkeys(days))}"
    names = ("move", "move_from", "move_to")
    kept = [(name, text) for name, text in wanted.as_query().items() if name in names]
    return told | {"move_kept": kept, "move_chip": (without(request, *names), words)}


def without(request: WorkRequest, *names: str) -> str:
    """This address with these parameters less."""
    query = request.GET.copy()
    for gone in (*names, "after", "before"):
        query.pop(gone, None)
    return f"{request.path}?{query.urlencode()}"


def look(request: WorkRequest, name: str) -> Look:
    """The list under the view that the address names, else in the member's own columns."""
    view = opened(request, name)
    return Look(name, view, chosen(request, name, view))


def table(
    request: WorkRequest,
    shown: Look,
    listed: Any,
    rows: Sequence[tuple[object, Any]],
    sort: str,
    more: dict[str, Any],
) -> HttpResponse:
    """The page of a list, or the table alone for a request of a part."""
    name, columns = shown.name, shown.columns
    may_bulk = request.actor.may(BULK_RIGHTS[name])
    context = {
        "list": name,
        "may_bulk": may_bulk,
        **tabs(request, name, shown.view),
        "columns": columns,
        "rows": drawing.rows(columns, rows, ticks=may_bulk),
        "page": listed.page,
        "count": listed.count,
        "more": listed.more,
        "sort": sort,
        "may_export": request.actor.may(Right.BASE_EXPORT),
        **more,
    }
    part = request.htmx and request.htmx.target == "list"
    answer = render(request, "base/table.html" if part else f"base/{name}.html", context)
    answer["Vary"] = "HX-Request"
    return answer


def chosen(request: WorkRequest, name: str, view: SavedView | None = None) -> list[Column]:
    """The columns that the member sees: those of the view, else his own; the name always."""
    known = BY_LIST[name]
    found = (
        (view.columns if view else None) or people_lists.chosen_columns(request.actor, name) or usual(known)
    )
    if any(key.startswith(OWN) for key in found):
        known = columns_of(request.actor.workspace_id, name)
    return [column for column in known if column.key in found or column.key == "name"]


def place(request: WorkRequest) -> tuple[str | None, str | None]:
    """Where in the list: the cursors after and before which to read."""
    return request.GET.get("after") or None, request.GET.get("before") or None


def sort_of(request: WorkRequest, orders: Mapping[str, Sequence[str]], fallback: str) -> str:
    """The order asked for, if there is such an order."""
    wanted = request.GET.get("sort", "")
    return wanted if wanted in orders else fallback


@work()
@require_http_methods(["GET", "POST"])
def columns(request: WorkRequest, name: str) -> HttpResponse:
    """Choose the columns of a list; they are remembered for this member."""
    if name not in BY_LIST:
        raise NotFound("list_unknown", _("There is no such list."))
    request.actor.require(RIGHTS[name])
    if request.method == "GET":
        context = {
            "columns": columns_of(request.actor.workspace_id, name)[1:],
            "chosen": keys(chosen(request, name)),
            "back": _back(request),
        }
        return ask(request, "base/columns.html", context)
    wanted = ["name", *request.POST.getlist("column")]
    allowed = keys(columns_of(request.actor.workspace_id, name))
    choose_columns(actor=request.actor, name=name, columns=wanted, allowed=allowed)
    return go(request, marks.address(ADDRESSES[name]) + _back(request))


def _back(request: WorkRequest) -> str:
    """The parameters of the list that one came from: only a query, never an address."""
    text = request.POST.get("back") or request.headers.get("HX-Current-URL", "").partition("?")[2]
    return f"?{text.lstrip('?')}" if text and "\n" not in text and "\r" not in text else ""

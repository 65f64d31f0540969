"""The list of leads, beside the board."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from konveyer.domain.conveyor.queries import conveyors
from konveyer.domain.labels.rules import label_filter
from konveyer.domain.labels.rules.label_filter import LabelFilter
from konveyer.domain.leads.rules.lead_filter import LeadFilter, parse
from konveyer.domain.notes.queries import lead_list
from konveyer.domain.notes.queries.lead_rows import lead_rows
from konveyer.domain.notes.rules.base_filter import plain_text
from konveyer.domain.workspace.queries import member_names
from konveyer.domain.workspace.rules.rights import Right
from konveyer.web.base import marks
from konveyer.web.base.lists import label_bar, look, place, sort_of, table, without
from konveyer.web.kit.tags.numbers import day_short
from konveyer.web.lists.tabs import led_on
from konveyer.web.work import WorkRequest, work

IN_BAR = ("state", "conveyor", "owner", "first", "last")


@work(Right.LEADS_WORK)
@require_GET
def leads(request: WorkRequest) -> HttpResponse:
    """Leads in view, fifty at a time; figures open it with their own filter."""
    elsewhere = led_on(request, "leads")
    if elsewhere is not None:
        return elsewhere
    wanted, text = parse(request.GET.dict()), plain_text(request.GET.get("q", ""))
    sort = sort_of(request, lead_list.ORDERS, lead_list.USUAL)
    after, before = place(request)
    labels = label_filter.parse(request.GET)
    shown = look(request, "leads")
    listed = lead_rows(
        request.actor, wanted, text=text, labels=labels, sort=sort, after=after, before=before, own=shown.own
    )
    rows = [(line.pk, line) for line in listed.lines]
    return table(request, shown, listed, rows, sort, _bar(request, wanted, text, labels))


def _bar(request: WorkRequest, wanted: LeadFilter, text: str, labels: LabelFilter) -> dict[str, Any]:
    """What the bar shows; a part of the page does not need it."""
    if request.htmx and request.htmx.target == "list":
        return {
            "wanted": wanted,
            "text": text,
            "narrows": bool(text or labels.narrows or wanted != LeadFilter()),
        }
    chips = [(without(request, name), words) for name, words in _chips(wanted)]
    return {
        "wanted": wanted,
        "text": text,
        "chips": chips,
        "narrows": bool(text or chips or labels.narrows or wanted != LeadFilter()),
        "states": [(code, words) for code, (_kind, words) in marks.STATES.items()],
        "conveyors": conveyors(request.actor.workspace_id),
        "owners": _owners(request),
        **label_bar(request, "lead", labels),
        "kept": [
            (name, value)
            for name, value in wanted.as_query().items()
            if name not in ("state", "conveyor", "owner", "from", "to")
        ],
    }


def _owners(request: WorkRequest) -> list[tuple[str, str]]:
    """Members whose leads the reader sees; nothing to choose from when that is himself alone."""
    seen = request.actor.seen_members
    if seen is not None and len(seen) < 2:
        return []
    return [
        (str(pk), name) for pk, name in member_names(request.actor.workspace_id) if seen is None or pk in seen
    ]


def _chips(wanted: LeadFilter) -> Iterator[tuple[str, str]]:
    """(parameter, words) for each narrowing that the bar has no field for."""
    values = {one.name: getattr(wanted, one.name) for one in fields(wanted) if one.name not in IN_BAR}
    for name, words in _words().items():
        value = values.get(name)
        if not value:
            continue
        shown = "" if value is True else day_short(value) if hasattr(value, "isoformat") else str(value)
        yield name, f"{words}: {shown}" if shown else words


def _words() -> dict[str, str]:
    return {
        "stage": _("stage"),
        "reached": _("came to the stage"),
        "reached_from": _("came there since"),
        "reached_to": _("came there until"),
        "origin": _("source"),
        "page": _("page"),
        "telemarketer": _("telemarketer"),
        "closer": _("closer"),
        "without": pgettext("filter", "not stated"),
        "doubtful": _("doubtful: won before they came in"),
        "won_from": _("won since"),
        "won_to": _("won until"),
        "mine": _("without queues"),
    }

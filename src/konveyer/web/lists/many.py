"""One action on many records: chosen in a dialog, looked at, done, taken back."""

import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from konveyer.adapters.tables.writing import write_csv
from konveyer.domain.labels.queries.fields import fields_of, options_of
from konveyer.domain.labels.queries.tags import tags
from konveyer.domain.lists.models import BulkAction
from konveyer.domain.lists.operations import bulk
from konveyer.domain.lists.queries import actions
from konveyer.domain.lists.queries.ways import live_ways
from konveyer.domain.lists.rules.actions import OF_LIST, WORKING
from konveyer.domain.lists.rules.selection import LISTS, SUBJECTS
from konveyer.domain.workspace.queries import members
from konveyer.kit.clock import now
from konveyer.kit.refusal import Forbidden, Invalid, NotFound
from konveyer.web.base.answers import ask, go
from konveyer.web.base.typed import Typed, known_id, typed
from konveyer.web.lists.wording import ACTION_NAMES, record_name, said
from konveyer.web.work import WorkRequest, work

PARAMS = ("action", "member", "tag", "field", "value", "stage", "reason", "note", "scope", "query")


@work()
@require_http_methods(["GET", "POST"])
def new(request: WorkRequest, name: str) -> HttpResponse:
    """What to do with the ticked rows, or with everything that the filter finds; then the look at what would happen."""
    if name not in LISTS:
        raise NotFound("list_unknown", _("There is no such list."))
    request.actor.require(bulk.RIGHTS[name])
    given = request.POST if request.method == "POST" else request.GET
    picked = [found for text in given.getlist("pick") if (found := known_id(text))]
    form = typed(given, *PARAMS)
    if request.method == "POST" and form.values["action"]:
        everything = form.values["scope"] == "all"
        try:
            asked = bulk.ask(
                actor=request.actor, at=now(), list_name=name, action=form.values["action"], params=form.values,
                ids=picked, query=dict(parse_qsl(form.values["query"])) if everything else None,
            )  # fmt: skip
        except (Invalid, Forbidden) as refusal:
            return _dialog(request, name, picked, form.refused(refusal), 422)
        return go(request, reverse("bulk", args=[asked.pk]))
    form.values["query"] = _shown(request)
    form.values["scope"] = "picked" if picked else "all"
    return _dialog(request, name, picked, form)


def _shown(request: WorkRequest) -> str:
    return (
        request.headers.get("HX-Current-URL", "").partition("?")[2].replace("\n", "").replace("\r", "")[:4000]
    )


def _dialog(
    request: WorkRequest, name: str, picked: list[UUID], form: Typed, status: int = 200
) -> HttpResponse:
    actor, subject = request.actor, SUBJECTS[name]
    known = fields_of(actor.workspace_id, subject, in_use=True)
    options = options_of(known, in_use=True)
    ways = live_ways(actor.workspace_id) if name == "leads" else []
    context: dict[str, Any] = {
        "form": form,
        "list": name,
        "picked": picked,
        "actions": [(code, ACTION_NAMES[code]) for code in OF_LIST[name]],
        "tags": [(str(tag.pk), tag.name) for tag in tags(actor)],
        "own": [
            (field.key, f"{field.name}: {', '.join(one.name for one in options[field.pk])}" if options.get(field.pk) else field.name)
            for field in known
        ],
        "people": [("", _("the queue of the stage")), *((str(one.pk), one.name) for one in members(actor.workspace_id))] if name == "leads" else [],
        "stages": [(f"{way.code}/{key}", f"{way.name}: {words}" if len(ways) > 1 else words) for way in ways for key, words in way.stages],
        "reasons": [(f"{way.code}/{code}", f"{way.name}: {words}" if len(ways) > 1 else words) for way in ways for code, words in way.reasons],
    }  # fmt: skip
    return ask(request, "lists/bulk_new.html", context, status)


@work()
@require_GET
def one(request: WorkRequest, action_id: UUID) -> HttpResponse:
    """What would happen, what happened, what came back; read anew while it is under way."""
    return _page(request, actions.one(request.actor, action_id))


@require_POST
@work()
def do(request: WorkRequest, action_id: UUID) -> HttpResponse:
    """Do what was looked at."""
    bulk.do(actor=request.actor, at=now(), action_id=action_id)
    return go(request, reverse("bulk", args=[action_id]))


@require_POST
@work()
def back(request: WorkRequest, action_id: UUID) -> HttpResponse:
    """Take it back."""
    bulk.take_back(actor=request.actor, at=now(), action_id=action_id)
    return go(request, reverse("bulk", args=[action_id]))


@work()
@require_GET
def kept_file(request: WorkRequest, action_id: UUID) -> FileResponse:
    """All records that stay as they are, with why, as a CSV."""
    asked = actions.one(request.actor, action_id)
    rows = ([record_name(step), step.said] for step in actions.every_kept(request.actor, asked))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kept.csv"
        write_csv(path, [_("Record"), _("Why")], rows)
        file = path.open("rb")  # its name goes with the folder, its content stays until it is sent
    return FileResponse(file, as_attachment=True, filename="kept.csv", content_type="text/csv; charset=utf-8")


@work()
@require_GET
def latest(request: WorkRequest) -> HttpResponse:
    """Actions on many records, newest first."""
    rows = [(asked, said(request.actor, asked)) for asked in actions.latest(request.actor)]
    return render(request, "lists/bulk_list.html", {"rows": rows})


def _page(request: WorkRequest, asked: BulkAction) -> HttpResponse:
    working = asked.state in WORKING
    context = {
        "asked": asked,
        "said": said(request.actor, asked),
        "working": working,
        "groups": [] if working else actions.kept(request.actor, asked),
        "changes": [] if working else actions.changed(request.actor, asked),
        "list_url": reverse({"companies": "companies", "people": "contacts", "leads": "leads"}[asked.list]),
        "may_take_back": asked.state == "done" and asked.changed > 0,
    }
    part = request.htmx and request.htmx.target == "bulk"
    return render(request, "lists/bulk_part.html" if part else "lists/bulk.html", context)

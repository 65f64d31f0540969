"""The fields of one record, in a dialog; and the filter by fields of a list."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from konveyer.domain.labels.models import CustomField
from konveyer.domain.labels.operations import fill_fields
from konveyer.domain.labels.operations.filling import WORDS
from konveyer.domain.labels.queries.fields import fields_of, options_of, values_of
from konveyer.domain.labels.queries.tags import require_seen, tags
from konveyer.domain.labels.rules.label_filter import parse
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.clock import now
from konveyer.kit.refusal import Invalid, NotFound
from konveyer.web.base.answers import ask, go
from konveyer.web.base.typed import version
from konveyer.web.labels.words import typed
from konveyer.web.lead.answers import done
from konveyer.web.work import WorkRequest, work

LISTS = {
    "companies": ("company", Right.BASE_READ),
    "people": ("contact", Right.BASE_READ),
    "leads": ("lead", Right.LEADS_WORK),
}
ADDRESSES = {"companies": "companies", "people": "contacts", "leads": "leads"}


@work()
@require_http_methods(["GET", "POST"])
def record_fields(request: WorkRequest, kind: str, pk: UUID) -> HttpResponse:
    """All fields in use, and those out of use that are filled here."""
    if kind != "lead":
        request.actor.require(Right.BASE_EDIT)
    now_at = require_seen(request.actor, kind, pk)
    filled = {one.field.pk: one for one in values_of(request.actor.workspace_id, kind, [pk]).get(pk, [])}
    known = [
        one
        for one in fields_of(request.actor.workspace_id, kind)
        if one.retired_at is None or one.pk in filled
    ]
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for one in known:
        raw = filled[one.pk].raw if one.pk in filled else []
        values[one.key] = [str(value) for value in raw] if one.kind == "choices" else typed(one, raw)
    if request.method == "POST":
        for one in known:
            name = f"field-{one.key}"
            values[one.key] = (
                request.POST.getlist(name)
                if one.kind == "choices"
                else request.POST.get(name, "").replace("\0", "")
            )
        try:
            fill_fields(
                actor=request.actor, at=now(), kind=kind, pk=pk, given=values, version=version(request.POST),
                whole=True,
            )  # fmt: skip
        except Invalid as refusal:
            errors = {key: str(WORDS[str(why)]) for key, why in refusal.fields.items() if str(why) in WORDS}
            return _dialog(request, known, values, errors, now_at, 422)
        if kind == "lead" and request.htmx:
            return done(_("Saved."))
        return go(request, reverse(kind, args=[pk]), _("Saved."))
    return _dialog(request, known, values, errors, now_at)


def _dialog(
    request: WorkRequest, known: list[CustomField], values: dict[str, Any], errors: dict[str, str], seen: int,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    options = options_of(known)
    rows = [
        {
            "field": one,
            "name": f"field-{one.key}",
            "value": values[one.key],
            "error": errors.get(one.key, ""),
            "options": [
                *([("", "—")] if one.kind == "choice" else []),
                *(
                    (str(option.pk), option.name)
                    for option in options.get(one.pk, [])
                    if option.retired_at is None or str(option.pk) in values[one.key]
                ),
            ],
        }
        for one in known
    ]
    yes_no = [("", "—"), ("yes", _("yes")), ("no", _("no"))]
    context = {
        "rows": rows, "version": request.POST.get("version") or seen, "yes_no": yes_no,
        "may_make": request.actor.may(Right.CONVEYOR_EDIT),
    }  # fmt: skip
    return ask(request, "labels/record_fields.html", context, status)


@work()
@require_GET
def narrow(request: WorkRequest, name: str) -> HttpResponse:
    """The filter by tags and fields: a form that leads on to the list."""
    if name not in LISTS:
        raise NotFound("list_unknown", _("There is no such list."))
    subject, right = LISTS[name]
    request.actor.require(right)
    query = request.GET or QueryDict(request.headers.get("HX-Current-URL", "").partition("?")[2])
    wanted = parse(query)
    wishes = {wish.name: wish.value for wish in wanted.fields}
    known = fields_of(request.actor.workspace_id, subject)
    options = options_of(known)
    rows = [
        {
            "field": one,
            "is": wishes.get(f"f.{one.key}", ""),
            "from": wishes.get(f"f.{one.key}.from", ""),
            "to": wishes.get(f"f.{one.key}.to", ""),
            "options": [
                ("", _("any or none")), ("*", _("filled")), ("-", _("empty")),
                *((str(option.pk), option.name) for option in options.get(one.pk, [])),
                *([("yes", _("yes")), ("no", _("no"))] if one.kind == "yes" else []),
            ],
        }
        for one in known
    ]  # fmt: skip
    kept = [
        (key, value)
        for key, value in query.items()
        if not key.startswith("f.") and key not in ("tag", "after", "before")
    ]
    context = {
        "action": reverse(ADDRESSES[name]),
        "rows": rows,
        "kept": kept,
        "tags": [(tag, tag.pk in wanted.tags) for tag in tags(request.actor, all_of_them=True)],
    }
    return ask(request, "labels/narrow.html", context)

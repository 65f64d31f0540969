"""The workspace's own fields in the settings."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from konveyer.domain.labels.models import CustomField
from konveyer.domain.labels.operations.fields import (
    FieldFacts,
    change_field,
    create_field,
    move_field,
    option_names,
    retire_field,
)
from konveyer.domain.labels.queries.fields import fields_of, options_of
from konveyer.domain.labels.rules.fields import CHOOSING, SUBJECTS
from konveyer.domain.staff.queries.find import find
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import clock
from konveyer.kit.refusal import NotFound
from konveyer.web.labels.words import KIND_NAMES, OF_SUBJECT
from konveyer.web.setup.answer import attempt, done, page
from konveyer.web.work import WorkRequest, work

HERE = "setup-fields"


class FieldForm(forms.Form):
    """A field: the kind is chosen once, when it is made."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=list(KIND_NAMES.items()))
    options = forms.CharField(
        label=gettext_lazy("Options"), required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("For a choice: one a line. One that is taken out stays where it was chosen."),
    )  # fmt: skip
    hint = forms.CharField(label=gettext_lazy("Hint under the field"), max_length=200, required=False)
    required = forms.BooleanField(label=gettext_lazy("Has to be filled when somebody edits"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, field: CustomField | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field is not None:
            del self.fields["kind"]
            if field.kind not in CHOOSING:
                del self.fields["options"]


@work(Right.CONVEYOR_EDIT)
def fields(request: WorkRequest) -> HttpResponse:
    """All fields, by the kind of record."""
    rows = fields_of(request.actor.workspace_id)
    options = options_of(rows, in_use=True)
    groups = []
    for subject in SUBJECTS:
        mine = [row for row in rows if row.subject == subject]
        mine.sort(key=lambda row: row.retired_at is not None)
        groups.append(
            {
                "subject": subject,
                "words": OF_SUBJECT[subject],
                "fields": [
                    (row, KIND_NAMES[row.kind], [one.name for one in options.get(row.pk, [])]) for row in mine
                ],
            }
        )
    return page(request, "labels/fields_setup", HERE, {"groups": groups, "any": bool(rows)})


@work(Right.CONVEYOR_EDIT)
def new(request: WorkRequest, subject: str) -> HttpResponse:
    """A new field of companies, people or leads."""
    return _form(request, None, subject, {"kind": "text"})


@work(Right.CONVEYOR_EDIT)
def field(request: WorkRequest, field_id: UUID) -> HttpResponse:
    """A field to change."""
    row = find(CustomField, request.actor.workspace_id, field_id)
    return _form(
        request, row, row.subject,
        {
            "name": row.name, "hint": row.hint, "required": row.required, "version": row.version,
            "options": "\n".join(option_names(row)),
        },
    )  # fmt: skip


def _form(
    request: WorkRequest, row: CustomField | None, subject: str, initial: dict[str, Any]
) -> HttpResponse:
    form = FieldForm(request.POST or None, initial=initial, field=row)
    status = 200
    if request.method == "POST":

        def act(name: str, hint: str, required: bool, version: int | None, **rest: str) -> CustomField:
            facts = FieldFacts(name, hint, required, tuple(rest.get("options", "").splitlines()))
            if row is None:
                return create_field(
                    actor=request.actor, at=clock.now(), subject=subject, kind=rest["kind"], facts=facts
                )
            return change_field(
                actor=request.actor, at=clock.now(), field_id=row.pk, version=version or 0, facts=facts
            )

        tried = attempt(form, act)
        if tried.done:
            return done(request, gettext_lazy("Saved."), HERE)
        status = tried.status
    title = row.name if row else _("New field of %(whose)s") % {"whose": OF_SUBJECT[subject]}
    return page(request, "form", HERE, {"form": form, "title": title}, status)


@require_POST
@work(Right.CONVEYOR_EDIT)
def move(request: WorkRequest, field_id: UUID, way: str) -> HttpResponse:
    """One place up or down."""
    if way not in ("up", "down"):
        raise NotFound("way_unknown", _("Fields move up or down."))
    move_field(actor=request.actor, at=clock.now(), field_id=field_id, up=way == "up")
    return done(request, gettext_lazy("Moved."), HERE)


@require_POST
@work(Right.CONVEYOR_EDIT)
def retire(request: WorkRequest, field_id: UUID) -> HttpResponse:
    """Out of use, or in use again; the values stay."""
    row = find(CustomField, request.actor.workspace_id, field_id)
    was = row.retired_at is not None
    retire_field(actor=request.actor, at=clock.now(), field_id=field_id, retired=not was)
    said = (
        gettext_lazy("The field is in use again.")
        if was
        else gettext_lazy("The field is not asked for any more; what was filled in stays.")
    )
    return done(request, said, HERE)

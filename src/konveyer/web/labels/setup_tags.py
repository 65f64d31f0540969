"""The list of tags in the settings."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from konveyer.domain.labels.models import Tag
from konveyer.domain.labels.operations import change_tag, create_tag, merge_tags, retire_tag
from konveyer.domain.labels.queries import tags as queries
from konveyer.domain.staff.queries.find import find
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import clock
from konveyer.web.labels.marks import COLOR_NAMES
from konveyer.web.setup.answer import attempt, done, page
from konveyer.web.work import WorkRequest, work

HERE = "setup-tags"


class TagForm(forms.Form):
    """A tag."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    color = forms.ChoiceField(label=gettext_lazy("Colour"), choices=list(COLOR_NAMES.items()))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class MergeForm(forms.Form):
    """Into which tag another one goes."""

    into = forms.TypedChoiceField(label=gettext_lazy("Stays"), coerce=UUID)

    def __init__(self, *args: object, tags: list[Tag], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["into"].choices = [(str(tag.pk), tag.name) for tag in tags]  # type: ignore[attr-defined]


@work(Right.CONVEYOR_EDIT)
def tags(request: WorkRequest) -> HttpResponse:
    """All tags with how many records bear them."""
    rows = queries.counted(request.actor)
    context = {
        "used": [row for row in rows if row.tag.retired_at is None],
        "retired": [row for row in rows if row.tag.retired_at is not None],
        "colors": COLOR_NAMES,
        "most": queries.MOST_COUNTED,
    }
    return page(request, "labels/tags_setup", HERE, context)


@work(Right.CONVEYOR_EDIT)
def tag(request: WorkRequest, tag_id: UUID | None = None) -> HttpResponse:
    """A new tag, or one to change."""
    row = find(Tag, request.actor.workspace_id, tag_id) if tag_id else None
    initial = {"name": row.name, "color": row.color, "version": row.version} if row else {"color": "blue"}
    form = TagForm(request.POST or None, initial=initial)
    status = 200
    if request.method == "POST":

        def act(name: str, color: str, version: int | None) -> Tag:
            given = {"actor": request.actor, "at": clock.now(), "name": name, "color": color}
            if row is None:
                return create_tag(**given)  # type: ignore[arg-type]
            return change_tag(tag_id=row.pk, version=version or 0, **given)  # type: ignore[arg-type]

        tried = attempt(form, act)
        if tried.done:
            return done(request, gettext_lazy("Saved."), HERE)
        status = tried.status
    context = {"form": form, "title": row.name if row else _("New tag")}
    return page(request, "form", HERE, context, status)


@work(Right.CONVEYOR_EDIT)
def merge(request: WorkRequest, tag_id: UUID) -> HttpResponse:
    """One tag becomes another on every record."""
    row = find(Tag, request.actor.workspace_id, tag_id)
    others = [other for other in queries.tags(request.actor, all_of_them=True) if other.pk != row.pk]
    form = MergeForm(request.POST or None, tags=others)
    status = 200
    if request.method == "POST":
        tried = attempt(
            form,
            lambda into: merge_tags(actor=request.actor, at=clock.now(), tag_id=tag_id, into_id=into),
        )
        if tried.done:
            return done(request, gettext_lazy("The two tags are one now."), HERE)
        status = tried.status
    context = {
        "form": form,
        "title": _("Merge “%(name)s” into another tag") % {"name": row.name},
        "submit": _("Merge"),
    }
    return page(request, "form", HERE, context, status)


@require_POST
@work(Right.CONVEYOR_EDIT)
def retire(request: WorkRequest, tag_id: UUID) -> HttpResponse:
    """Out of use, or in use again."""
    row = find(Tag, request.actor.workspace_id, tag_id)
    was = row.retired_at is not None
    retire_tag(actor=request.actor, at=clock.now(), tag_id=tag_id, retired=not was)
    said = (
        gettext_lazy("The tag is in use again.")
        if was
        else gettext_lazy("The tag is not offered any more; it stays on the records that bear it.")
    )
    return done(request, said, HERE)

"""The workspace's list of tags: new ones, other names and colours, two made one, out of use."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from konveyer.domain.journal.operations import changes, record
from konveyer.domain.labels.models import Tag, TagUse
from konveyer.domain.labels.rules.tags import COLORS, KINDS, key_of, name_of, wrong_in
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import Invalid, NotFound, Stale

WRONG = {
    "empty": _("A tag needs a name."),
    "too_long": _("The name of a tag has at most 60 letters."),
    "separator": _("Commas and semicolons separate tags: leave them out of the name."),
}


@transaction.atomic
def create_tag(*, actor: Actor, at: datetime, name: str, color: str = "gray") -> Tag:
    """A new tag. Raises Forbidden, Invalid for a name that cannot be or is taken."""
    actor.require(Right.BASE_EDIT)
    ready = _checked(actor, name, color, None)
    tag = Tag(workspace_id=actor.workspace_id, created_at=at, **ready)
    tag.save(force_insert=True)
    _journal(tag, actor, at, "created", {}, {"name": tag.name, "color": tag.color})
    return tag


@transaction.atomic
def change_tag(
    *,
    actor: Actor,
    at: datetime,
    tag_id: UUID,
    version: int,
    name: str | None = None,
    color: str | None = None,
) -> Tag:
    """Another name or colour (None: the same), everywhere at once. Raises Forbidden, NotFound, Stale, Invalid."""
    tag = _hold(actor, tag_id)
    if tag.version != version:
        raise Stale(
            "tag_changed",
            _("Somebody changed this tag meanwhile. Nothing was overwritten: look again."),
            details={"your_version": version, "version": tag.version},
        )
    ready = _checked(actor, tag.name if name is None else name, color or tag.color, tag_id)
    before, after = changes(
        {"name": tag.name, "color": tag.color}, {name: ready[name] for name in ("name", "color")}
    )
    if not after:
        return tag
    for field, value in ready.items():
        setattr(tag, field, value)
    tag.version += 1
    tag.save()
    _journal(tag, actor, at, "changed", before, after)
    return tag


@transaction.atomic
def retire_tag(*, actor: Actor, at: datetime, tag_id: UUID, retired: bool = True) -> Tag:
    """Out of use, or in use again: it stays on the records that bear it. Raises Forbidden, NotFound."""
    tag = _hold(actor, tag_id)
    if (tag.retired_at is not None) == retired:
        return tag
    tag.retired_at = at if retired else None
    tag.version += 1
    tag.save()
    _journal(tag, actor, at, "retired" if retired else "revived", {}, {"name": tag.name})
    return tag


@transaction.atomic
def merge_tags(*, actor: Actor, at: datetime, tag_id: UUID, into_id: UUID) -> Tag:
    """The first tag becomes the second on every record, and is gone. Raises Forbidden, NotFound, Invalid.

    Two statements for each kind of record, however many bear it.
    """
    if tag_id == into_id:
        raise Invalid("same_tag", _("Choose another tag to merge with."), fields={"into": "same"})
    first, second = sorted((tag_id, into_id))  # one order of locks for everybody
    held = {pk: _hold(actor, pk) for pk in (first, second)}
    gone, into = held[tag_id], held[into_id]
    moved = 0
    with connection.cursor() as cursor:
        for kind in KINDS:
            cursor.execute(
                f"""insert into tag_use (workspace_id, tag_id, {kind}_id, at, member_id)
                    select workspace_id, %(into)s, {kind}_id, at, member_id from tag_use
                     where workspace_id = %(w)s and tag_id = %(gone)s and {kind}_id is not null
                    on conflict (workspace_id, {kind}_id, tag_id) where {kind}_id is not null do nothing""",
                {"into": into_id, "gone": tag_id, "w": actor.workspace_id},
            )
    moved = TagUse.objects.filter(workspace_id=actor.workspace_id, tag_id=tag_id).delete()[0]
    gone.delete()
    into.version += 1
    into.save()
    _journal(into, actor, at, "merged", {"name": gone.name}, {"name": into.name, "records": moved})
    return into


def _hold(actor: Actor, tag_id: UUID) -> Tag:
    """The tag, locked, for whoever looks after the list of tags."""
    actor.require(Right.CONVEYOR_EDIT)
    rows = Tag.objects.select_for_update(of=("self",))
    found = rows.filter(workspace_id=actor.workspace_id, pk=tag_id).first()
    if found is None:
        raise NotFound("tag_not_found", _("There is no such tag any more. Look at the list again."))
    return found


def _checked(actor: Actor, name: str, color: str, but: UUID | None) -> dict[str, Any]:
    plain = name_of(name)
    wrong = wrong_in(plain)
    if wrong:
        raise Invalid("tag_name", WRONG[wrong], fields={"name": wrong})
    if color not in COLORS:
        raise Invalid("tag_color", _("There is no such colour."), fields={"color": "unknown"})
    same = Tag.objects.filter(workspace_id=actor.workspace_id, name_key=key_of(plain))
    if any(pk != but for pk in same.values_list("pk", flat=True)):
        raise Invalid(
            "tag_taken",
            _("There is a tag of this name already. Merge the two instead."),
            fields={"name": "taken"},
        )
    return {"name": plain, "name_key": key_of(plain), "color": color}


def _journal(
    tag: Tag, actor: Actor, at: datetime, action: str, before: dict[str, Any], after: dict[str, Any]
) -> None:
    record(
        actor=actor, at=at, subject="tag", subject_id=tag.pk, action=action, before=before, after=after
    )  # fmt: skip

"""The workspace's own fields: new ones, changed ones, their options, their order, out of use."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from konveyer.domain.journal.operations import changes, record
from konveyer.domain.labels.models import CustomField, FieldOption
from konveyer.domain.labels.rules.fields import (
    CHOOSING,
    FIELD_KINDS,
    MOST_FIELDS,
    MOST_OPTIONS,
    SUBJECTS,
    key_of,
)
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import Invalid, NotFound, Refused, Stale


@dataclass(frozen=True)
class FieldFacts:
    """What is decided about a field. `options` matter to fields of choice only, in their order."""

    name: str
    hint: str = ""
    required: bool = False
    options: tuple[str, ...] = ()


@transaction.atomic
def create_field(*, actor: Actor, at: datetime, subject: str, kind: str, facts: FieldFacts) -> CustomField:
    """A new field at the end of the others. Raises Forbidden, Invalid, Refused where there are too many."""
    actor.require(Right.CONVEYOR_EDIT)
    if subject not in SUBJECTS or kind not in FIELD_KINDS:
        raise Invalid("field_kind", _("There is no such kind of field."), fields={"kind": "unknown"})
    ready = _checked(actor, subject, kind, facts, None)
    rows = CustomField.objects.filter(workspace_id=actor.workspace_id, subject=subject)
    keys = set(rows.values_list("key", flat=True))
    if len(keys) >= MOST_FIELDS:
        raise Refused("fields_many", _("At most 100 fields for one kind of record."))
    field = CustomField(
        workspace_id=actor.workspace_id, subject=subject, kind=kind, key=_free(key_of(ready.name), keys),
        position=len(keys), created_at=at, name=ready.name, hint=ready.hint, required=ready.required,
    )  # fmt: skip
    field.save(force_insert=True)
    _store_options(field, ready.options, at)
    _journal(field, actor, at, "created", {}, _state(field, list(ready.options)))
    return field


@transaction.atomic
def change_field(
    *, actor: Actor, at: datetime, field_id: UUID, version: int, facts: FieldFacts
) -> CustomField:
    """Another name, hint, other options; kind and key stay. An option that is left out goes out of use.

    Raises Forbidden, NotFound, Stale, Invalid.
    """
    field = _hold(actor, field_id)
    if field.version != version:
        raise Stale(
            "field_changed",
            _("Somebody changed this field meanwhile. Nothing was overwritten: look again."),
            details={"your_version": version, "version": field.version},
        )
    ready = _checked(actor, field.subject, field.kind, facts, field_id)
    was = _state(field, option_names(field))
    field.name, field.hint, field.required = ready.name, ready.hint, ready.required
    _store_options(field, ready.options, at)
    before, after = changes(was, _state(field, list(ready.options)))
    if after:
        field.version += 1
        field.save()
        _journal(field, actor, at, "changed", before, after)
    return field


@transaction.atomic
def retire_field(*, actor: Actor, at: datetime, field_id: UUID, retired: bool = True) -> CustomField:
    """Out of use, or in use again; its values stay. Raises Forbidden, NotFound."""
    field = _hold(actor, field_id)
    if (field.retired_at is not None) != retired:
        field.retired_at = at if retired else None
        field.version += 1
        field.save()
        _journal(field, actor, at, "retired" if retired else "revived", {}, {"name": field.name})
    return field


@transaction.atomic
def move_field(*, actor: Actor, at: datetime, field_id: UUID, up: bool) -> CustomField:
    """One place up or down among the fields in use. At the end of the row nothing happens. Raises Forbidden, NotFound."""
    field = _hold(actor, field_id)
    rows = CustomField.objects.select_for_update(of=("self",)).filter(
        workspace_id=actor.workspace_id, subject=field.subject, retired_at__isnull=True
    )
    order = sorted(rows, key=lambda row: (row.position, row.name))
    place = next((number for number, row in enumerate(order) if row.pk == field_id), None)
    other = None if place is None else place + (-1 if up else 1)
    if place is None or other is None or not 0 <= other < len(order):
        return field
    order[place], order[other] = order[other], order[place]
    for number, row in enumerate(order):
        if row.position != number:
            row.position = number
            row.save(update_fields=["position"])
    return field


def option_names(field: CustomField) -> list[str]:
    """Names of the options in use, in their order."""
    rows = FieldOption.objects.filter(workspace_id=field.workspace_id, field=field, retired_at__isnull=True)
    return list(rows.order_by("position", "id").values_list("name", flat=True))


def _hold(actor: Actor, field_id: UUID) -> CustomField:
    actor.require(Right.CONVEYOR_EDIT)
    rows = CustomField.objects.select_for_update(of=("self",))
    found = rows.filter(workspace_id=actor.workspace_id, pk=field_id).first()
    if found is None:
        raise NotFound("field_not_found", _("There is no such field. Look at the list again."))
    return found


def _checked(actor: Actor, subject: str, kind: str, facts: FieldFacts, but: UUID | None) -> FieldFacts:
    name, hint = (" ".join(text.split()) for text in (facts.name, facts.hint))
    if not name or len(name) > 60 or not name.isprintable():
        raise Invalid("field_name", _("A field needs a name of at most 60 letters."), fields={"name": "form"})
    if len(hint) > 200:
        raise Invalid("field_hint", _("The hint has at most 200 letters."), fields={"hint": "too_long"})
    same = CustomField.objects.filter(workspace_id=actor.workspace_id, subject=subject, name__iexact=name)
    if any(pk != but for pk in same.values_list("pk", flat=True)):
        raise Invalid("field_taken", _("There is a field of this name already."), fields={"name": "taken"})
    options = _options(facts.options) if kind in CHOOSING else ()
    if kind in CHOOSING and not options:
        raise Invalid("options", _("A choice needs at least one option."), fields={"options": "empty"})
    return FieldFacts(name, hint, facts.required, options)


def _options(given: Sequence[str]) -> tuple[str, ...]:
    met: dict[str, str] = {}
    for text in given:
        plain = " ".join(text.split())
        if any(sign in plain for sign in ",;") or len(plain) > 120 or not plain.isprintable():
            raise Invalid(
                "options", _("An option has at most 120 letters, and no comma or semicolon: these separate several."),
                fields={"options": "form"},
            )  # fmt: skip
        if plain:
            met.setdefault(plain.casefold(), plain)
    if len(met) > MOST_OPTIONS:
        raise Invalid("options", _("At most 200 options."), fields={"options": "too_many"})
    return tuple(met.values())


def _store_options(field: CustomField, names: Sequence[str], at: datetime) -> None:
    if field.kind not in CHOOSING:
        return
    there = {
        row.name.casefold(): row
        for row in FieldOption.objects.filter(workspace_id=field.workspace_id, field=field)
    }
    for position, name in enumerate(names):
        row = there.pop(name.casefold(), None) or FieldOption(workspace_id=field.workspace_id, field=field)
        row.name, row.position, row.retired_at = name, position, None
        row.save()
    for row in there.values():
        row.retired_at = row.retired_at or at
        row.save(update_fields=["retired_at"])


def _free(key: str, taken: set[str]) -> str:
    number, found = 1, key
    while found in taken:
        number += 1
        found = f"{key[:20]}_{number}"
    return found


def _state(field: CustomField, options: list[str]) -> dict[str, Any]:
    state: dict[str, Any] = {"name": field.name, "hint": field.hint, "required": field.required}
    return {**state, "options": options} if field.kind in CHOOSING else state


def _journal(
    field: CustomField, actor: Actor, at: datetime, action: str, before: dict[str, Any], after: dict[str, Any]
) -> None:
    record(
        actor=actor, at=at, subject="custom_field", subject_id=field.pk, action=action, before=before, after=after
    )  # fmt: skip

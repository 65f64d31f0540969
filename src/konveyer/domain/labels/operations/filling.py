"""Values of custom fields, written on a record."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from konveyer.domain.journal.operations import changes, record
from konveyer.domain.labels.models import COLUMN, CustomField, FieldValue
from konveyer.domain.labels.operations.holding import Record, hold
from konveyer.domain.labels.queries.fields import Value, fields_of, shapes, values_of
from konveyer.domain.labels.rules.fields import Shape, Wrong, read
from konveyer.domain.leads.models import Lead
from konveyer.domain.leads.operations.change import store_fact
from konveyer.domain.people.models import Contact
from konveyer.domain.workspace.models import Workspace
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.kit.refusal import Invalid, Stale

WORDS = {
    "form": _("This does not look like a value of this field."),
    "range": _("This is too large or too small."),
    "too_long": _("This is too long."),
    "unknown": _("Choose one of the options."),
    "scheme": _("A link looks like https://example.com/page."),
    "empty": _("This field has to be filled."),
}


@transaction.atomic
def fill_fields(
    *,
    actor: Actor,
    at: datetime,
    kind: str,
    pk: UUID,
    given: Mapping[str, Any],
    version: int | None = None,
    whole: bool = False,
) -> list[Value]:
    """Set fields of a company, contact or lead by their keys; an empty value empties the field; others stay.

    `whole`: everything that is required must be filled afterwards, as in the dialog of a record. Raises Forbidden,
    NotFound, Stale when the record moved on, Invalid with the code of what is wrong by key.
    """
    holding = hold(actor, kind, pk)
    if version is not None and version != holding.version:
        raise Stale(
            "changed_meanwhile",
            _("Somebody changed this while you were editing. Nothing was overwritten: compare and choose."),
            details={"your_version": version, "version": holding.version},
        )
    known = {field.key: field for field in fields_of(actor.workspace_id, kind)}
    ready = checked(known, given)
    was = {one.field.key: one for one in values_of(actor.workspace_id, kind, [pk]).get(pk, [])}
    if whole:
        _require(known, ready, was)
    touched = {key: values for key, values in ready.items() if values != (was[key].raw if key in was else [])}
    if touched:
        store(actor, kind, pk, {known[key]: values for key, values in touched.items()})
        became = {one.field.key: one for one in values_of(actor.workspace_id, kind, [pk]).get(pk, [])}
        _tell(holding, actor, at, kind, known, touched, was, became)
    return values_of(actor.workspace_id, kind, [pk]).get(pk, [])


def checked(known: Mapping[str, CustomField], given: Mapping[str, Any]) -> dict[str, list[Any]]:
    """What was given as values, by key. Raises Invalid with a code for each that cannot be."""
    wrong: dict[str, str] = {key: "unknown" for key in given if key not in known}
    ready: dict[str, list[Any]] = {}
    by_field = shapes([known[key] for key in given if key in known])
    for key, value in given.items():
        if key in known:
            try:
                ready[key] = read(by_field[known[key].pk], value)
            except Wrong as error:
                wrong[key] = str(error)
    if wrong:
        first = next(iter(wrong.values()))
        raise Invalid("field_values", WORDS[first], fields=wrong)
    return ready


def store(actor: Actor, kind: str, pk: UUID, values: Mapping[CustomField, list[Any]]) -> None:
    """Replace the rows of these fields on one record; the caller has checked, locked and journals."""
    mine = {"workspace_id": actor.workspace_id, f"{kind}_id": pk}
    FieldValue.objects.filter(**mine, field__in=list(values)).delete()
    currency = ""
    if any(field.kind == "money" for field in values):
        currency = Workspace.objects.only("currency").get(pk=actor.workspace_id).currency
    FieldValue.objects.bulk_create(
        FieldValue(**mine, **row_of(field, value, currency))
        for field, found in values.items()
        for value in found
    )


def row_of(field: CustomField, value: Any, currency: str) -> dict[str, Any]:
    """The columns of one value; an option is given by its id."""
    column = COLUMN[field.kind]
    return {
        "field_id": field.pk, "kind": field.kind, "subject": field.subject,
        ("option_id" if column == "option" else column): value,
        "currency": currency if field.kind == "money" else "",
    }  # fmt: skip


def _require(
    known: Mapping[str, CustomField], ready: Mapping[str, list[Any]], was: Mapping[str, Value]
) -> None:
    lacking = {
        key: "empty"
        for key, field in known.items()
        if field.required
        and field.retired_at is None
        and not ready.get(key, was[key].raw if key in was else [])
    }
    if lacking:
        raise Invalid("field_values", WORDS["empty"], fields=lacking)


def _tell(
    holding: Record, actor: Actor, at: datetime, kind: str, known: Mapping[str, CustomField],
    touched: Mapping[str, list[Any]], was: Mapping[str, Value], became: Mapping[str, Value],
) -> None:  # fmt: skip
    """A new version of the record, a line of the journal in the fields' own names, and facts for the gates of a lead."""
    holding.version += 1
    holding.save(update_fields=["version"])
    names = {key: known[key].name for key in touched}
    before, after = changes(
        {names[key]: was[key].plain if key in was else None for key in touched},
        {names[key]: became[key].plain if key in became else None for key in touched},
    )
    owner = (
        holding.contact_id
        if isinstance(holding, Lead)
        else holding.pk
        if isinstance(holding, Contact)
        else None
    )
    record(
        actor=actor, at=at, subject=kind, subject_id=holding.pk, action="filled", before=before, after=after,
        personal=[*after] if kind != "company" else (), personal_owner=owner or holding.pk,
    )  # fmt: skip
    if isinstance(holding, Lead):
        for key in touched:
            said = became[key].plain if key in became else ""
            store_fact(holding, actor=actor, at=at, kind=f"field.{key}"[:60], value=said, source="field")


__all__ = ["Shape", "checked", "fill_fields", "row_of", "store"]

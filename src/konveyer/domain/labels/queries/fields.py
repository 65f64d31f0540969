"""Custom fields and what records have in them."""

import dataclasses
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from konveyer.domain.labels.models import COLUMN, CustomField, FieldOption, FieldValue
from konveyer.domain.labels.rules.fields import CHOOSING, Shape, said
from konveyer.kit.rows import value


@dataclasses.dataclass
class Value:
    """A field of one record. `raw` are the values as they are kept (options by id), `shown` with options by name."""

    field: CustomField
    raw: list[Any] = dataclasses.field(default_factory=list)
    shown: list[Any] = dataclasses.field(default_factory=list)
    currency: str = ""

    @property
    def plain(self) -> str:
        """As one text: for the journal, for facts and for files."""
        return ", ".join(said(one) for one in self.shown)


def fields_of(workspace_id: UUID, subject: str = "", *, in_use: bool = False) -> list[CustomField]:
    """Fields in their order; of one kind of record, or of all. One query."""
    rows = CustomField.objects.filter(workspace_id=workspace_id)
    if subject:
        rows = rows.filter(subject=subject)
    if in_use:
        rows = rows.filter(retired_at__isnull=True)
    return list(rows.order_by("subject", "position", "id"))


def any_field(workspace_id: UUID, subject: str) -> bool:
    """Whether this kind of record has a field in use. One query."""
    sql = "select exists (select from custom_field where workspace_id = %s and subject = %s and retired_at is null)"
    return bool(value(sql, [workspace_id, subject]))


def options_of(fields: Iterable[CustomField], *, in_use: bool = False) -> dict[UUID, list[FieldOption]]:
    """The options of each of these fields that chooses, in their order. At most one query."""
    choosing = [one for one in fields if one.kind in CHOOSING]
    found: dict[UUID, list[FieldOption]] = {one.pk: [] for one in choosing}
    if choosing:
        rows = FieldOption.objects.filter(workspace_id=choosing[0].workspace_id, field__in=choosing)
        for option in (rows.filter(retired_at__isnull=True) if in_use else rows).order_by("position", "id"):
            found[option.field_id].append(option)
    return found


def shapes(fields: Iterable[CustomField]) -> dict[UUID, Shape]:
    """What values of these fields must fit; an option may be named or given by its id. At most one query."""
    fields = list(fields)
    options = options_of(fields)
    return {
        one.pk: Shape(
            one.kind,
            {
                word: option.pk
                for option in options.get(one.pk, [])
                for word in (option.name.casefold(), str(option.pk))
            },
        )
        for one in fields
    }


def values_of(workspace_id: UUID, subject: str, ids: Iterable[UUID]) -> dict[UUID, list[Value]]:
    """What each of these records has in its fields, in the order of the fields. One query."""
    rows = FieldValue.objects.filter(workspace_id=workspace_id, **{f"{subject}_id__in": list(ids)})
    found: dict[UUID, dict[UUID, Value]] = {}
    for row in rows.select_related("field", "option").order_by(
        "field__position", "field_id", "option__position", "id"
    ):
        of_record = found.setdefault(getattr(row, f"{subject}_id"), {})
        value = of_record.setdefault(row.field_id, Value(row.field, currency=row.currency))
        column = COLUMN[row.kind]
        value.raw.append(row.option_id if column == "option" else getattr(row, column))
        value.shown.append(row.option.name if row.option else getattr(row, column))
    return {pk: list(values.values()) for pk, values in found.items()}

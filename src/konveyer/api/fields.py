"""Fields of one's own: what there is, and what records have in them."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import Field, StrictBool

from konveyer.api.auth import ApiRequest
from konveyer.api.shapes import Given, Revision
from konveyer.domain.labels.models import CustomField
from konveyer.domain.labels.operations import (
    FieldFacts,
    change_field,
    create_field,
    fill_fields,
    retire_field,
)
from konveyer.domain.labels.operations.fields import option_names
from konveyer.domain.labels.queries.fields import Value, fields_of, options_of, values_of
from konveyer.domain.labels.queries.tags import require_seen
from konveyer.domain.labels.rules.fields import CHOOSING
from konveyer.domain.staff.queries.find import find
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit import clock

router = Router(tags=["base"])
Subject = Literal["company", "contact", "lead"]
Kind = Literal["text", "long_text", "number", "money", "date", "yes", "choice", "choices", "link"]
Word = Annotated[str, Field(min_length=1, max_length=60)]
Option = Annotated[str, Field(min_length=1, max_length=120)]
Hint = Annotated[str, Field(max_length=200)]
Options = Annotated[list[Option], Field(max_length=200)]
Written = Annotated[str, Field(max_length=10_000)]
KINDS = {"companies": "company", "contacts": "contact", "leads": "lead"}


class FieldOut(Schema):
    """A field of companies, people or leads. `key` names it in filters (`f.KEY=…`) and values, and never changes."""

    id: UUID
    version: int
    subject: str
    key: str
    name: str
    kind: str
    hint: str
    required: bool
    options: list[str]
    retired_at: datetime | None


class FieldIn(Given):
    """A new field. `options` of a choice, in their order."""

    subject: Subject
    kind: Kind
    name: Word
    hint: Hint = ""
    required: bool = False
    options: Options = []


class FieldPatch(Given):
    """What is to change; what is left out stays. An option that is left out of the list goes out of use."""

    version: Revision
    name: Word | None = None
    hint: Hint | None = None
    required: bool | None = None
    options: Options | None = None
    retired: bool | None = None


class ValuesIn(Given):
    """Values by the keys of fields: text, number, `2026-03-31`, true; the names of options; null empties."""

    version: Revision | None = None
    values: Annotated[
        dict[str, StrictBool | Decimal | Written | Annotated[list[Written], Field(max_length=200)] | None],
        Field(max_length=100),
    ]


class ValueOut(Schema):
    """What one field holds: numbers as text, several options as a list."""

    key: str
    name: str
    kind: str
    value: bool | str | list[str]
    currency: str


class ValuesOut(Schema):
    """The filled fields of a record in their order, and its version."""

    version: int
    values: list[ValueOut]


@router.get("/fields", response=list[FieldOut], summary="Fields of one's own")
def list_fields(request: ApiRequest) -> list[FieldOut]:
    """Of companies, people and leads; those out of use as well."""
    rows = fields_of(request.actor.workspace_id)
    options = options_of(rows, in_use=True)
    return [_field(row, [one.name for one in options.get(row.pk, [])]) for row in rows]


@router.post("/fields", response={201: FieldOut}, summary="Add a field")
def post_field(request: ApiRequest, body: FieldIn) -> Status[FieldOut]:
    """The kind is chosen once."""
    facts = FieldFacts(body.name, body.hint, body.required, tuple(body.options))
    row = create_field(actor=request.actor, at=clock.now(), subject=body.subject, kind=body.kind, facts=facts)
    return Status(201, _field(row, option_names(row)))


@router.patch("/fields/{uuid:field_id}", response=FieldOut, summary="Change a field")
def patch_field(request: ApiRequest, field_id: UUID, body: FieldPatch) -> FieldOut:
    """409 when somebody else was quicker."""
    request.actor.require(Right.CONVEYOR_EDIT)
    row, at = find(CustomField, request.actor.workspace_id, field_id), clock.now()
    given = body.dict(exclude_unset=True, exclude={"version", "retired"})
    was = {"name": row.name, "hint": row.hint, "required": row.required, "options": option_names(row)}
    wanted: dict[str, Any] = was | {name: value for name, value in given.items() if value is not None}
    facts = FieldFacts(wanted["name"], wanted["hint"], wanted["required"], tuple(wanted["options"]))
    row = change_field(actor=request.actor, at=at, field_id=field_id, version=body.version, facts=facts)
    if body.retired is not None:
        row = retire_field(actor=request.actor, at=at, field_id=field_id, retired=body.retired)
    return _field(row, option_names(row))


def _field(row: CustomField, options: list[str]) -> FieldOut:
    return FieldOut(
        id=row.pk, version=row.version, subject=row.subject, key=row.key, name=row.name, kind=row.kind, hint=row.hint,
        required=row.required, options=options if row.kind in CHOOSING else [], retired_at=row.retired_at,
    )  # fmt: skip


def _value(one: Value) -> ValueOut:
    kind = one.field.kind
    value: Any = one.shown if kind == "choices" else one.shown[0] if kind == "yes" else one.plain
    return ValueOut(key=one.field.key, name=one.field.name, kind=kind, value=value, currency=one.currency)


def _record_fields(path: str) -> None:
    kind = KINDS[path]

    @router.get(
        f"/{path}/{{uuid:record_id}}/fields", response=ValuesOut, summary="Own fields of a record",
        operation_id=f"get_{kind}_fields",
    )  # fmt: skip
    def read(request: ApiRequest, record_id: UUID) -> ValuesOut:
        """Those that are filled."""
        version = require_seen(request.actor, kind, record_id)
        found = values_of(request.actor.workspace_id, kind, [record_id]).get(record_id, [])
        return ValuesOut(version=version, values=[_value(one) for one in found])

    @router.put(
        f"/{path}/{{uuid:record_id}}/fields", response=ValuesOut, summary="Fill own fields of a record",
        operation_id=f"put_{kind}_fields",
    )  # fmt: skip
    def write(request: ApiRequest, record_id: UUID, body: ValuesIn) -> ValuesOut:
        """Fields that are not named stay; 409 when `version` is given and somebody else was quicker."""
        given = {
            key: str(value) if isinstance(value, Decimal) else value for key, value in body.values.items()
        }
        fill_fields(
            actor=request.actor, at=clock.now(), kind=kind, pk=record_id, given=given, version=body.version
        )
        return read(request, record_id)


for _path in KINDS:
    _record_fields(_path)

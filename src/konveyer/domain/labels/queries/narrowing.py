"""Lists narrowed to the records that bear labels."""

from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Left, Lower

from konveyer.domain.labels.models import CustomField, FieldValue, TagUse
from konveyer.domain.labels.queries.fields import shapes
from konveyer.domain.labels.rules.fields import CHOOSING, Shape, Wrong, read
from konveyer.domain.labels.rules.label_filter import EMPTY, FILLED, LabelFilter, Wish, unknown

Row = TypeVar("Row", bound=Model)
COLUMNS = {"number": "number", "money": "number", "date": "day"}
PREFIXED = 100  # so many letters of a text are indexed


def narrowed(rows: QuerySet[Row], kind: str, workspace_id: UUID, wanted: LabelFilter) -> QuerySet[Row]:
    """Only those companies, contacts or leads that the filter means; the list itself is not evaluated.

    At most two queries, and only where fields are asked. Raises Invalid for a field that is not there or a value that
    it cannot have.
    """
    if wanted.only:
        rows = rows.filter(pk__in=wanted.only)
    for tag in wanted.tags:
        uses = TagUse.objects.filter(workspace_id=workspace_id, tag_id=tag, **{f"{kind}_id": OuterRef("pk")})
        rows = rows.filter(Exists(uses))
    if not wanted.fields:
        return rows
    known = {
        field.key: field
        for field in CustomField.objects.filter(
            workspace_id=workspace_id, subject=kind, key__in=[wish.key for wish in wanted.fields]
        )
    }
    by_field = shapes(known.values())
    for wish in wanted.fields:
        field = known.get(wish.key)
        if field is None:
            raise unknown(wish.name)
        mine = FieldValue.objects.filter(
            workspace_id=workspace_id, field_id=field.pk, **{f"{kind}_id": OuterRef("pk")}
        )
        if wish.sign == "is" and wish.value in (FILLED, EMPTY):
            rows = rows.filter(Exists(mine) if wish.value == FILLED else ~Exists(mine))
        else:
            rows = rows.filter(Exists(_as_wished(mine, wish, field, by_field[field.pk])))
    return rows


def _as_wished(
    mine: QuerySet[FieldValue], wish: Wish, field: CustomField, shape: Shape
) -> QuerySet[FieldValue]:
    if field.kind in ("text", "long_text", "link"):
        if wish.sign != "is":
            raise unknown(wish.name)
        start = wish.value[:PREFIXED].lower()
        return mine.alias(start=Lower(Left("text", PREFIXED))).filter(start__startswith=start)
    try:
        value: Any = read(shape, wish.value)[0]
    except (Wrong, IndexError) as error:
        raise unknown(wish.name) from error
    if field.kind in COLUMNS:
        sign = {"is": "", "from": "__gte", "to": "__lte"}[wish.sign]
        return mine.filter(**{f"{COLUMNS[field.kind]}{sign}": value})
    if wish.sign != "is":
        raise unknown(wish.name)
    return mine.filter(Q(option_id=value) if field.kind in CHOOSING else Q(yes=value))

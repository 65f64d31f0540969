"""Paging by the place where the last page ended, both ways: the thousandth page costs what the first costs.

A cursor names the sort values of a row. It is opaque to the reader and safe from him: it can only name a
place in an order that the caller has chosen.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import BooleanField, F, Func, Model, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.lookups import GreaterThan, LessThan
from django.utils.translation import gettext_lazy as _

from konveyer.kit.refusal import Invalid

Row = TypeVar("Row", bound=Model)
SIZE = 50


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows in order, and the cursors of the pages after and before them (None where there is none)."""

    rows: list[Row]
    after: str | None = None
    before: str | None = None


class _Place(Func):
    """(a, b): compared as a whole, so that one index answers."""

    function = "ROW"
    output_field = BooleanField()


def page(
    rows: QuerySet[Row],
    order: Sequence[str],
    *,
    after: str | None = None,
    before: str | None = None,
    size: int = SIZE,
) -> Page[Row]:
    """The page after or before a cursor, or the first one.

    `order` lists fields that are never null, all in one direction ("-arrived_at", "-id"), the last one
    unique. Raises Invalid for a cursor that this order did not make. One query.
    """
    return page_of([rows], order, after=after, before=before, size=size)


def page_of(
    branches: Sequence[QuerySet[Row]],
    order: Sequence[str],
    *,
    after: str | None = None,
    before: str | None = None,
    size: int = SIZE,
) -> Page[Row]:
    """The same over several branches, each of which an index answers, where one OR would read them all.

    A row may stand in several branches and is shown once. One query for each branch.
    """
    down = order[0].startswith("-")
    names = [name.removeprefix("-") for name in order]
    if any(name.startswith("-") != down for name in order):
        raise ValueError("one direction for all fields, or no index can answer")
    backwards = bool(before) and not after
    turned = [f"-{name}" if down != backwards else name for name in names]
    token = before if backwards else after
    there = _Place(*_values(branches[0].model, names, token)) if token else None
    met: dict[Any, Row] = {}
    for branch in branches:
        if there is not None:
            here = _Place(*[F(name) for name in names])
            branch = branch.filter((LessThan if down != backwards else GreaterThan)(here, there))
        met.update((row.pk, row) for row in branch.order_by(*turned)[: size + 1])
    found = sorted(
        met.values(), key=lambda row: [getattr(row, name) for name in names], reverse=down != backwards
    )
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    first, last = (cursor(found[0], names), cursor(found[-1], names)) if found else (None, None)
    return Page(
        found,
        after=last if more or backwards else None,
        before=first if (more if backwards else token) else None,
    )


def cursor(row: Model, names: Sequence[str]) -> str:
    """The cursor of one row in the order of these fields."""
    values = [getattr(row, name.removeprefix("-")) for name in names]
    plain = [value.isoformat() if isinstance(value, datetime | date) else value for value in values]
    text = json.dumps([value if isinstance(value, int | str) else str(value) for value in plain])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _values(model: type[Model], names: Sequence[str], token: str) -> list[Combinable]:
    try:
        found = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        if not isinstance(found, list) or len(found) != len(names) or "\0" in token:
            raise ValueError
        return [_value(model, name, value) for name, value in zip(names, found, strict=True)]
    except (ValueError, TypeError, RecursionError, binascii.Error, ValidationError) as error:
        raise Invalid(
            "cursor", _("This place in the list is not known. Start from the first page.")
        ) from error


def _value(model: type[Model], name: str, value: Any) -> Combinable:
    field = model._meta.get_field(name)
    if (
        not isinstance(value, str | int)
        or isinstance(value, bool)
        or (isinstance(value, str) and "\0" in value)
    ):
        raise ValueError
    clean = field.to_python(value)  # type: ignore[union-attr]
    if clean is None or (isinstance(clean, datetime) and clean.tzinfo is None):
        raise ValueError
    return Value(clean, output_field=field)  # type: ignore[arg-type]

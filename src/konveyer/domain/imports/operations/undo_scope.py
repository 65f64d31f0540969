"""What an undo may touch: which tables hang on which, read from the models themselves.

So a table that is added later, and points at leads, keeps the leads it points at, without a word here.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import Model

from konveyer.domain.imports.operations.writing import CHANGING, HANGING, RECORDS
from konveyer.domain.leads.models import TemperatureChange
from konveyer.domain.people.models import ContactPoint

MAIN: tuple[type[Model], ...] = tuple(RECORDS)
# Rows that go with the record they belong to: (table, column).
BELONGING: tuple[tuple[type[Model], str], ...] = (
    *((model, parent) for model, (_, parents) in HANGING.items() for parent in parents),
    (TemperatureChange, "lead_id"),
)
CHANGED = tuple(CHANGING)
# Won together or not at all: the columns of a lead that a win sets.
WIN = (
    "state", "won_at", "won_on", "won_precision", "closed_at", "stage_id", "entered_stage_at", "due_at", "queue_id",
    "next_task_id", "wake_on", "temperature", "owner_id", "telemarketer_id", "closer_id", "credit_from_deals",
)  # fmt: skip


class Reference(NamedTuple):
    """`child.column` points at rows of `parent`."""

    child: str
    column: str
    parent: str


@cache
def references() -> tuple[Reference, ...]:
    """Every key that points at a record an import makes."""
    parents = {ContactPoint._meta.db_table, *(model._meta.db_table for model in MAIN)}
    found = []
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            target: Any = field.related_model
            if getattr(field, "within_workspace", False) and target._meta.db_table in parents:
                found.append(Reference(model._meta.db_table, str(field.column), target._meta.db_table))
    return tuple(found)

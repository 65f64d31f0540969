"""Where columns can go in a workspace: with the fields of its own."""

from __future__ import annotations

from uuid import UUID

from konveyer.domain.imports.rules.targets import OwnField, Targets
from konveyer.domain.labels.queries.fields import fields_of, options_of
from konveyer.domain.labels.rules.fields import Shape


def targets_of(workspace_id: UUID) -> Targets:
    """The fields of every list and those of this workspace, also those out of use. Two queries."""
    fields = fields_of(workspace_id)
    options = options_of(fields)
    found = []
    for one in fields:
        there = options.get(one.pk, [])
        shape = Shape(one.kind, {option.name.casefold(): str(option.pk) for option in there})
        found.append(
            OwnField(
                id=str(one.pk), subject=one.subject, key=one.key, name=one.name, shape=shape,
                options=tuple(option.name for option in there if option.retired_at is None),
                names={str(option.pk): option.name for option in there}, in_use=one.retired_at is None,
            )
        )  # fmt: skip
    return Targets(found)

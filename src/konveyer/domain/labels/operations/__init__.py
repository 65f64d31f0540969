"""Tags and fields of one's own: their lists, and what is written on records."""

from konveyer.domain.labels.operations.fields import (
    FieldFacts,
    change_field,
    create_field,
    move_field,
    retire_field,
)
from konveyer.domain.labels.operations.filling import fill_fields
from konveyer.domain.labels.operations.tagging import tag_record
from konveyer.domain.labels.operations.tags import change_tag, create_tag, merge_tags, retire_tag

__all__ = [
    "FieldFacts", "change_field", "change_tag", "create_field", "create_tag", "fill_fields", "merge_tags", "move_field",
    "retire_field", "retire_tag", "tag_record",
]  # fmt: skip

"""Tables of tags and of custom fields."""

from konveyer.domain.labels.models.field import COLUMN, CustomField, FieldOption, FieldValue
from konveyer.domain.labels.models.tag import Tag, TagUse

__all__ = ["COLUMN", "CustomField", "FieldOption", "FieldValue", "Tag", "TagUse"]

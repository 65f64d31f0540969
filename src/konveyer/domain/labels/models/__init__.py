"""Tables of tags and of custom fields."""

from konveyer.domain.labels.models.tag import Tag, TagUse

__all__ = ["Tag", "TagUse"]

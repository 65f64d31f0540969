"""Tags and fields of one's own: their lists, and what is written on records."""

from konveyer.domain.labels.operations.tagging import tag_record
from konveyer.domain.labels.operations.tags import change_tag, create_tag, merge_tags, retire_tag

__all__ = ["change_tag", "create_tag", "merge_tags", "retire_tag", "tag_record"]

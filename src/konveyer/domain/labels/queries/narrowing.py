"""Lists narrowed to the records that bear labels."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, QuerySet

from konveyer.domain.labels.models import TagUse
from konveyer.domain.labels.rules.label_filter import LabelFilter

Row = TypeVar("Row", bound=Model)


def narrowed(rows: QuerySet[Row], kind: str, workspace_id: UUID, wanted: LabelFilter) -> QuerySet[Row]:
    """Only those companies, contacts or leads that the filter means; evaluates nothing."""
    for tag in wanted.tags:
        uses = TagUse.objects.filter(workspace_id=workspace_id, tag_id=tag, **{f"{kind}_id": OuterRef("pk")})
        rows = rows.filter(Exists(uses))
    return rows

"""Tables of kept views and of actions on many records."""

from konveyer.domain.lists.models.bulk import BulkAction, BulkStep
from konveyer.domain.lists.models.view import SavedView, UsualView

__all__ = ["BulkAction", "BulkStep", "SavedView", "UsualView"]

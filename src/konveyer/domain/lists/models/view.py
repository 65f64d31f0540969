"""Views of lists that members keep."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from konveyer.domain.lists.rules.selection import LISTS
from konveyer.domain.lists.rules.sharing import SHARED
from konveyer.domain.workspace.models import Member
from konveyer.kit.rows import WorkspaceKey, WorkspaceRow, created_at, in_workspace


def no_columns() -> list[str]:
    """Each reader's own."""
    return []


class SavedView(WorkspaceRow):
    """A list under a name: filters, order, columns (none: each reader's own). What it shows follows the reader's view.

    `shared`: seen by its owner alone, by his team, or by all. `pinned`: stands as a tab above the list.
    """

    member = WorkspaceKey(Member)
    name = models.CharField(max_length=60)
    list = models.CharField(max_length=10)
    query = models.JSONField(default=dict)
    sort = models.CharField(max_length=20, blank=True)
    columns = ArrayField(models.CharField(max_length=30), default=no_columns)
    shared = models.CharField(max_length=4, default="own")
    pinned = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    created_at = created_at()

    class Meta:
        db_table = "saved_view"
        constraints = [
            in_workspace("saved_view"),
            models.UniqueConstraint(fields=["workspace", "member", "list", "name"], name="saved_view_name"),
            models.UniqueConstraint(fields=["workspace", "id", "list"], name="saved_view_of_list"),
            models.CheckConstraint(condition=Q(list__in=LISTS), name="saved_view_list"),
            models.CheckConstraint(condition=Q(shared__in=SHARED), name="saved_view_shared"),
            models.CheckConstraint(condition=~Q(name=""), name="saved_view_named"),
        ]
        indexes = [models.Index(fields=["workspace", "list", "shared"], name="saved_view_shown")]

    def __str__(self) -> str:
        return self.name


class UsualView(WorkspaceRow):
    """The view with which a list opens for a member."""

    member = WorkspaceKey(Member, on_delete=models.CASCADE)
    list = models.CharField(max_length=10)
    view = WorkspaceKey(SavedView, on_delete=models.CASCADE)

    class Meta:
        db_table = "usual_view"
        constraints = [
            in_workspace("usual_view"),
            models.UniqueConstraint(fields=["workspace", "member", "list"], name="usual_view_one"),
        ]
        indexes = [models.Index(fields=["workspace", "view"], name="usual_view_view")]

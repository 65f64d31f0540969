"""Tables of erasures: that one took place, and keyed hashes of what is not to be addressed again."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from konveyer.domain.workspace.models import Member
from konveyer.kit.rows import WorkspaceKey, WorkspaceRow, in_workspace


class Erasure(WorkspaceRow):
    """A person was erased. `contact_id` is the bare number; `hashes` are those of his addresses; `counts` say what went.

    asked → done. A restored copy finds by it whom to erase again.
    """

    contact_id = models.UUIDField()
    hashes = ArrayField(models.CharField(max_length=64), default=list)
    counts = models.JSONField(default=dict)
    member = WorkspaceKey(Member, null=True, blank=True)
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "erasure"
        constraints = [
            in_workspace("erasure"),
            models.UniqueConstraint(
                fields=["workspace", "contact_id"],
                name="erasure_asked_once",
                condition=Q(done_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "contact_id"], name="erasure_of_contact"),
            models.Index(fields=["workspace", "-asked_at", "-id"], name="erasure_by_time"),
        ]


class Suppression(WorkspaceRow):
    """Nothing goes to this address or number any more. Only its keyed hash is known; it outlives the person's record."""

    hash = models.CharField(max_length=64)
    since = models.DateTimeField()

    class Meta:
        db_table = "suppression"
        constraints = [
            in_workspace("suppression"),
            models.UniqueConstraint(fields=["workspace", "hash"], name="suppression_hash"),
            models.CheckConstraint(condition=Q(hash__regex=r"^[0-9a-f]{64}$"), name="suppression_is_hash"),
        ]

"""Tables of the journal."""

from django.db import models

from konveyer.domain.workspace.models import Member
from konveyer.kit.rows import WorkspaceKey, WorkspaceRow, in_workspace


class Entry(WorkspaceRow):
    """One change of one record. `before` and `after` hold changed fields only; never updated, never deleted.

    A field whose value is personal holds {"personal": true} here; the value itself is a PersonalValue.
    """

    at = models.DateTimeField()
    actor = WorkspaceKey(Member, null=True, blank=True)
    by = models.CharField(max_length=12)  # member, import, system, api, command
    subject = models.CharField(max_length=40)  # table name of the record
    subject_id = models.UUIDField()
    action = models.CharField(max_length=40)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    batch_id = models.UUIDField(null=True, blank=True)  # import batch or bulk action

    class Meta:
        db_table = "journal_entry"
        constraints = [in_workspace("journal_entry")]
        indexes = [
            models.Index(fields=["workspace", "subject_id", "-at"], name="journal_of_record"),
            models.Index(
                fields=["workspace", "batch_id"],
                name="journal_of_batch",
                condition=models.Q(batch_id__isnull=False),
            ),
            models.Index(fields=["workspace", "-at", "-id"], name="journal_by_time"),
            models.Index(
                fields=["workspace", "actor", "-at", "-id"],
                name="journal_by_hand",
                condition=~models.Q(by="import"),
            ),
        ]


class PersonalValue(WorkspaceRow):
    """A personal value of a journal entry, keyed by the record it speaks of; goes with the erasure."""

    entry = WorkspaceKey(Entry)
    owner_id = models.UUIDField()  # contact (or lead without contact) whose data this is
    field = models.CharField(max_length=60)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        db_table = "journal_personal_value"
        constraints = [in_workspace("journal_personal_value")]
        indexes = [
            models.Index(fields=["workspace", "owner_id"], name="personal_value_owner"),
            models.Index(fields=["workspace", "entry"], name="personal_value_entry"),
        ]

"""Tables of imports."""

from django.db import models
from django.db.models import Q

from konveyer.domain.workspace.models import Member
from konveyer.kit.rows import WorkspaceKey, WorkspaceRow, created_at, in_workspace


class Batch(WorkspaceRow):
    """One file being brought in: how it is read, where its columns go, how far it got, what came of it.

    The counts speak of the main record of the mapping; rows = created + updated + unchanged + rejected.
    What a batch created and changed stands in the journal under its id: that is what undo reads. While a batch from the
    browser is a draft, `sample` holds its first rows as read, `trial` what writing it would do; `taking_back` is the
    undo that was asked for (see konveyer.domain.imports.rules.drafting for their shapes).
    """

    file_name = models.CharField(max_length=255)
    stored_as = models.CharField(max_length=80, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    preset = models.CharField(max_length=40, blank=True)
    main_record = models.CharField(max_length=20)
    reading = models.JSONField(default=dict)
    mapping = models.JSONField(default=dict)
    state = models.CharField(max_length=8, default="draft")
    next_line = models.PositiveBigIntegerField(default=0)  # every line before it is done …
    ahead = models.JSONField(default=list)  # … and these, [first, last]
    rows = models.PositiveBigIntegerField(default=0)
    created = models.PositiveBigIntegerField(default=0)
    updated = models.PositiveBigIntegerField(default=0)
    unchanged = models.PositiveBigIntegerField(default=0)
    rejected = models.PositiveBigIntegerField(default=0)
    sample = models.JSONField(default=list)
    trial = models.JSONField(default=dict)
    taking_back = models.JSONField(default=dict)
    member = WorkspaceKey(Member, null=True, blank=True)
    created_at = created_at()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=500, blank=True)

    class Meta:
        db_table = "import_batch"
        constraints = [
            in_workspace("import_batch"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "running", "done", "stopped", "undone"]),
                name="import_batch_state",
            ),
            models.CheckConstraint(
                condition=Q(
                    rows=models.F("created")
                    + models.F("updated")
                    + models.F("unchanged")
                    + models.F("rejected")
                ),
                name="import_batch_adds_up",
            ),
        ]
        indexes = [models.Index(fields=["workspace", "-created_at"], name="import_batch_by_time")]


class Reject(WorkspaceRow):
    """A row that did not go in: its line in the file, why, and the row itself so that it can be mended."""

    batch = WorkspaceKey(Batch, on_delete=models.CASCADE)
    line = models.PositiveBigIntegerField()
    column = models.CharField(max_length=200, blank=True)
    code = models.CharField(max_length=40)
    params = models.JSONField(default=dict)
    values = models.JSONField(default=list)
    mended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "import_reject"
        constraints = [in_workspace("import_reject")]
        indexes = [models.Index(fields=["workspace", "batch", "line"], name="import_reject_of_batch")]


class RememberedMapping(WorkspaceRow):
    """Where the columns of a file with this header went last time."""

    header_hash = models.CharField(max_length=64)
    mapping = models.JSONField()
    used_at = models.DateTimeField()

    class Meta:
        db_table = "remembered_mapping"
        constraints = [
            in_workspace("remembered_mapping"),
            models.UniqueConstraint(fields=["workspace", "header_hash"], name="remembered_mapping_header"),
        ]

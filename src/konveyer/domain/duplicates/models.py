"""Tables of duplicates. Pairs and merges name records by their number alone: of two one is to go."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from konveyer.domain.workspace.models import Member
from konveyer.kit.rows import WorkspaceKey, WorkspaceRow, created_at, in_workspace

KINDS = ("company", "contact")


class Key(WorkspaceRow):
    """A key of a record (rules.keys) as it stood at the last scan."""

    kind = models.CharField(max_length=7)
    record_id = models.UUIDField()
    number = models.BigIntegerField()

    class Meta:
        db_table = "duplicate_key"
        constraints = [
            in_workspace("duplicate_key"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="duplicate_key_kind"),
        ]
        indexes = [
            models.Index(fields=["workspace", "number", "record_id"], name="duplicate_key_number"),
            models.Index(fields=["workspace", "record_id"], name="duplicate_key_record"),
        ]


class Pair(WorkspaceRow):
    """Two records that may be one, `one_id` before `other_id`. Dismissed ones are remembered: they are two."""

    kind = models.CharField(max_length=7)
    one_id = models.UUIDField()
    other_id = models.UUIDField()
    score = models.PositiveSmallIntegerField()
    reasons = ArrayField(models.CharField(max_length=20), default=list)
    state = models.CharField(max_length=9, default="open")
    settled_by = WorkspaceKey(Member, null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "duplicate_pair"
        constraints = [
            in_workspace("duplicate_pair"),
            models.UniqueConstraint(fields=["workspace", "one_id", "other_id"], name="duplicate_pair_once"),
            models.CheckConstraint(condition=Q(one_id__lt=F("other_id")), name="duplicate_pair_ordered"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="duplicate_pair_kind"),
            models.CheckConstraint(condition=Q(score__lte=100), name="duplicate_pair_score"),
            models.CheckConstraint(
                condition=Q(state="open", settled_at__isnull=True)
                | Q(state="dismissed", settled_at__isnull=False),
                name="duplicate_pair_state",
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "kind", "-score", "-id"],
                name="duplicate_pair_open",
                condition=Q(state="open"),
            ),
            models.Index(fields=["workspace", "other_id"], name="duplicate_pair_other"),
        ]


class Run(WorkspaceRow):
    """A scan, or a merge of everything over a score: asked → running → done or failed. One at a time."""

    work = models.CharField(max_length=5)
    kind = models.CharField(max_length=7, blank=True)  # empty: both kinds
    over = models.PositiveSmallIntegerField(default=0)  # of a merge: the least score
    whole = models.BooleanField(default=False)  # of a scan: everything anew
    state = models.CharField(max_length=7, default="asked")
    member = WorkspaceKey(Member, null=True, blank=True)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    records = models.PositiveIntegerField(default=0)  # looked at, or merged away
    pairs = models.PositiveIntegerField(default=0)  # found, or left because something was in the way
    wide = models.PositiveIntegerField(default=0)  # keys that too many records share
    failure = models.CharField(max_length=500, blank=True)

    class Meta:
        db_table = "duplicate_run"
        constraints = [
            in_workspace("duplicate_run"),
            models.CheckConstraint(condition=Q(work__in=["scan", "merge"]), name="duplicate_run_work"),
            models.CheckConstraint(condition=Q(kind__in=["", *KINDS]), name="duplicate_run_kind"),
            models.CheckConstraint(
                condition=Q(state="asked", started_at__isnull=True, ended_at__isnull=True)
                | Q(state="running", started_at__isnull=False, ended_at__isnull=True)
                | Q(state__in=["done", "failed"], started_at__isnull=False, ended_at__isnull=False),
                name="duplicate_run_state",
            ),
            models.UniqueConstraint(
                fields=["workspace"], name="duplicate_run_alone", condition=Q(state__in=["asked", "running"])
            ),
        ]
        indexes = [models.Index(fields=["workspace", "-asked_at", "-id"], name="duplicate_run_by_time")]


class Merge(WorkspaceRow):
    """One record went into another. `gone_row` is it as it was; `before`, `after` the fields of the other that changed.

    `told`, once it was taken back: what stayed as it is now, and why.
    """

    kind = models.CharField(max_length=7)
    kept_id = models.UUIDField()
    gone_id = models.UUIDField()
    gone_row = models.JSONField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    run = WorkspaceKey(Run, null=True, blank=True)
    member = WorkspaceKey(Member, null=True, blank=True)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
    told = models.JSONField(default=list)
    created_at = created_at()

    class Meta:
        db_table = "duplicate_merge"
        constraints = [
            in_workspace("duplicate_merge"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="duplicate_merge_kind"),
            models.CheckConstraint(condition=~Q(kept_id=F("gone_id")), name="duplicate_merge_two"),
            models.UniqueConstraint(
                fields=["workspace", "gone_id"],
                name="duplicate_merge_gone_once",
                condition=Q(undone_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "kept_id"], name="duplicate_merge_kept"),
            models.Index(fields=["workspace", "gone_id"], name="duplicate_merge_gone"),
            models.Index(fields=["workspace", "-at", "-id"], name="duplicate_merge_by_time"),
            models.Index(
                fields=["workspace", "run"], name="duplicate_merge_run", condition=Q(run__isnull=False)
            ),
        ]


class MergedRow(WorkspaceRow):
    """A row that a merge moved from the one record to the other, took away (it stood there twice), or changed."""

    merge = WorkspaceKey(Merge, on_delete=models.CASCADE)
    table = models.CharField(max_length=63)
    row_id = models.UUIDField()
    column = models.CharField(max_length=63, blank=True)
    done = models.CharField(max_length=7)
    row = models.JSONField(
        null=True, blank=True
    )  # of a removed one: all of it; of a lead: its version afterwards

    class Meta:
        db_table = "duplicate_merged_row"
        constraints = [
            in_workspace("duplicate_merged_row"),
            models.CheckConstraint(
                condition=Q(done__in=["moved", "removed", "cleared", "closed", "second"]),
                name="duplicate_merged_row_done",
            ),
        ]
        indexes = [models.Index(fields=["workspace", "merge"], name="duplicate_merged_row_of")]

"""Tables of the daily sheet."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Floor

from konveyer.domain.sheet.rules.measures import LARGEST, MEASURES, MONEY, NORMED
from konveyer.domain.workspace.models import Member
from konveyer.kit.rows import WorkspaceKey, WorkspaceRow, in_workspace


class DailyCount(WorkspaceRow):
    """What a member entered for a local day and a measure: a count, or money in the workspace's currency.

    Where a row stands it goes before what the events say; where none stands the events count.
    """

    member = WorkspaceKey(Member)
    day = models.DateField()
    measure = models.CharField(max_length=12)
    value = models.DecimalField(max_digits=14, decimal_places=2)
    entered_by = WorkspaceKey(Member, null=True, blank=True)
    entered_at = models.DateTimeField()

    class Meta:
        db_table = "daily_count"
        constraints = [
            in_workspace("daily_count"),
            models.UniqueConstraint(
                fields=["workspace", "member", "day", "measure"], name="daily_count_one_cell"
            ),
            models.CheckConstraint(condition=Q(measure__in=MEASURES), name="daily_count_measure"),
            models.CheckConstraint(
                condition=Q(value__gte=0)
                & (Q(measure=MONEY) | Q(value__lte=LARGEST, value=Floor(F("value")))),
                name="daily_count_value",
            ),
        ]
        indexes = [models.Index(fields=["workspace", "day"], name="daily_count_by_day")]


class Quota(WorkspaceRow):
    """What is expected of a member on each working day, beyond the norm of calls, which is a frame."""

    member = WorkspaceKey(Member)
    measure = models.CharField(max_length=12)
    per_day = models.PositiveIntegerField()

    class Meta:
        db_table = "quota"
        constraints = [
            in_workspace("quota"),
            models.UniqueConstraint(fields=["workspace", "member", "measure"], name="quota_one"),
            models.CheckConstraint(condition=Q(measure__in=NORMED), name="quota_measure"),
            models.CheckConstraint(condition=Q(per_day__gt=0), name="quota_positive"),
        ]


class DaySums(WorkspaceRow):
    """What the events of a local day say of a member, one column a measure; money in the workspace's currency.

    Counted from the facts and may be thrown away. A day without a dirty mark has its row here, or nothing happened;
    a marked day is counted live. The id is made from member and day: counting again gives the same row.
    """

    member = WorkspaceKey(Member)
    day = models.DateField()
    cold_calls = models.PositiveIntegerField()
    talks = models.PositiveIntegerField()
    warm = models.PositiveIntegerField()
    warm_calls = models.PositiveIntegerField()
    proposals = models.PositiveIntegerField()
    meetings = models.PositiveIntegerField()
    sales = models.PositiveIntegerField()
    received = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        db_table = "sheet_day_sums"
        constraints = [
            in_workspace("sheet_day_sums"),
            models.UniqueConstraint(fields=["workspace", "member", "day"], name="sheet_day_sums_once"),
        ]
        indexes = [models.Index(fields=["workspace", "day"], name="sheet_day_sums_by_day")]


class DirtyDay(WorkspaceRow):
    """A write may have changed this day. Many marks may stand for one day: nobody waits for anybody."""

    day = models.DateField()

    class Meta:
        db_table = "sheet_dirty_day"
        constraints = [in_workspace("sheet_dirty_day")]
        indexes = [models.Index(fields=["workspace", "day"], name="sheet_dirty_day_by_day")]

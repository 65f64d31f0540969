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

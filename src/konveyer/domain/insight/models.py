"""Roll-ups of the funnel. Facts are the truth: these rows are counted from them and may be thrown away."""

from django.db import models
from django.db.models import Q

from konveyer.kit.rows import WorkspaceRow, in_workspace


class FunnelCell(WorkspaceRow):
    """Leads of one month that share a key and the days they took to win.

    `basis` says whose month it is: of the arrival, of the win, or of the first entry into the stage. `by` is
    the kind of key, "total" for none; `key` an id, or the key of a stage of `conveyor_id`; None is "not stated".
    `days` is None for leads not won and for doubtful wins, so that cells are also the histogram of the days.
    The id is made from what the cell is about: counting again gives the same rows.
    """

    basis = models.CharField(max_length=8)
    by = models.CharField(max_length=12)
    month = models.DateField()
    conveyor_id = models.UUIDField()
    key = models.CharField(max_length=40, null=True)
    days = models.IntegerField(null=True)
    leads = models.PositiveIntegerField()
    won = models.PositiveIntegerField()
    doubtful = models.PositiveIntegerField()
    from_deals = models.PositiveIntegerField()

    class Meta:
        db_table = "funnel_cell"
        constraints = [
            in_workspace("funnel_cell"),
            models.UniqueConstraint(
                fields=["workspace", "by", "basis", "month", "conveyor_id", "key", "days"],
                name="funnel_cell_once",
                nulls_distinct=False,
                include=["leads", "won", "doubtful", "from_deals"],
            ),
            models.CheckConstraint(
                condition=Q(basis__in=["arrived", "won", "entered"]), name="funnel_cell_basis"
            ),
        ]


class CountedMonth(WorkspaceRow):
    """A month whose cells stand; without this row, or with a dirty mark, its facts are counted live."""

    month = models.DateField()

    class Meta:
        db_table = "funnel_counted_month"
        constraints = [
            in_workspace("funnel_counted_month"),
            models.UniqueConstraint(fields=["workspace", "month"], name="funnel_counted_month_once"),
        ]


class DirtyMonth(WorkspaceRow):
    """A write may have changed this month. Many marks may stand for one month: nobody waits for anybody."""

    month = models.DateField()

    class Meta:
        db_table = "funnel_dirty_month"
        constraints = [in_workspace("funnel_dirty_month")]
        indexes = [models.Index(fields=["workspace", "month"], name="funnel_dirty_month_by_month")]

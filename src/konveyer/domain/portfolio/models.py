"""Tables of the portfolio. Facts are the truth: these rows are counted from them and may be thrown away.

A party is named by the id of its company or contact, without a key to it: parties go and are merged, and their rows are
counted away afterwards.
"""

from django.db import models
from django.db.models import F, Q

from konveyer.domain.portfolio.rules.classes import CLASSES, KINDS, WARMED, WON
from konveyer.kit.rows import WorkspaceRow, in_workspace


class Stay(WorkspaceRow):
    """A party stood in a class from `first_on` to the day before `until_on`; see rules.timeline.Stay."""

    party_id = models.UUIDField()
    kind = models.CharField(max_length=7)
    became = models.CharField(max_length=8)
    was = models.CharField(max_length=8, blank=True)
    first_on = models.DateField()
    until_on = models.DateField(null=True)
    days = models.IntegerField(null=True)

    class Meta:
        db_table = "portfolio_stay"
        constraints = [
            in_workspace("portfolio_stay"),
            models.UniqueConstraint(
                fields=["workspace", "party_id", "first_on"],
                name="portfolio_stay_one_a_day",
                include=["became", "until_on"],
            ),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="portfolio_stay_kind"),
            models.CheckConstraint(condition=Q(became__in=CLASSES), name="portfolio_stay_became"),
            models.CheckConstraint(condition=Q(was__in=("", *CLASSES)), name="portfolio_stay_was"),
            models.CheckConstraint(condition=~Q(was=F("became")), name="portfolio_stay_moves"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("first_on")),
                name="portfolio_stay_in_order",
            ),
            models.CheckConstraint(
                condition=Q(days__isnull=True) | Q(days__gte=0), name="portfolio_stay_days"
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "kind", "became", "first_on"],
                name="portfolio_stay_by_class",
                include=["party_id", "until_on", "was"],
            )
        ]


class DayMoves(WorkspaceRow):
    """How many parties of a kind went from a class into another on a day; days to come hold those who will fall asleep."""

    day = models.DateField()
    kind = models.CharField(max_length=7)
    was = models.CharField(max_length=8, blank=True)
    became = models.CharField(max_length=8)
    parties = models.PositiveIntegerField()

    class Meta:
        db_table = "portfolio_day_moves"
        constraints = [
            in_workspace("portfolio_day_moves"),
            models.UniqueConstraint(
                fields=["workspace", "day", "kind", "was", "became"],
                name="portfolio_day_moves_once",
                include=["parties"],
            ),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="portfolio_day_moves_kind"),
            models.CheckConstraint(condition=Q(became__in=CLASSES), name="portfolio_day_moves_became"),
            models.CheckConstraint(condition=Q(was__in=("", *CLASSES)), name="portfolio_day_moves_was"),
        ]


class Ripened(WorkspaceRow):
    """How many parties warmed, or became clients, in a month after so many days; None: nobody knows since when."""

    month = models.DateField()
    move = models.CharField(max_length=6)
    days = models.IntegerField(null=True)
    parties = models.PositiveIntegerField()

    class Meta:
        db_table = "portfolio_ripened"
        constraints = [
            in_workspace("portfolio_ripened"),
            models.UniqueConstraint(
                fields=["workspace", "month", "move", "days"],
                name="portfolio_ripened_once",
                nulls_distinct=False,
                include=["parties"],
            ),
            models.CheckConstraint(
                condition=Q(move__in=[WARMED.name, WON.name]), name="portfolio_ripened_move"
            ),
        ]


class Mark(WorkspaceRow):
    """A write may have changed this company or contact; None: all of them. Many marks may stand for one: nobody waits for anybody."""

    subject_id = models.UUIDField(null=True)

    class Meta:
        db_table = "portfolio_mark"
        constraints = [in_workspace("portfolio_mark")]

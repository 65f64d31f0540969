"""Tables of deals and money received."""

from django.db import models
from django.db.models import Q

from konveyer.domain.catalog.models import Product
from konveyer.domain.leads.models import Lead
from konveyer.domain.workspace.models import Member
from konveyer.kit.rows import WorkspaceKey, WorkspaceRow, created_at, in_workspace


class Deal(WorkspaceRow):
    """The commercial side of a lead, at most one per lead. A won deal stands on a won lead and the other way (trigger).

    `amount` may be unknown (imported history says who won, not for how much).
    """

    lead = WorkspaceKey(Lead)
    product = WorkspaceKey(Product, null=True, blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3)
    status = models.CharField(max_length=8, default="open")
    status_at = models.DateTimeField()
    status_precision = models.CharField(max_length=6, default="second")
    lost_reason = models.CharField(max_length=200, blank=True)
    competitor = models.CharField(max_length=120, blank=True)
    wake_on = models.DateField(null=True, blank=True)
    external_key = models.CharField(max_length=120, null=True, blank=True)
    history = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    created_by = WorkspaceKey(Member, null=True, blank=True)
    created_at = created_at()

    class Meta:
        db_table = "deal"
        constraints = [
            in_workspace("deal"),
            models.UniqueConstraint(fields=["workspace", "lead"], name="deal_one_per_lead"),
            models.UniqueConstraint(fields=["workspace", "external_key"], name="deal_external_key"),
            models.CheckConstraint(
                condition=Q(status__in=["open", "won", "lost", "on_hold"]), name="deal_status"
            ),
            models.CheckConstraint(condition=Q(amount__isnull=True) | Q(amount__gte=0), name="deal_amount"),
            models.CheckConstraint(
                condition=~Q(status="on_hold") | Q(wake_on__isnull=False), name="deal_on_hold_wakes"
            ),
            models.CheckConstraint(
                condition=~Q(status="lost") | ~Q(lost_reason=""), name="deal_lost_has_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "-status_at", "-id"], name="deal_by_time"),
            models.Index(fields=["workspace", "created_at"], name="deal_by_creation"),
        ]


class Payment(WorkspaceRow):
    """Money received for a deal, or given back (`kind` refund). Corrected by a counter-entry, never edited."""

    deal = WorkspaceKey(Deal)
    kind = models.CharField(max_length=8, default="received")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3)
    received_on = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    external_key = models.CharField(max_length=120, null=True, blank=True)
    recorded_by = WorkspaceKey(Member, null=True, blank=True)
    created_at = created_at()

    class Meta:
        db_table = "payment"
        constraints = [
            in_workspace("payment"),
            models.CheckConstraint(condition=Q(kind__in=["received", "refund"]), name="payment_kind"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_positive"),
            models.UniqueConstraint(fields=["workspace", "external_key"], name="payment_external_key"),
        ]
        indexes = [
            models.Index(fields=["workspace", "deal"], name="payment_of_deal"),
            models.Index(fields=["workspace", "-received_on", "-id"], name="payment_by_day"),
        ]

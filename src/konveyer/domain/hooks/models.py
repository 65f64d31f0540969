"""Tables of webhooks."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from konveyer.domain.workspace.models import Member
from konveyer.kit.rows import WorkspaceKey, WorkspaceRow, created_at, in_workspace


class Webhook(WorkspaceRow):
    """An address that is told about events. The secret is sealed with a key outside the database."""

    url = models.CharField(max_length=500)
    name = models.CharField(max_length=120)
    events = ArrayField(models.CharField(max_length=40), default=list)
    sealed_secret = models.TextField()
    active = models.BooleanField(default=True)
    created_by = WorkspaceKey(Member, null=True, blank=True)
    created_at = created_at()

    class Meta:
        db_table = "webhook"
        constraints = [
            in_workspace("webhook"),
            models.CheckConstraint(condition=~Q(url="") & ~Q(name=""), name="webhook_filled"),
        ]

    def __str__(self) -> str:
        return self.name


class Delivery(WorkspaceRow):
    """One event for one address. waiting → delivered, or given_up after the last attempt.

    `event_id` is the same for every address and attempt: the receiver drops what it has seen. The payload
    holds ids and figures, no personal values. `next_at` of a claimed delivery is the end of the claim.
    """

    webhook = WorkspaceKey(Webhook, on_delete=models.CASCADE)
    event_id = models.UUIDField()
    event = models.CharField(max_length=40)
    payload = models.JSONField()
    state = models.CharField(max_length=9, default="waiting")
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True, blank=True)
    answer_status = models.PositiveSmallIntegerField(null=True, blank=True)
    said = models.CharField(max_length=500, blank=True)
    created_at = created_at()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "webhook_delivery"
        constraints = [
            in_workspace("webhook_delivery"),
            models.CheckConstraint(
                condition=Q(state="waiting", next_at__isnull=False, settled_at__isnull=True)
                | Q(state__in=["delivered", "given_up"], next_at__isnull=True, settled_at__isnull=False),
                name="webhook_delivery_state",
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "next_at"], name="webhook_delivery_due", condition=Q(state="waiting")
            ),
            models.Index(fields=["workspace", "webhook", "-created_at", "-id"], name="webhook_delivery_log"),
        ]

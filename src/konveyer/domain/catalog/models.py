"""Tables of the catalogue."""

from django.db import models
from django.db.models import Q

from konveyer.kit.rows import WorkspaceRow, created_at, in_workspace

LEVELS = ("info", "front_end", "core", "vip")
KINDS = ("goods", "service", "meeting", "course", "subscription")


class Product(WorkspaceRow):
    """Something sold (or given, at the information level), on one level of the ladder."""

    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    level = models.CharField(max_length=10, default="core")
    kind = models.CharField(max_length=14, default="service")
    price = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3)
    direct_cost = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    difference = models.TextField(blank=True)  # R35: why this one, as the client's benefit
    active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    created_at = created_at()

    class Meta:
        db_table = "product"
        constraints = [
            in_workspace("product"),
            models.UniqueConstraint(fields=["workspace", "code"], name="product_code"),
            models.CheckConstraint(condition=Q(level__in=LEVELS), name="product_level"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="product_kind"),
            models.CheckConstraint(
                condition=Q(price__isnull=True) | Q(price__gte=0), name="product_price_not_negative"
            ),
            models.CheckConstraint(condition=Q(direct_cost__gte=0), name="product_cost_not_negative"),
        ]

    def __str__(self) -> str:
        return self.name

"""Tags of a workspace and the records that bear them."""

from django.db import models
from django.db.models import Q

from konveyer.domain.labels.rules.tags import COLORS
from konveyer.domain.leads.models import Lead
from konveyer.domain.people.models import Company, Contact
from konveyer.domain.workspace.models import Member
from konveyer.kit.rows import WorkspaceKey, WorkspaceRow, created_at, in_workspace

OF_ONE = (
    Q(company__isnull=False, contact__isnull=True, lead__isnull=True)
    | Q(company__isnull=True, contact__isnull=False, lead__isnull=True)
    | Q(company__isnull=True, contact__isnull=True, lead__isnull=False)
)


class Tag(WorkspaceRow):
    """A word that may stand on any company, person or lead. Retired: it stays where it is, and is not offered any more."""

    name = models.CharField(max_length=60)
    name_key = models.CharField(max_length=60)  # rules.tags.key_of the name: "VIP" and "vip" are one tag
    color = models.CharField(max_length=10, default="gray")
    retired_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = created_at()

    class Meta:
        db_table = "tag"
        constraints = [
            in_workspace("tag"),
            models.UniqueConstraint(fields=["workspace", "name_key"], name="tag_name"),
            models.CheckConstraint(condition=~Q(name_key=""), name="tag_named"),
            models.CheckConstraint(condition=Q(color__in=COLORS), name="tag_color"),
        ]

    def __str__(self) -> str:
        return self.name


class TagUse(WorkspaceRow):
    """A tag on one record: since when and by whom."""

    tag = WorkspaceKey(Tag)
    company = WorkspaceKey(Company, null=True, blank=True)
    contact = WorkspaceKey(Contact, null=True, blank=True)
    lead = WorkspaceKey(Lead, null=True, blank=True)
    at = models.DateTimeField()
    member = WorkspaceKey(Member, null=True, blank=True)

    class Meta:
        db_table = "tag_use"
        constraints = [
            in_workspace("tag_use"),
            models.CheckConstraint(condition=OF_ONE, name="tag_use_of_one"),
            *(
                models.UniqueConstraint(
                    fields=["workspace", kind, "tag"],
                    name=f"tag_use_once_{kind}",
                    condition=Q(**{f"{kind}__isnull": False}),
                )
                for kind in ("company", "contact", "lead")
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "tag", kind],
                name=f"tag_use_{kind}",
                condition=Q(**{f"{kind}__isnull": False}),
            )
            for kind in ("company", "contact", "lead")
        ]

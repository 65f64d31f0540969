"""Links between people: who sent whom to us, who speaks for whom."""

from django.db import models
from django.db.models import F, Q

from konveyer.domain.people.models.records import Contact
from konveyer.domain.people.rules.links import LINK_KINDS
from konveyer.domain.workspace.models import Member
from konveyer.kit.rows import WorkspaceKey, WorkspaceRow, created_at, in_workspace


class ContactLink(WorkspaceRow):
    """`contact` was sent to us, or is spoken for, by `by`: since when, until when, and where we know it from."""

    contact = WorkspaceKey(Contact)
    by = WorkspaceKey(Contact)
    kind = models.CharField(max_length=12)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    member = WorkspaceKey(Member, null=True, blank=True)
    created_at = created_at()

    class Meta:
        db_table = "contact_link"
        constraints = [
            in_workspace("contact_link"),
            models.UniqueConstraint(
                fields=["workspace", "contact", "by", "kind"],
                name="contact_link_standing",
                condition=Q(ended_on__isnull=True),
            ),
            models.CheckConstraint(condition=~Q(contact=F("by")), name="contact_link_of_two"),
            models.CheckConstraint(condition=Q(kind__in=LINK_KINDS), name="contact_link_kind"),
            models.CheckConstraint(
                condition=Q(started_on__isnull=True)
                | Q(ended_on__isnull=True)
                | Q(ended_on__gte=F("started_on")),
                name="contact_link_order",
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "contact"], name="contact_link_contact"),
            models.Index(fields=["workspace", "by"], name="contact_link_by"),
        ]

"""Handoffs between specialists."""

from django.db import models
from django.db.models import Q

from konveyer.domain.conveyor.models import Stage
from konveyer.domain.leads.models.lead import Lead
from konveyer.domain.workspace.models import Member, Role
from konveyer.kit.rows import WorkspaceKey, WorkspaceRow, in_workspace


class Handoff(WorkspaceRow):
    """A lead given from one specialist to the next with a package; both are credited.

    `state`: sent → accepted | returned (with a reason) | recycled (time ran out, to the queue). To a member,
    or to a role's queue until somebody takes it. `package` is what was known at the moment: facts, touches, note.
    """

    lead = WorkspaceKey(Lead, on_delete=models.CASCADE)
    from_member = WorkspaceKey(Member, null=True, blank=True)
    to_member = WorkspaceKey(Member, null=True, blank=True)
    to_role = WorkspaceKey(Role)
    from_stage = WorkspaceKey(Stage)
    to_stage = WorkspaceKey(Stage)
    state = models.CharField(max_length=8, default="sent")
    package = models.JSONField(default=dict)
    introduction = models.TextField(blank=True)
    sent_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    return_reason = models.CharField(max_length=20, blank=True)
    return_note = models.CharField(max_length=500, blank=True)
    history = models.BooleanField(default=False)

    class Meta:
        db_table = "handoff"
        constraints = [
            in_workspace("handoff"),
            models.UniqueConstraint(
                fields=["workspace", "lead"], name="handoff_one_sent", condition=Q(state="sent")
            ),
            models.CheckConstraint(
                condition=Q(state="sent", settled_at__isnull=True)
                | Q(state__in=["accepted", "recycled"], settled_at__isnull=False)
                | (Q(state="returned", settled_at__isnull=False) & ~Q(return_reason="")),
                name="handoff_state",
            ),
            models.CheckConstraint(condition=~Q(package={}), name="handoff_has_package"),
        ]
        indexes = [
            models.Index(fields=["workspace", "lead", "sent_at"], name="handoff_of_lead"),
            models.Index(fields=["workspace", "sent_at"], name="handoff_by_time"),
            models.Index(
                fields=["workspace", "to_member"], name="handoff_waiting", condition=Q(state="sent")
            ),
        ]

"""Tasks: what is to be done next, by whom, by when."""

from django.db import models
from django.db.models import Q

from konveyer.domain.leads.models.lead import Lead
from konveyer.domain.workspace.models import Member
from konveyer.kit.rows import WorkspaceKey, WorkspaceRow, created_at, in_workspace


class Task(WorkspaceRow):
    """A step on a lead. Open until done or cancelled; an open lead's `next_task` is always open (trigger)."""

    lead = WorkspaceKey(Lead, on_delete=models.CASCADE)
    kind = models.CharField(max_length=8)
    title = models.CharField(max_length=200)
    member = WorkspaceKey(Member)
    due_at = models.DateTimeField()
    due_precision = models.CharField(max_length=6, default="minute")
    promised = models.BooleanField(default=False)  # the client asked for this moment
    created_by = WorkspaceKey(Member, null=True, blank=True)
    created_at = created_at()
    done_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=20, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "task"
        constraints = [
            in_workspace("task"),
            models.CheckConstraint(
                condition=Q(kind__in=["call", "mail", "meeting", "message", "letter", "todo", "sort"]),
                name="task_kind",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(cancelled_at__isnull=True), name="task_ends_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "member", "due_at", "id"],
                name="task_open_of_member",
                condition=Q(done_at__isnull=True, cancelled_at__isnull=True),
            ),
            models.Index(fields=["workspace", "lead"], name="task_of_lead"),
        ]

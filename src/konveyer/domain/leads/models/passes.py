"""Stage passes: the lead's way, one row per stage it stood in."""

from django.db import models
from django.db.models import F, Q

from konveyer.domain.conveyor.models import Stage
from konveyer.domain.leads.models.lead import Lead
from konveyer.domain.workspace.models import Member
from konveyer.kit.rows import WorkspaceKey, WorkspaceRow, in_workspace


class StagePass(WorkspaceRow):
    """A lead stood in a stage from–to, worked by one owner. At most one pass of a lead is open.

    `outcome` says how it ended: passed, skipped (by a route, or unknown history), returned, rerouted,
    refused, mapped (a new version of the conveyor took the lead over: nobody did anything). `override_reason` stands where somebody opened the gate by his right.
    """

    lead = WorkspaceKey(Lead, on_delete=models.CASCADE)
    stage = WorkspaceKey(Stage)
    owner = WorkspaceKey(Member, null=True, blank=True)
    entered_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=8, blank=True)
    override_reason = models.CharField(max_length=500, blank=True)
    overridden_by = WorkspaceKey(Member, null=True, blank=True)

    class Meta:
        db_table = "stage_pass"
        constraints = [
            in_workspace("stage_pass"),
            models.UniqueConstraint(
                fields=["workspace", "lead"], name="stage_pass_one_open", condition=Q(left_at__isnull=True)
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True, outcome="")
                | Q(
                    left_at__gte=F("entered_at"),
                    outcome__in=["passed", "skipped", "returned", "rerouted", "refused", "mapped"],
                ),
                name="stage_pass_ends_well",
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "lead", "entered_at"], name="stage_pass_of_lead"),
            models.Index(fields=["workspace", "stage", "lead"], name="stage_pass_of_stage"),
            models.Index(fields=["workspace", "entered_at"], name="stage_pass_by_time"),
            models.Index(
                fields=["workspace", "stage", "-left_at"],
                name="stage_pass_left",
                include=["outcome"],
                condition=Q(outcome__in=["passed", "returned", "rerouted", "refused"]),
            ),
        ]

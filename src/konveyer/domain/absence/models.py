"""Tables of absences."""

from django.db import models
from django.db.models import F, Q

from konveyer.domain.absence.rules.sharing import RULES
from konveyer.domain.leads.models import Handoff, Lead, Task
from konveyer.domain.workspace.models import Member
from konveyer.kit.rows import WorkspaceKey, WorkspaceRow, created_at, in_workspace

GOING_ON = ("planned", "away", "gone")


class Absence(WorkspaceRow):
    """A member is away from the first day to the last, both included; without a last day he has left.

    `state`: planned → away → back, or called_off before the first day; gone → back when somebody who left is taken
    back. `to_member` is named by the rule "member".
    """

    member = WorkspaceKey(Member)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    rule = models.CharField(max_length=8)
    to_member = WorkspaceKey(Member, null=True, blank=True)
    state = models.CharField(max_length=10, default="planned")
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    created_by = WorkspaceKey(Member, null=True, blank=True)
    created_at = created_at()

    class Meta:
        db_table = "absence"
        constraints = [
            in_workspace("absence"),
            models.UniqueConstraint(
                fields=["workspace", "member"], name="absence_one_at_a_time", condition=Q(state__in=GOING_ON)
            ),
            models.CheckConstraint(
                condition=Q(state="planned", started_at__isnull=True, ended_at__isnull=True)
                | Q(state__in=["away", "gone"], started_at__isnull=False, ended_at__isnull=True)
                | Q(state="back", started_at__isnull=False, ended_at__isnull=False)
                | Q(state="called_off", started_at__isnull=True, ended_at__isnull=False),
                name="absence_state",
            ),
            models.CheckConstraint(
                condition=Q(state="gone", ends_on__isnull=True)
                | Q(state="back")
                | Q(ends_on__isnull=False, ends_on__gte=F("starts_on")),
                name="absence_days",
            ),
            models.CheckConstraint(condition=Q(rule__in=RULES), name="absence_rule"),
            models.CheckConstraint(
                condition=Q(rule="member", to_member__isnull=False)
                | (~Q(rule="member") & Q(to_member__isnull=True)),
                name="absence_named_deputy",
            ),
        ]
        indexes = [models.Index(fields=["workspace", "-starts_on", "-id"], name="absence_by_day")]


class Step(WorkspaceRow):
    """One record that changed hands: to a member, or (None) to the queue of its role. Settled when he is back.

    `settled`: returned, or kept, where `why` says why it stayed: closed, elsewhere (somebody moved it on), talked (the
    deputy has talked with them and keeps it).
    """

    absence = WorkspaceKey(Absence)
    lead = WorkspaceKey(Lead, null=True, blank=True, on_delete=models.CASCADE)
    task = WorkspaceKey(Task, null=True, blank=True, on_delete=models.CASCADE)
    handoff = WorkspaceKey(Handoff, null=True, blank=True, on_delete=models.CASCADE)
    to_member = WorkspaceKey(Member, null=True, blank=True)
    settled = models.CharField(max_length=8, blank=True, default="", db_default="")
    why = models.CharField(max_length=9, blank=True, default="", db_default="")

    class Meta:
        db_table = "absence_step"
        constraints = [
            in_workspace("absence_step"),
            models.CheckConstraint(
                condition=Q(lead__isnull=False, task__isnull=True, handoff__isnull=True)
                | Q(lead__isnull=True, task__isnull=False, handoff__isnull=True)
                | Q(lead__isnull=True, task__isnull=True, handoff__isnull=False),
                name="absence_step_of_one",
            ),
            models.CheckConstraint(
                condition=Q(settled__in=["", "returned"], why="")
                | Q(settled="kept", why__in=["closed", "elsewhere", "talked"]),
                name="absence_step_settled",
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "absence"], name="absence_step_of_absence"),
            *(
                models.Index(
                    fields=["workspace", one],
                    name=f"absence_step_{one}",
                    condition=Q(**{f"{one}__isnull": False}),
                )
                for one in ("lead", "task", "handoff")
            ),
        ]

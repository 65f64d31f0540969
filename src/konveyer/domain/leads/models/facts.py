"""What is known of a lead, how warm it is, and whether it is qualified."""

from django.db import models
from django.db.models import Q

from konveyer.domain.conveyor.models import CriteriaSet
from konveyer.domain.leads.models.lead import Lead
from konveyer.domain.workspace.models import Member
from konveyer.kit.rows import WorkspaceKey, WorkspaceRow, in_workspace


class LeadFact(WorkspaceRow):
    """A fact that gates read: kind, value, when, from where. One current value per kind; the journal keeps former ones."""

    lead = WorkspaceKey(Lead, on_delete=models.CASCADE)
    kind = models.CharField(max_length=60)
    value = models.CharField(max_length=500)
    number = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    at = models.DateTimeField()
    source = models.CharField(max_length=40)  # gate, card, import, touch, questionnaire, …
    member = WorkspaceKey(Member, null=True, blank=True)

    class Meta:
        db_table = "lead_fact"
        constraints = [
            in_workspace("lead_fact"),
            models.UniqueConstraint(fields=["workspace", "lead", "kind"], name="lead_fact_kind"),
            models.CheckConstraint(condition=~Q(value=""), name="lead_fact_filled"),
        ]


class TemperatureChange(WorkspaceRow):
    """A dated event: the lead became warmer, or colder by a stated rule or a person."""

    lead = WorkspaceKey(Lead, on_delete=models.CASCADE)
    was = models.CharField(max_length=6)
    became = models.CharField(max_length=6)
    at = models.DateTimeField()
    cause = models.CharField(max_length=60)
    member = WorkspaceKey(Member, null=True, blank=True)

    class Meta:
        db_table = "temperature_change"
        constraints = [
            in_workspace("temperature_change"),
            models.CheckConstraint(condition=~Q(was=models.F("became")), name="temperature_changes"),
        ]
        indexes = [
            models.Index(fields=["workspace", "lead", "at"], name="temperature_of_lead"),
            models.Index(fields=["workspace", "became", "at"], name="temperature_by_time"),
        ]


class Qualification(WorkspaceRow):
    """A verdict on a lead by a set of criteria: the facts as they were, why, who, when. Never changed; the last counts.

    `reasons`: per criterion its label, whether it is a must, and how it stood. `overridden`: a person said otherwise
    than the criteria, with a note.
    """

    lead = WorkspaceKey(Lead, on_delete=models.CASCADE)
    criteria = WorkspaceKey(CriteriaSet)
    verdict = models.CharField(max_length=13)
    facts = models.JSONField(default=dict)
    reasons = models.JSONField(default=list)
    overridden = models.BooleanField(default=False)
    note = models.CharField(max_length=500, blank=True)
    member = WorkspaceKey(Member, null=True, blank=True)
    at = models.DateTimeField()
    history = models.BooleanField(default=False)

    class Meta:
        db_table = "qualification"
        constraints = [
            in_workspace("qualification"),
            models.CheckConstraint(
                condition=Q(verdict__in=["qualified", "not_qualified"]), name="qualification_verdict"
            ),
            models.CheckConstraint(
                condition=Q(overridden=False) | ~Q(note=""), name="qualification_overridden_says_why"
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "lead", "at"], name="qualification_of_lead"),
            models.Index(fields=["workspace", "at"], name="qualification_by_time"),
        ]

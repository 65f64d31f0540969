"""What is known of a lead, and how warm it is."""

from django.db import models
from django.db.models import Q

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

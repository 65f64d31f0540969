"""Tables of leads."""

from konveyer.domain.leads.models.facts import LeadFact, Qualification, TemperatureChange
from konveyer.domain.leads.models.handoff import Handoff
from konveyer.domain.leads.models.lead import EntryPage, Lead, Origin
from konveyer.domain.leads.models.passes import StagePass
from konveyer.domain.leads.models.rotation import RotationPlace, RotationRule
from konveyer.domain.leads.models.task import Task

__all__ = [
    "EntryPage",
    "Handoff",
    "Lead",
    "LeadFact",
    "Origin",
    "Qualification",
    "RotationPlace",
    "RotationRule",
    "StagePass",
    "Task",
    "TemperatureChange",
]

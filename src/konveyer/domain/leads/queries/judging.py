"""How a lead stands with the criteria of its conveyor, and the verdicts given."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from konveyer.domain.conveyor.queries.criteria import Criteria, criteria_of
from konveyer.domain.conveyor.rules.criteria import Criterion, Judgement, judge
from konveyer.domain.leads.models import Lead, LeadFact, Qualification


@dataclass(frozen=True)
class Standing:
    """What the facts say now, and the last verdict. `verdict` None: nobody has judged yet."""

    criteria: Criteria
    judgement: Judgement
    facts: dict[str, str]
    verdict: Qualification | None

    @property
    def known(self) -> int:
        """How many criteria have an answer."""
        return len(self.criteria.items) - len(self.judgement.open)

    @property
    def lines(self) -> list[tuple[Criterion, str, str]]:
        """Each criterion with how it stands and the value."""
        return [(one, str(holds), self.facts.get(one.fact, "")) for one, holds in self.judgement.reasons]


def standing(lead: Lead, facts: dict[str, str] | None = None, *, judged: bool = True) -> Standing:
    """With the `facts`, where the caller has read them; `judged` is False where he knows that there is no verdict. Up to
    three queries."""
    criteria = criteria_of(lead.workspace_id, lead.conveyor_id)
    facts = facts_of(lead) if facts is None else facts
    verdict = last_verdict(lead) if judged else None
    return Standing(criteria, judge(criteria.items, criteria.wanted, facts), facts, verdict)


def facts_of(lead: Lead) -> dict[str, str]:
    """What is known, by kind."""
    rows = LeadFact.objects.filter(workspace_id=lead.workspace_id, lead=lead)
    return dict(rows.values_list("kind", "value"))


def last_verdict(lead: Lead) -> Qualification | None:
    """The verdict that counts."""
    rows = Qualification.objects.filter(workspace_id=lead.workspace_id, lead=lead)
    return rows.select_related("member", "criteria").order_by("-at", "-id").first()


def verdicts(workspace_id: UUID, lead_id: UUID) -> list[Qualification]:
    """All verdicts of a lead, the last first."""
    rows = Qualification.objects.filter(workspace_id=workspace_id, lead_id=lead_id)
    return list(rows.select_related("member", "criteria").order_by("-at", "-id")[:50])


def reasons_of(judgement: Judgement) -> list[dict[str, Any]]:
    """The reasons as a verdict keeps them: in the words of that day."""
    return [
        {"fact": one.fact, "label": one.label, "must": one.must, "stands": str(holds)}
        for one, holds in judgement.reasons
    ]

"""Judging a lead by the criteria of its conveyor (R12)."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from konveyer.domain.conveyor.queries.criteria import criteria_of
from konveyer.domain.conveyor.rules.criteria import Judgement, Verdict, judge
from konveyer.domain.leads.events import LeadJudged
from konveyer.domain.leads.models import Lead, Qualification
from konveyer.domain.leads.operations.change import change_temperature, store_fact
from konveyer.domain.leads.operations.hold_of import lock, require_open, save, snapshot
from konveyer.domain.leads.queries.judging import facts_of, reasons_of
from konveyer.domain.leads.rules.temperature import warmer
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.events import publish
from konveyer.kit.refusal import Refused

FACT = "qualified"  # what gates read


class FactsMissing(Refused):
    """The criteria cannot say yet. `judgement.open` says what is to be asked."""

    def __init__(self, judgement: Judgement) -> None:
        self.judgement = judgement
        listed = [
            {"fact": one.fact, "label": one.label, "ask": one.ask, "choices": list(one.choices)}
            for one in judgement.open
        ]
        super().__init__(
            "facts_missing", _("Not enough is known yet to judge: ask for what is missing."),
            details={"missing": listed},
        )  # fmt: skip


@transaction.atomic
def qualify(
    *,
    actor: Actor,
    at: datetime,
    lead_id: UUID,
    facts: Mapping[str, str] | None = None,
    override_reason: str = "",
    version: int | None = None,
) -> Qualification:
    """Judge an open lead with what is known and the `facts` given here; the verdict stands with its reasons.

    A qualified lead is hot. With `override_reason` whoever may go round gates qualifies it against the criteria. Raises
    FactsMissing when they cannot say yet, Refused when the conveyor has none or the lead is not open.
    """
    lead = lock(actor=actor, lead_id=lead_id, version=version)
    require_open(lead)
    criteria = criteria_of(actor.workspace_id, lead.conveyor_id)
    if criteria.id is None or not criteria.items:
        raise Refused(
            "no_criteria", _("Nobody has drawn up criteria for this conveyor: Settings, Conveyors, Criteria.")
        )  # fmt: skip
    asked = {one.fact for one in criteria.items}
    for kind, value in (facts or {}).items():
        if kind in asked and value.strip():
            store_fact(lead, actor=actor, at=at, kind=kind, value=value, source="qualification")
    known = facts_of(lead)
    found = judge(criteria.items, criteria.wanted, known)
    against = bool(override_reason.strip()) and found.verdict is not Verdict.QUALIFIED
    if against:
        actor.require(Right.GATE_OVERRIDE)
    elif found.verdict is Verdict.OPEN:
        raise FactsMissing(found)
    verdict = Verdict.QUALIFIED if against else found.verdict
    row = Qualification.objects.create(
        workspace_id=lead.workspace_id, lead=lead, criteria_id=criteria.id, verdict=str(verdict),
        facts={kind: known[kind] for kind in sorted(asked) if kind in known}, reasons=reasons_of(found),
        overridden=against, note=override_reason.strip()[:500] if against else "", member_id=actor.member_id, at=at,
    )  # fmt: skip
    _settle(lead, row, actor=actor, at=at)
    return row


def _settle(lead: Lead, row: Qualification, *, actor: Actor, at: datetime) -> None:
    """What follows from the verdict: the fact for gates, the temperature, the journal, the news."""
    yes = row.verdict == Verdict.QUALIFIED
    was = snapshot(lead)
    store_fact(lead, actor=actor, at=at, kind=FACT, value="yes" if yes else "no", source="qualification")
    if yes:
        became = warmer(lead.temperature, "hot")
        change_temperature(lead, actor=actor, at=at, became=became, cause="qualified")
    save(
        lead, actor=actor, at=at, action=row.verdict, was=was, reason=row.note, criteria=row.criteria.number
    )  # fmt: skip
    publish(LeadJudged(actor, at, lead.pk, yes))

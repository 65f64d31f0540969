"""Facts of leads, as gates read them."""

from __future__ import annotations

from konveyer.domain.imports.rules.drafts import Draft, Known, Plan, Setting
from konveyer.domain.imports.rules.lines import FactCell


def put_fact(known: Known, plan: Plan, setting: Setting, lead: Draft, kind: str, cell: FactCell) -> None:
    """The list says this of the lead; the same again changes nothing."""
    facts = known.facts[lead.id]
    fact = facts.get(kind)
    said = {"value": cell.value, "number": cell.number, "at": setting.at, "source": "import"}
    if fact is None:
        values = {"lead_id": lead.id, "kind": kind, **said}
        facts[kind] = plan.add("lead_fact", Draft(setting.new_id(), values, new=True))
    elif fact.values["value"] != cell.value:
        for column, value in said.items():
            plan.put("lead_fact", fact, column, value)

"""What is known of a lead: fields, facts, temperature."""

from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from konveyer.domain.catalog.models import LEVELS, Product
from konveyer.domain.journal.operations import changes, record
from konveyer.domain.leads.models import Lead, LeadFact, TemperatureChange
from konveyer.domain.leads.operations.hold_of import lock, save, snapshot
from konveyer.domain.leads.rules.temperature import ORDER, warmer
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.kit.refusal import Invalid

CHANGEABLE = ("title", "product_id", "expected_amount", "currency", "self_reported", "level")


def change_lead(*, actor: Actor, at: datetime, lead_id: UUID, version: int, **fields: Any) -> Lead:
    """Change title, product, expected amount, currency, level or the self-reported source.

    Raises Stale when somebody else was quicker; Invalid for a negative amount or an unknown product or field.
    """
    lead = lock(actor=actor, lead_id=lead_id, version=version)
    unknown = set(fields) - set(CHANGEABLE)
    if unknown:
        raise Invalid(
            "field_unknown", _("This field cannot be changed."), fields=dict.fromkeys(unknown, "unknown")
        )
    amount = fields.get("expected_amount")
    if amount is not None and (amount < 0 or amount >= Decimal(10) ** 12):
        raise Invalid(
            "amount", _("The amount cannot be negative or that large."), fields={"expected_amount": "range"}
        )
    product = fields.get("product_id")
    if product and not Product.objects.filter(workspace_id=actor.workspace_id, pk=product).exists():
        raise Invalid("product", _("There is no such product."), fields={"product": "unknown"})
    if fields.get("level", lead.level) not in LEVELS:
        raise Invalid("level", _("There is no such level."), fields={"level": "unknown"})
    was = {name: getattr(lead, name) for name in fields}
    for name, value in fields.items():
        setattr(lead, name, value)
    if "title" in fields and lead.contact_id is None and lead.company_id is None:
        from konveyer.kit.text import sort_key

        lead.title_key = sort_key(lead.title)
    lead.version += 1
    lead.save()
    before, after = changes(was, fields)
    if after:
        record(
            actor=actor,
            at=at,
            subject="lead",
            subject_id=lead.pk,
            action="changed",
            before=before,
            after=after,
        )
    return lead


def set_fact(
    *,
    actor: Actor,
    at: datetime,
    lead_id: UUID,
    kind: str,
    value: str,
    source: str = "card",
    version: int | None = None,
) -> LeadFact | None:
    """Write down a fact that gates read; an empty value forgets it. Events of upper packages call this too."""
    lead = lock(actor=actor, lead_id=lead_id, version=version)
    return store_fact(lead, actor=actor, at=at, kind=kind, value=value, source=source)


def store_fact(
    lead: Lead, *, actor: Actor, at: datetime, kind: str, value: str, source: str
) -> LeadFact | None:
    """The same for a lead already locked."""
    kind, value = kind.strip(), value.strip()[:500]
    if not kind or len(kind) > 60 or not kind.isprintable():
        raise Invalid(
            "fact_kind", _("A fact has a name of up to 60 letters and signs that can be seen."),
            fields={"kind": "form"},
        )  # fmt: skip
    rows = LeadFact.objects.filter(workspace_id=lead.workspace_id, lead=lead, kind=kind)
    former = rows.first()
    if former is not None and former.value == value:
        return former
    fact: LeadFact | None = None
    if value:
        fact, _created = LeadFact.objects.update_or_create(
            workspace_id=lead.workspace_id, lead=lead, kind=kind,
            defaults={"value": value, "number": number_in(value), "at": at, "source": source, "member_id": actor.member_id},
        )  # fmt: skip
    else:
        rows.delete()
    record(
        actor=actor, at=at, subject="lead", subject_id=lead.pk, action="fact",
        before={kind: former.value} if former else {}, after={kind: value}, personal=[kind],
        personal_owner=lead.contact_id or lead.pk,
    )  # fmt: skip
    return fact


def number_in(value: str) -> Decimal | None:
    """The value as a number, if it is one that fits numeric(18, 4)."""
    try:
        number = Decimal(value.replace("\u00a0", "").replace(" ", "").replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < Decimal(10) ** 14 else None


def set_temperature(
    *, actor: Actor, at: datetime, lead_id: UUID, temperature: str, version: int | None = None
) -> Lead:
    """A person's own judgement, warmer or colder."""
    if temperature not in ORDER:
        raise Invalid("temperature", _("There is no such temperature."), fields={"temperature": "unknown"})
    lead = lock(actor=actor, lead_id=lead_id, version=version)
    was = snapshot(lead)
    if change_temperature(lead, actor=actor, at=at, became=temperature, cause="person"):
        save(lead, actor=actor, at=at, action="temperature", was=was)
    return lead


def warm_up(*, actor: Actor, at: datetime, lead_id: UUID, proposed: str, cause: str) -> Lead:
    """An event proposes a temperature; a lead that is warmer already stays so."""
    lead = Lead.objects.select_for_update(of=("self",)).get(workspace_id=actor.workspace_id, pk=lead_id)
    was = snapshot(lead)
    if change_temperature(lead, actor=actor, at=at, became=warmer(lead.temperature, proposed), cause=cause):
        save(lead, actor=actor, at=at, action="temperature", was=was)
    return lead


def change_temperature(lead: Lead, *, actor: Actor, at: datetime, became: str, cause: str) -> bool:
    """Write the dated event; the lead is not saved here. False when nothing changes."""
    if lead.temperature == became:
        return False
    TemperatureChange.objects.create(
        workspace_id=lead.workspace_id, lead=lead, was=lead.temperature, became=became, at=at, cause=cause,
        member_id=actor.member_id,
    )  # fmt: skip
    lead.temperature = became
    return True

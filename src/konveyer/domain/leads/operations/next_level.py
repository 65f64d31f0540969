"""The next level at a sale (R16): the client's next lead, asleep until its day."""

from datetime import datetime, timedelta
from uuid import UUID

from konveyer.domain.catalog.models import Product
from konveyer.domain.journal.operations import record
from konveyer.domain.leads.models import Lead, StagePass
from konveyer.domain.leads.operations.open import entry_of, local_day, open_leads_like
from konveyer.domain.leads.queries.whose import account_manager
from konveyer.domain.leads.rules.levels import next_level
from konveyer.domain.workspace.models import Workspace
from konveyer.domain.workspace.rules.actor import Actor

NEXT_LEVEL_SLEEPS = timedelta(days=30)  # the model: asleep until acceptance or a date


def open_next_level(*, actor: Actor, at: datetime, lead_id: UUID) -> Lead | None:
    """R16: a sale makes the client a new lead on the next level, owned by an account manager, asleep for a while.

    None where no higher level has an active product (a ladder gap), or such a lead is open already.
    """
    won = Lead.objects.get(workspace_id=actor.workspace_id, pk=lead_id)
    rows = Product.objects.filter(workspace_id=actor.workspace_id, active=True)
    level = next_level(won.level, set(rows.values_list("level", flat=True)))
    if level is None or won.history or (won.contact_id is None and won.company_id is None):
        return None
    if open_leads_like(actor.workspace_id, won.conveyor_id, level, won.contact_id, won.company_id).exists():
        return None
    version, stage = entry_of(actor.workspace_id, won.conveyor_id)
    zone = Workspace.objects.get(pk=actor.workspace_id).timezone
    wake = local_day(at + NEXT_LEVEL_SLEEPS, zone)
    manager = account_manager(actor.workspace_id) or won.owner_id
    lead = Lead.objects.create(
        workspace_id=actor.workspace_id, conveyor_id=won.conveyor_id, conveyor_version_id=version, stage=stage, level=level,
        contact_id=won.contact_id, company_id=won.company_id, title=won.title, title_key=won.title_key,
        currency=won.currency, owner_id=manager, state="on_hold", wake_on=wake, parent=won, origin_id=won.origin_id,
        arrived_at=at, arrived_on=local_day(at, zone), entered_stage_at=at, created_at=at, temperature="client",
    )  # fmt: skip
    StagePass.objects.create(
        workspace_id=actor.workspace_id, lead=lead, stage=stage, owner_id=manager, entered_at=at
    )
    record(
        actor=actor, at=at, subject="lead", subject_id=lead.pk, action="created",
        after={"level": level, "after_lead": won.pk, "wake_on": wake},
    )  # fmt: skip
    return lead

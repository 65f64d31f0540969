"""A new lead on a conveyor."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from konveyer.domain.catalog.models import LEVELS, Product
from konveyer.domain.conveyor.models import Conveyor, Stage
from konveyer.domain.conveyor.queries import live_version, stages
from konveyer.domain.journal.operations import record
from konveyer.domain.leads.events import LeadOpened
from konveyer.domain.leads.models import EntryPage, Lead, Origin, StagePass
from konveyer.domain.leads.models.lead import OPEN_STATES
from konveyer.domain.leads.operations.assign import credit
from konveyer.domain.leads.operations.owning import holds
from konveyer.domain.leads.operations.room import has_room, require_room
from konveyer.domain.leads.operations.rotation import take_turn
from konveyer.domain.leads.operations.tasks import default_task
from konveyer.domain.leads.queries.office import office_of
from konveyer.domain.leads.queries.whose import account_manager, former_owners, present
from konveyer.domain.leads.rules.deadlines import Office, working_deadline
from konveyer.domain.people.models import Company, Contact
from konveyer.domain.workspace.models import Member, Workspace
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.events import publish
from konveyer.kit.refusal import Invalid, Refused
from konveyer.kit.text import sort_key


@transaction.atomic
def open_lead(
    *,
    actor: Actor,
    at: datetime,
    conveyor_id: UUID,
    contact_id: UUID | None = None,
    company_id: UUID | None = None,
    title: str = "",
    origin_key: str | None = None,
    page_key: str | None = None,
    incoming: bool = False,
    owner_id: UUID | None = None,
    product_id: UUID | None = None,
    level: str | None = None,
    expected_amount: Decimal | None = None,
    second_reason: str = "",
    self_reported: str = "",
) -> Lead:
    """Put a lead on the first stage of the conveyor's live version.

    The owner is the one named; else, of an incoming lead of somebody we know, who worked with them before (for a client
    the account manager; for an absent one his deputy); else the actor if he holds the stage's role and his frame has
    room; else the role's queue: nothing that came in is refused because somebody is full. Raises Refused "open_lead_exists" (details: the
    lead) when the company, else the contact, has an open lead on this conveyor and level already and no reason for a
    second is given; OutsideFrame when the owner named holds as many open leads as his frame allows.
    """
    actor.require(Right.LEADS_CREATE)
    workspace = Workspace.objects.get(pk=actor.workspace_id)
    version, stage = entry_of(actor.workspace_id, conveyor_id)
    product = _product(actor.workspace_id, product_id)
    wanted = level or (product.level if product else "core")
    if wanted not in LEVELS:
        raise Invalid("level", _("There is no such level."), fields={"level": "unknown"})
    if expected_amount is not None and not 0 <= expected_amount < Decimal(10) ** 12:
        raise Invalid(
            "amount", _("The amount cannot be negative or that large."), fields={"expected_amount": "range"}
        )
    _refuse_second(actor, conveyor_id, wanted, contact_id, company_id, second_reason)
    lead = Lead(
        workspace=workspace, conveyor_id=conveyor_id, conveyor_version_id=version, stage=stage, level=wanted,
        contact_id=contact_id, company_id=company_id, title=title.strip()[:200],
        title_key=_title_key(actor.workspace_id, contact_id, company_id, title), product=product,
        expected_amount=expected_amount if expected_amount is not None else (product.price if product else None),
        currency=product.currency if product else workspace.currency, incoming=incoming, self_reported=self_reported[:200],
        second_reason=second_reason.strip()[:300], origin=_origin(actor.workspace_id, origin_key),
        page=_page(actor.workspace_id, page_key), arrived_at=at, arrived_on=local_day(at, workspace.timezone),
        entered_stage_at=at, due_at=stage_deadline(stage, at, Office(workspace.timezone)), created_at=at,
    )  # fmt: skip
    _settle(lead, actor=actor, at=at, owner_id=owner_id)
    record(
        actor=actor, at=at, subject="lead", subject_id=lead.pk, action="created",
        after={"stage": stage.name, "origin": origin_key, "owner_id": lead.owner_id, "level": wanted},
        reason=second_reason,
    )  # fmt: skip
    publish(LeadOpened(actor, at, lead.pk))
    return lead


def _settle(lead: Lead, *, actor: Actor, at: datetime, owner_id: UUID | None) -> None:
    """Store the new lead with its owner or queue, its first pass and its first step."""
    stage = lead.stage
    if owner_id is not None and owner_id != actor.member_id:
        actor.require(Right.LEADS_ASSIGN)
    me = actor.member_id
    if owner_id is None and lead.incoming:
        today = local_day(at, lead.workspace.timezone)
        owner_id = _known_to(lead) or take_turn(lead, stage.role_id, today=today)
    if owner_id is None and me and holds(lead.workspace_id, me, stage.role_id) and has_room(lead, me):
        owner_id = me
    lead.queue = stage.role
    _store(lead)
    StagePass.objects.create(
        workspace_id=lead.workspace_id, lead=lead, stage=stage, owner_id=owner_id, entered_at=at
    )
    if owner_id is None:
        return
    owner = Member.objects.filter(workspace_id=lead.workspace_id, pk=owner_id, active=True).first()
    if owner is None:
        raise Invalid(
            "member_inactive", _("This member cannot take leads: not active."), fields={"owner": "inactive"}
        )
    require_room(lead, owner, actor=actor)
    lead.owner, lead.queue = owner, None
    lead.due_at = stage_deadline(stage, at, office_of(lead.workspace_id, owner.pk))
    credit(lead, stage.role.code, owner)
    default_task(lead, actor=actor, at=at, member_id=owner_id)
    lead.save()


def _known_to(lead: Lead) -> UUID | None:
    """Who is to answer this incoming lead: the same people as before, if they are here and have room."""
    client, former = former_owners(lead.workspace_id, lead.contact_id, lead.company_id)
    today = local_day(lead.arrived_at, lead.workspace.timezone)
    for one in present(lead.workspace_id, former, today):
        if has_room(lead, one):
            return one
    return account_manager(lead.workspace_id) if client else None


def _store(lead: Lead) -> None:
    """Somebody may have opened a lead of the same client in this very moment: then this one is refused like any second."""
    try:
        with transaction.atomic():
            lead.save(force_insert=True)
    except IntegrityError:
        rows = open_leads_like(
            lead.workspace_id, lead.conveyor_id, lead.level, lead.contact_id, lead.company_id
        )
        found = rows.first()
        if found is None:
            raise
        raise _exists(found) from None


def stage_deadline(stage: Stage, at: datetime, office: Office) -> datetime | None:
    """When the stage is overdue for a lead that entered it now, in somebody's working hours; None without a limit."""
    return working_deadline(at, stage.sla_hours, *office) if stage.sla_hours else None


def local_day(at: datetime, zone: str) -> date:
    """The date of an instant in a zone."""
    return at.astimezone(ZoneInfo(zone)).date()


def entry_of(workspace_id: UUID, conveyor_id: UUID) -> tuple[UUID, Stage]:
    version = live_version(workspace_id, conveyor_id)
    if (
        version is None
        or not Conveyor.objects.filter(workspace_id=workspace_id, pk=conveyor_id, active=True).exists()
    ):
        raise Invalid("conveyor", _("There is no such conveyor in use."), fields={"conveyor": "unknown"})
    return version.pk, stages(workspace_id, version.pk)[0]


def _product(workspace_id: UUID, product_id: UUID | None) -> Product | None:
    if product_id is None:
        return None
    product = Product.objects.filter(workspace_id=workspace_id, pk=product_id).first()
    if product is None:
        raise Invalid("product", _("There is no such product."), fields={"product": "unknown"})
    return product


def open_leads_like(
    workspace_id: UUID, conveyor_id: UUID, level: str, contact_id: UUID | None, company_id: UUID | None
) -> QuerySet[Lead]:
    rows = Lead.objects.filter(
        workspace_id=workspace_id,
        conveyor_id=conveyor_id,
        level=level,
        state__in=OPEN_STATES,
        second_reason="",
    )
    if company_id:
        return rows.filter(company_id=company_id)
    return rows.filter(company__isnull=True, contact_id=contact_id) if contact_id else rows.none()


def _refuse_second(
    actor: Actor, conveyor_id: UUID, level: str, contact_id: UUID | None, company_id: UUID | None, reason: str
) -> None:
    if contact_id and not Contact.objects.filter(workspace_id=actor.workspace_id, pk=contact_id).exists():
        raise Invalid("contact", _("There is no such person in the base."), fields={"contact": "unknown"})
    if company_id and not Company.objects.filter(workspace_id=actor.workspace_id, pk=company_id).exists():
        raise Invalid("company", _("There is no such company in the base."), fields={"company": "unknown"})
    if reason.strip():
        actor.require(Right.LEADS_SECOND)
        return
    found = open_leads_like(actor.workspace_id, conveyor_id, level, contact_id, company_id).first()
    if found:
        raise _exists(found)


def _exists(found: Lead) -> Refused:
    return Refused(
        "open_lead_exists",
        _("There is an open lead already. Go on with it, or say why a second one is needed."),
        details={"lead": str(found.pk)},
    )


def _title_key(workspace_id: UUID, contact_id: UUID | None, company_id: UUID | None, title: str) -> str:
    if company_id:
        return Company.objects.only("name_key").get(workspace_id=workspace_id, pk=company_id).name_key
    if contact_id:
        return Contact.objects.only("name_key").get(workspace_id=workspace_id, pk=contact_id).name_key
    return sort_key(title)


def _origin(workspace_id: UUID, key: str | None) -> Origin | None:
    if not key or not key.strip():
        return None
    name = key.strip()[:120]
    return Origin.objects.get_or_create(workspace_id=workspace_id, key=name, defaults={"name": name})[0]


def _page(workspace_id: UUID, key: str | None) -> EntryPage | None:
    if not key or not key.strip():
        return None
    name = key.strip()[:300]
    return EntryPage.objects.get_or_create(workspace_id=workspace_id, key=name, defaults={"name": name})[0]

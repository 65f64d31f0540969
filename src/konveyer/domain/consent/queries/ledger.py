"""The ledger of a person, the texts, and whether he may be addressed."""

from uuid import UUID

from django.utils.translation import gettext as _

from konveyer.domain.consent.models import Consent, ConsentText
from konveyer.domain.consent.rules.ledger import Standing, allowed, standing
from konveyer.domain.people.models import Contact, PointUse
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import NotFound


def entries(workspace_id: UUID, contact_id: UUID) -> list[Consent]:
    """Every entry of the person, oldest first, with text, point and who wrote it down. One query."""
    rows = Consent.objects.filter(workspace_id=workspace_id, contact_id=contact_id)
    return list(rows.select_related("text", "point", "member").order_by("at", "id"))


def stands(workspace_id: UUID, contact_id: UUID) -> list[Standing]:
    """How it stands by purpose and contact point. One query."""
    return standing(entries(workspace_id, contact_id))


def may_address(workspace_id: UUID, contact_id: UUID, purpose: str, point_id: UUID | None = None) -> bool:
    """Whether a consent of the person for the purpose holds. One query."""
    rows = Consent.objects.filter(workspace_id=workspace_id, contact_id=contact_id, purpose=purpose)
    return allowed(rows.order_by("at", "id"), purpose, point_id)


def proof_of(actor: Actor, contact_id: UUID) -> tuple[Contact, list[Consent]]:
    """The person and all of his ledger, as it is laid before whoever asks. Raises Forbidden, NotFound."""
    actor.require(Right.BASE_READ)
    contact = Contact.objects.filter(workspace_id=actor.workspace_id, pk=contact_id).first()
    if contact is None:
        raise NotFound("contact_not_found", _("There is no such person in the base."))
    return contact, entries(actor.workspace_id, contact_id)


def texts(workspace_id: UUID, *, newest: bool = False) -> list[ConsentText]:
    """All versions by purpose and language, the latest first; with `newest` that one alone. One query."""
    rows = ConsentText.objects.filter(workspace_id=workspace_id).order_by("purpose", "language", "-number")
    return list(rows.distinct("purpose", "language") if newest else rows.select_related("created_by"))


def points_of(workspace_id: UUID, contact_id: UUID) -> list[PointUse]:
    """The contact points for which the person may agree apart."""
    rows = PointUse.objects.filter(workspace_id=workspace_id, contact_id=contact_id)
    return list(rows.select_related("point").order_by("position", "id"))

"""A lead that came by recommendation: a source of its own, with whoever recommended us linked (R36)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from konveyer.domain.journal.operations import changes, record
from konveyer.domain.leads.models import Lead, Origin
from konveyer.domain.leads.operations.hold_of import lock
from konveyer.domain.people.models import Contact, ContactLink
from konveyer.domain.people.operations.links import link_contacts
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import Invalid, NotFound

ORIGIN = "recommendation"


@transaction.atomic
def recommend(
    *, actor: Actor, at: datetime, lead_id: UUID, by_id: UUID | None, version: int | None = None
) -> Lead:
    """Write down who recommended us (None: nobody after all). A lead without a source gets "recommendation".

    Where the lead has a person, the two people are linked as well, by who may edit the base. Raises Stale, NotFound,
    Invalid for the lead's own person.
    """
    lead = lock(actor=actor, lead_id=lead_id, version=version)
    if by_id is not None and by_id == lead.contact_id:
        raise Invalid(
            "recommends_self", _("Nobody recommends himself. Choose somebody else."), fields={"other": "same"}
        )
    if by_id is not None and not Contact.objects.filter(workspace_id=actor.workspace_id, pk=by_id).exists():
        raise NotFound("contact_not_found", _("There is no such person in the base."))
    was = {"recommender_id": lead.recommender_id, "origin_id": lead.origin_id}
    lead.recommender_id = by_id
    if by_id is not None and lead.origin_id is None:
        lead.origin, _new = Origin.objects.get_or_create(
            workspace_id=actor.workspace_id, key=ORIGIN, defaults={"name": _("Recommendation")}
        )
    before, after = changes(was, {"recommender_id": lead.recommender_id, "origin_id": lead.origin_id})
    if not after:
        return lead
    lead.version += 1
    lead.save()
    record(
        actor=actor, at=at, subject="lead", subject_id=lead.pk, action="recommended", before=before, after=after
    )  # fmt: skip
    if by_id is not None and lead.contact_id and actor.may(Right.BASE_EDIT):
        standing = ContactLink.objects.filter(
            workspace_id=actor.workspace_id, contact_id=lead.contact_id, by_id=by_id, ended_on__isnull=True
        )
        if not standing.exists():
            link_contacts(
                actor=actor, at=at, contact_id=lead.contact_id, by_id=by_id, kind="recommended", note=""
            )
    return lead

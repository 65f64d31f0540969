"""A consent given, confirmed, withdrawn: each a new entry, none is ever changed."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from konveyer.domain.consent.events import ConsentGiven, ConsentWithdrawn
from konveyer.domain.consent.models import Consent, ConsentText
from konveyer.domain.consent.queries.ledger import stands
from konveyer.domain.consent.rules.ledger import PURPOSES, SOURCES, Standing
from konveyer.domain.journal.operations import record
from konveyer.domain.people.models import Contact, PointUse
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.events import publish
from konveyer.kit.refusal import Invalid, NotFound, Refused


@transaction.atomic
def give(
    *, actor: Actor, at: datetime, contact_id: UUID, text_id: UUID, source: str, given_at: datetime | None = None,
    point_id: UUID | None = None, place: str = "", address: str = "", note: str = "",
) -> Consent:  # fmt: skip
    """The person agreed to the text, for one contact point or (None) whichever. Its purpose is that of the text.

    By hand, `place` must say where the proof lies. Raises NotFound, Invalid.
    """
    _hold(actor, contact_id)
    text = ConsentText.objects.filter(workspace_id=actor.workspace_id, pk=text_id).first()
    if text is None:
        raise Invalid(
            "consent_text_unknown",
            _("Choose the text that the person agreed to."),
            fields={"text": "unknown"},
        )
    if source not in SOURCES:
        raise Invalid("consent_source", _("Say where the consent comes from."), fields={"source": "unknown"})
    if source in ("by_hand", "paper", "import") and not place.strip():
        raise Invalid(
            "consent_place",
            _("Say where the proof lies: which paper, mail or list."),
            fields={"place": "empty"},
        )
    when = given_at or at
    if when > at:
        raise Invalid("consent_ahead", _("This day lies ahead."), fields={"given_at": "ahead"})
    _own_point(actor, contact_id, point_id)
    made = _enter(
        actor, at, contact_id, text.purpose, "given", point_id, when=when, text=text, source=source, place=place.strip()[:300],
        address=address[:45], note=note.strip()[:300],
    )  # fmt: skip
    publish(ConsentGiven(actor, at, contact_id, text.purpose, point_id))
    return made


@transaction.atomic
def confirm(*, actor: Actor, at: datetime, contact_id: UUID, purpose: str, point_id: UUID | None = None, address: str = "", place: str = "") -> Consent:  # fmt: skip
    """The person confirmed what he had agreed to (by the button of a confirmation mail). Raises Refused without a consent."""
    _hold(actor, contact_id)
    _standing(actor, contact_id, purpose, point_id)
    return _enter(actor, at, contact_id, purpose, "confirmed", point_id, when=at, source="mail", address=address[:45], place=place[:300])  # fmt: skip


@transaction.atomic
def withdraw(
    *, actor: Actor, at: datetime, contact_id: UUID, purpose: str, source: str, point_id: UUID | None = None, place: str = "",
    address: str = "", note: str = "",
) -> Consent:  # fmt: skip
    """The person does not agree any more. Raises Invalid, NotFound, Refused where no such consent stands."""
    _hold(actor, contact_id)
    if source not in SOURCES:
        raise Invalid("consent_source", _("Say where the consent comes from."), fields={"source": "unknown"})
    _standing(actor, contact_id, purpose, point_id)
    made = _enter(
        actor, at, contact_id, purpose, "withdrawn", point_id, when=at, source=source, place=place.strip()[:300],
        address=address[:45], note=note.strip()[:300],
    )  # fmt: skip
    publish(ConsentWithdrawn(actor, at, contact_id, purpose, point_id))
    return made


def _hold(actor: Actor, contact_id: UUID) -> None:
    """Two entries for one person follow each other."""
    actor.require(Right.BASE_EDIT)
    rows = Contact.objects.select_for_update(of=("self",)).filter(
        workspace_id=actor.workspace_id, pk=contact_id
    )
    if not rows.values_list("pk", flat=True).first():
        raise NotFound("contact_not_found", _("There is no such person in the base."))


def _standing(actor: Actor, contact_id: UUID, purpose: str, point_id: UUID | None) -> Standing:
    if purpose not in PURPOSES:
        raise Invalid("consent_purpose", _("There is no such purpose."), fields={"purpose": "unknown"})
    found = [
        one
        for one in stands(actor.workspace_id, contact_id)
        if (one.purpose, one.point_id) == (purpose, point_id)
    ]
    if not found or not found[0].holds:
        raise Refused("consent_none", _("There is no such consent, or it was withdrawn already."))
    return found[0]


def _own_point(actor: Actor, contact_id: UUID, point_id: UUID | None) -> None:
    if (
        point_id
        and not PointUse.objects.filter(
            workspace_id=actor.workspace_id, contact_id=contact_id, point_id=point_id
        ).exists()
    ):
        raise Invalid(
            "consent_point", _("This phone or address is not the person's."), fields={"point": "unknown"}
        )


def _enter(
    actor: Actor, at: datetime, contact_id: UUID, purpose: str, done: str, point_id: UUID | None, *, when: datetime, **more: object
) -> Consent:  # fmt: skip
    made = Consent.objects.create(
        workspace_id=actor.workspace_id, contact_id=contact_id, point_id=point_id, purpose=purpose, done=done,
        member_id=actor.member_id, at=when, created_at=at, **more,
    )  # fmt: skip
    record(
        actor=actor, at=at, subject="contact", subject_id=contact_id, action=f"consent_{done}",
        after={"purpose": purpose, "source": made.source, "given_on": when.date().isoformat()},
    )  # fmt: skip
    return made

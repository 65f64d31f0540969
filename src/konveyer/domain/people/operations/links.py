"""Who sent or recommended whom: written down, ended, taken away."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from konveyer.domain.journal.operations import record
from konveyer.domain.people.models import ContactLink
from konveyer.domain.people.operations.contacts import hold_contact
from konveyer.domain.people.rules.links import LINK_KINDS, MOST
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import Invalid, NotFound, Refused


@transaction.atomic
def link_contacts(
    *,
    actor: Actor,
    at: datetime,
    contact_id: UUID,
    by_id: UUID,
    kind: str,
    started_on: date | None = None,
    note: str = "",
) -> ContactLink:
    """`contact_id` was sent or recommended to us by `by_id`. Raises Forbidden, NotFound, Invalid, and Refused for a link
    that stands already, that would close a circle, or that is one too many."""
    actor.require(Right.BASE_EDIT)
    if contact_id == by_id:
        raise Invalid(
            "link_self", _("Nobody recommends himself. Choose somebody else."), fields={"other": "same"}
        )
    if kind not in LINK_KINDS:
        raise Invalid("link_kind", _("Choose how they stand to each other."), fields={"kind": "unknown"})
    text = " ".join(note.split())
    if len(text) > 300 or not text.isprintable():
        raise Invalid("link_note", _("The note has at most 300 letters."), fields={"note": "too_long"})
    for pk in sorted((contact_id, by_id)):
        hold_contact(actor, pk)
    mine = ContactLink.objects.filter(workspace_id=actor.workspace_id, ended_on__isnull=True)
    if mine.filter(contact_id=contact_id, by_id=by_id, kind=kind).exists():
        raise Refused("linked", _("This is written down already."))
    if mine.filter(contact_id=contact_id).count() >= MOST:
        raise Refused("links_many", _("At most 100 links of one person."))
    if _closes_circle(actor, contact_id, by_id):
        raise Refused(
            "link_circle", _("Then they would have sent each other, in a circle. Look at the links of both.")
        )
    link = ContactLink.objects.create(
        workspace_id=actor.workspace_id, contact_id=contact_id, by_id=by_id, kind=kind, started_on=started_on, note=text,
        member_id=actor.member_id, created_at=at,
    )  # fmt: skip
    _journal(link, actor, at, "linked", {"since": started_on})
    return link


@transaction.atomic
def end_link(*, actor: Actor, at: datetime, link_id: UUID, ended_on: date) -> ContactLink:
    """It held until that day, and stays as history. Raises Forbidden, NotFound, Invalid."""
    link = _hold(actor, link_id)
    if link.started_on and ended_on < link.started_on:
        raise Invalid("link_order", _("The end is before the beginning."), fields={"ended_on": "order"})
    link.ended_on = ended_on
    link.save(update_fields=["ended_on"])
    _journal(link, actor, at, "link_ended", {"until": ended_on})
    return link


@transaction.atomic
def remove_link(*, actor: Actor, at: datetime, link_id: UUID) -> ContactLink:
    """It was written down by mistake. Raises Forbidden, NotFound."""
    link = _hold(actor, link_id)
    _journal(link, actor, at, "unlinked", {})
    link.delete()
    return link


def _hold(actor: Actor, link_id: UUID) -> ContactLink:
    actor.require(Right.BASE_EDIT)
    rows = ContactLink.objects.select_for_update(of=("self",))
    link = rows.filter(workspace_id=actor.workspace_id, pk=link_id).first()
    if link is None:
        raise NotFound("link_not_found", _("This link is no longer there."))
    return link


def _closes_circle(actor: Actor, contact_id: UUID, by_id: UUID) -> bool:
    """Whether somebody who sent `by_id`, however far back, was sent by `contact_id`. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            """with recursive senders(id) as (
                 select %(by)s::uuid
                 union select l.by_id from contact_link l join senders s on s.id = l.contact_id
                        where l.workspace_id = %(w)s and l.ended_on is null)
               select exists (select 1 from senders where id = %(contact)s)""",
            {"by": by_id, "contact": contact_id, "w": actor.workspace_id},
        )
        return bool(cursor.fetchone()[0])


def _journal(link: ContactLink, actor: Actor, at: datetime, action: str, more: dict[str, Any]) -> None:
    """Readable on both people; each line names the other one by his id."""
    for mine, other in ((link.contact_id, link.by_id), (link.by_id, link.contact_id)):
        record(
            actor=actor, at=at, subject="contact", subject_id=mine, action=action,
            after={"contact_id": other, "link": link.kind, **more},
        )  # fmt: skip

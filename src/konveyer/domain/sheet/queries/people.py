"""Whose sheet somebody may see, and whose he may write."""

from uuid import UUID

from django.utils.translation import gettext as _

from konveyer.domain.workspace.models import Member
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import Forbidden, NotFound


def seen(actor: Actor) -> list[Member]:
    """Active members in view, oneself among them, by name."""
    return [one for one in ever_seen(actor) if one.active]


def ever_seen(actor: Actor) -> list[Member]:
    """Members in view, those who have left too: what they did stays in the sums."""
    rows = Member.objects.filter(workspace_id=actor.workspace_id)
    if actor.seen_members is not None:
        rows = rows.filter(pk__in=[one for one in (*actor.seen_members, actor.member_id) if one])
    return list(rows.order_by("name_key", "pk"))


def one_seen(actor: Actor, member_id: UUID) -> Member:
    """A member in view, also one who has left: his days stay. Raises NotFound."""
    row = Member.objects.filter(workspace_id=actor.workspace_id, pk=member_id).first()
    if row is None or not (member_id == actor.member_id or actor.sees(member_id)):
        raise NotFound("member_not_found", _("There is no such member."))
    return row


def may_write(actor: Actor, member_id: UUID) -> bool:
    """One's own sheet; that of others in view needs the right to give work."""
    if member_id == actor.member_id:
        return actor.may(Right.LEADS_WORK)
    return actor.may(Right.LEADS_ASSIGN) and actor.sees(member_id)


def may_norm(actor: Actor, member_id: UUID) -> bool:
    """Norms are set by who gives work, to those in his view; nobody else sets his own."""
    return actor.may(Right.LEADS_ASSIGN) and (member_id == actor.member_id or actor.sees(member_id))


def require_write(actor: Actor, member_id: UUID) -> Member:
    """The member whose sheet may be written. Raises NotFound, Forbidden."""
    row = one_seen(actor, member_id)
    if not may_write(actor, member_id):
        raise Forbidden("sheet_of_others", _("You may write your own sheet only."))
    return row

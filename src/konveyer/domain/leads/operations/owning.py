"""Who may make whom the owner of a lead."""

from uuid import UUID

from django.utils.translation import gettext as _

from konveyer.domain.leads.models import Lead
from konveyer.domain.workspace.models import MemberRole
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import Forbidden


def holds(workspace_id: UUID, member_id: UUID, role_id: UUID) -> bool:
    """Whether the member holds the role."""
    return MemberRole.objects.filter(workspace_id=workspace_id, member_id=member_id, role_id=role_id).exists()


def may_own(actor: Actor, lead: Lead, member_id: UUID | None) -> bool:
    """Whether the actor may give the lead to the member, None = to the queue.

    Everybody keeps his own lead, puts it back into the queue, and takes one from the queue of a role he holds;
    anything else is for who assigns leads.
    """
    if actor.may(Right.LEADS_ASSIGN):
        return True
    if lead.owner_id is not None:
        return lead.owner_id == actor.member_id and member_id in (None, actor.member_id)
    if member_id is None or member_id != actor.member_id or lead.queue_id is None:
        return False
    return holds(lead.workspace_id, member_id, lead.queue_id)


def require_own(actor: Actor, lead: Lead, member_id: UUID | None) -> None:
    """Raise Forbidden unless the actor may give the lead to the member."""
    if may_own(actor, lead, member_id):
        return
    if lead.owner_id is None and member_id == actor.member_id:
        raise Forbidden("not_your_queue", _("This queue belongs to another role."))
    actor.require(Right.LEADS_ASSIGN)

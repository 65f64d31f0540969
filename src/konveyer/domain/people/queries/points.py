"""Single lines of the pages: a point in use, a place of work."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from konveyer.domain.people.models import Employment, PointUse
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import NotFound


def use_of(actor: Actor, use_id: UUID) -> PointUse:
    """A contact point as somebody uses it, with its value. Raises Forbidden, NotFound."""
    actor.require(Right.BASE_READ)
    found = (
        PointUse.objects.filter(workspace_id=actor.workspace_id, pk=use_id)
        .select_related("point", "contact", "company")
        .first()
    )
    if found is None:
        raise NotFound("point_not_found", _("This phone or address has been taken away already."))
    return found


def employment_of(actor: Actor, employment_id: UUID) -> Employment:
    """A place of work with both sides. Raises Forbidden, NotFound."""
    actor.require(Right.BASE_READ)
    found = (
        Employment.objects.filter(workspace_id=actor.workspace_id, pk=employment_id)
        .select_related("contact", "company")
        .first()
    )
    if found is None:
        raise NotFound("employment_not_found", _("This place of work is no longer in the base."))
    return found

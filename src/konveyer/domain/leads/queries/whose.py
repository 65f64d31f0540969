"""To whom an inquiry of somebody we know goes: the same people (the model, Repeat inquiry)."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from konveyer.domain.leads.models import Lead
from konveyer.domain.leads.queries.load import loads
from konveyer.domain.workspace.models import Member, MemberRole


def former_owners(
    workspace_id: UUID, contact_id: UUID | None, company_id: UUID | None
) -> tuple[bool, list[UUID]]:
    """Whether they are a client, and who worked their leads: for a client account managers first, then the latest."""
    of = Q(company_id=company_id) if company_id else Q(contact_id=contact_id)
    if company_id is None and contact_id is None:
        return False, []
    manages = MemberRole.objects.filter(
        workspace_id=workspace_id, member_id=OuterRef("owner_id"), role__code="account_manager"
    )
    rows = Lead.objects.filter(of, workspace_id=workspace_id).annotate(managed=Exists(manages))
    found = list(rows.order_by("-arrived_at", "-id").values_list("owner_id", "state", "managed")[:50])
    client = any(state == "won" for _owner, state, _managed in found)
    owners = [(owner, managed) for owner, _state, managed in found if owner is not None]
    if client:
        owners.sort(key=lambda pair: not pair[1])
    return client, list(dict.fromkeys(owner for owner, _managed in owners))


def present(workspace_id: UUID, members: list[UUID], today: date) -> Iterator[UUID]:
    """Of these members those who are at work, each followed by his deputy when he is absent; in this order."""
    people = Member.objects.filter(workspace_id=workspace_id, pk__in=members).select_related("deputy")
    known = {one.pk: one for one in people}
    for member_id in members:
        member = known.get(member_id)
        for one in (member, member.deputy if member else None):
            if one is not None and one.active and (one.away_until is None or one.away_until < today):
                yield one.pk
                break


def account_manager(workspace_id: UUID) -> UUID | None:
    """The active account manager with the fewest open leads, by name where they are as many; never one whose frame is full."""
    rows = Member.objects.filter(workspace_id=workspace_id, active=True, roles__code="account_manager")
    people = list(rows.order_by("name_key", "pk").values_list("pk", flat=True))
    load = loads(workspace_id, people)
    free = [one for one in people if not load[one].full]
    return min(free, key=lambda one: load[one].held, default=None)

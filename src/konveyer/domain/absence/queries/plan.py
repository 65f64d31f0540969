"""What lies open in somebody's hands, and to whom it would go. Reads only: the preview and the deed ask the same."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from konveyer.domain.absence.rules.sharing import Hand, share, stand_in
from konveyer.domain.leads.queries.load import loads
from konveyer.domain.workspace.models import Member, MemberRole

_LEADS = """
select l.id, s.role_id, l.state from lead l join stage s on s.workspace_id = l.workspace_id and s.id = l.stage_id
 where l.workspace_id = %(w)s and l.owner_id = %(m)s and l.closed_at is null order by l.arrived_at, l.id
"""
_TASKS = """
select t.id, t.lead_id, l.owner_id from task t join lead l on l.workspace_id = t.workspace_id and l.id = t.lead_id
 where t.workspace_id = %(w)s and t.member_id = %(m)s and t.done_at is null and t.cancelled_at is null order by t.due_at, t.id
"""
_HANDOFFS = """
select h.id, h.lead_id from handoff h where h.workspace_id = %(w)s and h.to_member_id = %(m)s and h.state = 'sent' order by h.id
"""
Given = dict[UUID, UUID | None]


@dataclass(frozen=True)
class Plan:
    """Each record and the member who gets it; None: the queue of the lead's role (for a task: it is dropped with it)."""

    leads: Given
    tasks: Given
    handoffs: Given

    @property
    def any(self) -> bool:
        """Whether anything changes hands."""
        return bool(self.leads or self.tasks or self.handoffs)

    def by_member(self) -> list[tuple[UUID | None, int, int, int]]:
        """(member, leads, tasks, handoffs), those with most leads first; None is the queue."""
        counted = [Counter(part.values()) for part in (self.leads, self.tasks, self.handoffs)]
        people = {one for part in counted for one in part}
        rows = [(one, counted[0][one], counted[1][one], counted[2][one]) for one in people]
        return sorted(rows, key=lambda row: (row[0] is None, -row[1], -row[2], str(row[0])))


def present(workspace_id: UUID, today: date, but: UUID | None = None) -> set[UUID]:
    """Members who work here, can sign in, and are not away today."""
    rows = Member.objects.filter(workspace_id=workspace_id, active=True, user__isnull=False)
    rows = rows.exclude(away_until__gte=today)
    return set((rows.exclude(pk=but) if but else rows).values_list("pk", flat=True))


def plan(*, workspace_id: UUID, member_id: UUID, rule: str, to: UUID | None, today: date) -> Plan:
    """Deal everything out. The number of queries does not depend on how much it is.

    deputy: all to his deputy, or that one's; where there is none present, as share. share: each lead to whoever holds
    the role of its stage and has fewest; his tasks on leads of others to their owners. member: all to the one named.
    """
    values = {"w": workspace_id, "m": member_id}
    with connection.cursor() as cursor:
        leads = _read(cursor, _LEADS, values)
        tasks = _read(cursor, _TASKS, values)
        handoffs = _read(cursor, _HANDOFFS, values)
    here = present(workspace_id, today, member_id)
    one = to if rule == "member" else _deputy(workspace_id, member_id, here) if rule == "deputy" else None
    given: Given
    if one:
        given = {lead: one for lead, _role, _state in leads}
    else:
        given = share([(lead, role) for lead, role, _state in leads], _hands(workspace_id, here))
    return Plan(
        given,
        {
            task: given[lead] if lead in given else (one or _owner(owner, member_id))
            for task, lead, owner in tasks
        },
        {handoff: given.get(lead, one) for handoff, lead in handoffs},
    )


def _read(cursor: object, sql: str, values: dict[str, UUID]) -> list[tuple[UUID, ...]]:
    cursor.execute(sql, values)  # type: ignore[attr-defined]
    return list(cursor.fetchall())  # type: ignore[attr-defined]


def _owner(owner: UUID | None, absent: UUID) -> UUID | None:
    return owner if owner != absent else None


def _deputy(workspace_id: UUID, member_id: UUID, here: set[UUID]) -> UUID | None:
    rows = Member.objects.filter(workspace_id=workspace_id, deputy__isnull=False)
    return stand_in(member_id, dict(rows.values_list("pk", "deputy_id")), here)


def _hands(workspace_id: UUID, here: set[UUID]) -> dict[UUID, list[Hand]]:
    held = MemberRole.objects.filter(workspace_id=workspace_id, member_id__in=here)
    rows = list(held.order_by("member__name_key", "member_id").values_list("role_id", "member_id"))
    known = loads(workspace_id, {member for _role, member in rows})
    hands = {member: Hand(member, load.held, load.limit) for member, load in known.items()}
    by_role: dict[UUID, list[Hand]] = {}
    for role, member in rows:
        by_role.setdefault(role, []).append(hands[member])
    return by_role

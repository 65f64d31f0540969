"""A member leaves: nothing open may be left in his hands. Who gets it is the matter of `absence`."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from konveyer.domain.staff.events import MemberLeaving
from konveyer.domain.staff.rules.authority import OpenWork

_COUNTS = """
select (select count(*) from lead l where l.workspace_id = %(w)s and l.owner_id = %(m)s and l.closed_at is null),
       (select count(*) from task t where t.workspace_id = %(w)s and t.member_id = %(m)s
           and t.done_at is null and t.cancelled_at is null),
       (select count(*) from handoff h where h.workspace_id = %(w)s and h.to_member_id = %(m)s and h.state = 'sent')
"""


@dataclass(frozen=True)
class Work:
    """What is open in somebody's hands."""

    leads: int
    tasks: int
    handoffs: int

    @property
    def any(self) -> bool:
        """Whether there is something to hand over."""
        return bool(self.leads or self.tasks or self.handoffs)


def open_work(workspace_id: UUID, member_id: UUID) -> Work:
    """Leads not closed yet, open tasks, handoffs that wait for his answer. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, {"w": workspace_id, "m": member_id})
        return Work(*cursor.fetchone())


def on_leaving(event: MemberLeaving) -> None:
    """Nobody leaves with open work in his hands: raises OpenWork with the counts."""
    work = open_work(event.actor.workspace_id, event.member_id)
    if work.any:
        raise OpenWork(_sentence(work), leads=work.leads, tasks=work.tasks, handoffs=work.handoffs)


def _sentence(work: Work) -> str:
    leads = ngettext("%(n)d open lead", "%(n)d open leads", work.leads) % {"n": work.leads}
    tasks = ngettext("%(n)d task", "%(n)d tasks", work.tasks) % {"n": work.tasks}
    return _("In his hands: %(leads)s, %(tasks)s. Choose who takes them over.") % {
        "leads": leads,
        "tasks": tasks,
    }

"""The leads behind a count of the handoffs: the same rows that the count counts, the latest first."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from konveyer.domain.insight.queries.called import called
from konveyer.domain.insight.queries.handoffs import BOUNDS, HELD_FOR
from konveyer.domain.sheet.queries.people import ever_seen
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.kit.refusal import Invalid

PAGE = 50
SIDES = {"given": "from_member_id", "taken": "to_member_id"}
STATES = {
    "sent": None,
    "accepted": "accepted",
    "returned": "returned",
    "recycled": "recycled",
    "waiting": "sent",
}
VERDICTS = {"qualified": "qualified", "rejected": "not_qualified"}

_JUDGED = """
  select q.lead_id, max(q.at) as at, null::uuid as other, '' as reason, '' as note
    from bounds b join qualification q on q.workspace_id = %(workspace)s and q.at >= b.start and q.at < b.finish
   where q.member_id = any(%(members)s) and q.verdict = %(verdict)s group by q.member_id, q.lead_id"""
_SENT = """
  select h.lead_id, h.sent_at as at, h.{other} as other, h.return_reason as reason, h.return_note as note
    from bounds b join handoff h on h.workspace_id = %(workspace)s and h.sent_at >= b.start and h.sent_at < b.finish
   where not h.history and h.from_member_id is distinct from h.to_member_id and h.{side} = any(%(members)s)
     and (%(state)s::text is null or h.state = %(state)s)"""
_HELD = (
    "select t.lead_id, max(t.happened_at) as at, g.{other} as other, '' as reason, '' as note"
    + HELD_FOR
    + " where g.{side} = any(%(members)s) group by t.lead_id, g.from_member_id, g.to_member_id"
)


@dataclass(frozen=True)
class Asked:
    """Which count: a side (given, taken), a figure, a member (None: all in view), local days, both inside."""

    side: str
    figure: str
    member_id: UUID | None
    first: datetime.date
    last: datetime.date
    zone: str


@dataclass(frozen=True)
class Handed:
    """One of them: the lead, when it happened, with whom ("" for nobody yet), why it was returned (leads.rules.returns)."""

    lead_id: UUID
    name: str
    at: datetime.datetime
    other: str
    reason: str
    note: str


def handed(actor: Actor, asked: Asked, skip: int = 0) -> tuple[list[Handed], bool]:
    """A page of fifty and whether more follow. Three queries. Raises Invalid for a figure that the side does not have.

    `skip` counts rows from the top: a member's handoffs of a period are hundreds, never the base.
    """
    names = {one.pk: one.name for one in ever_seen(actor)}
    members = (
        list(names) if asked.member_id is None else [asked.member_id] if asked.member_id in names else []
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"{BOUNDS} {_rows(asked)} order by at desc, lead_id limit {PAGE + 1} offset %(skip)s",
            {
                "workspace": actor.workspace_id, "first": asked.first, "last": asked.last, "zone": asked.zone, "skip": skip,
                "members": members, "state": STATES.get(asked.figure), "verdict": VERDICTS.get(asked.figure),
            },
        )  # fmt: skip
        found = cursor.fetchall()
    words = called(actor.workspace_id, [ident for row in found for ident in (row[0], row[2]) if ident])
    rows = [
        Handed(row[0], words.get(row[0], "–"), row[1], words.get(row[2], ""), *row[3:])
        for row in found[:PAGE]
    ]
    return rows, len(found) > PAGE


def _rows(asked: Asked) -> str:
    if asked.side in SIDES:
        side = SIDES[asked.side]
        other = next(column for column in SIDES.values() if column != side)
        if asked.figure in STATES:
            return _SENT.format(side=side, other=other)
        if asked.figure == "held":
            return _HELD.format(side=side, other=other)
        if asked.figure in VERDICTS and asked.side == "given":
            return _JUDGED
    raise Invalid("figure_unknown", _("There is no such figure. Go back to the report and choose one."))

"""Cards: leads as they stand on the board, the most urgent first."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from konveyer.domain.leads.queries.seen import STAGES, BoardFilter, branches
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.kit.refusal import Invalid

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Cursor:
    """A place in a column: the deadline (None after all that have one) and the id of the last card read."""

    due_at: datetime | None
    id: UUID

    def __str__(self) -> str:
        plain = json.dumps([self.due_at.isoformat() if self.due_at else None, str(self.id)])
        return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")

    @classmethod
    def read(cls, text: str) -> "Cursor":
        """The cursor that str() wrote. Raises Invalid for anything else."""
        try:
            due, ident = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
            moment = None if due is None else datetime.fromisoformat(due)
            if moment is not None and moment.tzinfo is None:
                raise ValueError
            return cls(moment, UUID(ident))
        except (ValueError, TypeError, AttributeError, RecursionError, binascii.Error) as error:
            raise Invalid(
                "cursor", _("This place in the list is not known. Start from the first page.")
            ) from error


@dataclass(frozen=True)
class Card:
    """A lead on the board. `name` is the company, else the person, else the title; `person` stands under a company.

    Without an owner it waits in the queue of `queue`. `handed_to_due`: somebody has to accept it by then.
    """

    id: UUID
    stage_id: UUID
    version: int
    state: str
    level: str
    name: str
    person: str
    amount: Decimal | None
    currency: str
    owner_id: UUID | None
    owner: str
    queue_id: UUID | None
    queue: str
    task_kind: str
    task: str
    task_at: datetime | None
    task_promised: bool
    due_at: datetime | None
    arrived_at: datetime
    first_touch_at: datetime | None
    incoming: bool
    temperature: str
    handed_to_due: datetime | None

    @property
    def cursor(self) -> Cursor:
        """Its place in the column."""
        return Cursor(self.due_at, self.id)

    def urgency(self) -> tuple[datetime, UUID]:
        """The order of a column: the nearest deadline first, those without one last."""
        return (self.due_at or _NEVER, self.id)


_COLUMNS = """
    l.id, l.stage_id, l.version, l.state, l.level,
    coalesce(co.name, nullif(concat_ws(' ', nullif(ct.first_name, ''), nullif(ct.last_name, '')), ''), l.title),
    case when co.id is not null
         then coalesce(nullif(concat_ws(' ', nullif(ct.first_name, ''), nullif(ct.last_name, '')), ''), l.title) else '' end,
    l.expected_amount, l.currency, l.owner_id, coalesce(o.name, ''), l.queue_id, coalesce(q.name, ''),
    coalesce(t.kind, ''), coalesce(t.title, ''), t.due_at, coalesce(t.promised, false), l.due_at, l.arrived_at, l.first_touch_at,
    l.incoming, l.temperature, h.due_at
"""
_JOINS = """
    left join company co on co.workspace_id = l.workspace_id and co.id = l.company_id
    left join contact ct on ct.workspace_id = l.workspace_id and ct.id = l.contact_id
    left join member o on o.workspace_id = l.workspace_id and o.id = l.owner_id
    left join role q on q.workspace_id = l.workspace_id and q.id = l.queue_id
    left join task t on t.workspace_id = l.workspace_id and t.id = l.next_task_id
    left join handoff h on h.workspace_id = l.workspace_id and h.lead_id = l.id and h.state = 'sent'
"""


def cards_of(
    actor: Actor,
    stage_ids: Sequence[UUID],
    *,
    now: datetime,
    wanted: BoardFilter,
    limit: int,
    after: Cursor | None = None,
) -> list[Card]:
    """At most `limit` cards of each stage, after the cursor. One query."""
    sources, values = branches(actor, wanted, now)
    places = _places(after)
    inner = " union all ".join(
        f"(select l.id, l.due_at from lead l where {source}{place} order by l.due_at, l.id limit %(limit)s)"
        for source in sources
        for place in places
    )
    values |= {"stages": list(stage_ids), "limit": limit}
    if after is not None:
        values |= {"after_due": after.due_at, "after_id": after.id}
    sql = f"""
        with shown as materialized (
            select c.id from {STAGES}
              cross join lateral (select * from ({inner}) seen order by due_at, id limit %(limit)s) c)
        select {_COLUMNS} from shown join lead l on l.workspace_id = %(workspace)s and l.id = shown.id {_JOINS}
         order by l.due_at, l.id
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [Card(*row) for row in cursor.fetchall()]


def _places(after: Cursor | None) -> list[str]:
    """Predicates for what lies behind the cursor, each answered by one range of the index."""
    if after is None:
        return [""]
    if after.due_at is None:
        return [" and l.due_at is null and l.id > %(after_id)s"]
    return [" and (l.due_at, l.id) > (%(after_due)s, %(after_id)s)", " and l.due_at is null"]

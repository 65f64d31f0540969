"""The records behind a finding: those that the check means, as they stand now."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from konveyer.domain.audit.queries.check import Check, moment_of
from konveyer.domain.audit.queries.reading import require_reader
from konveyer.domain.insight.queries.called import called
from konveyer.domain.workspace.rules.actor import Actor

PAGE = 50


@dataclass(frozen=True)
class Meant:
    """One record: its kind (lead, company, contact, product, member, stage), name, and what is with it."""

    kind: str
    record_id: UUID
    name: str
    note: str


@dataclass(frozen=True)
class Behind:
    """A page of them in the order of their ids; `next`: where the following page begins, None at the end."""

    rows: list[Meant]
    next: UUID | None


def behind(actor: Actor, check: Check, at: datetime, after: UUID | None = None) -> Behind:
    """At most fifty records. Two queries. Raises Forbidden."""
    require_reader(actor)
    if not check.behind:
        return Behind([], None)
    moment = moment_of(actor.workspace_id, at)
    with connection.cursor() as cursor:
        cursor.execute(
            f"select kind, id, note from ({check.behind}) b where %(after)s::uuid is null or id > %(after)s order by id limit {PAGE + 1}",
            {**moment.bound(), "after": after},
        )
        found = list(cursor.fetchall())
    names = called(actor.workspace_id, [row[1] for row in found])
    rows = [Meant(kind, ident, names.get(ident, "–"), note or "") for kind, ident, note in found[:PAGE]]
    return Behind(rows, rows[-1].record_id if len(found) > PAGE else None)

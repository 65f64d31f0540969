"""What an equation is and how it is asked."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from konveyer.domain.insight.queries.facts import Cursor

EXAMPLES = 5


@dataclass(frozen=True)
class Asked:
    """Where to look: a cursor that sees every workspace, one workspace or None for all, and the names of stored files."""

    cursor: Cursor
    workspace: UUID | None
    contents: Collection[str]


@dataclass(frozen=True)
class Broken:
    """How many records break an equation, and some of them as "workspace: table id"."""

    found: int
    examples: list[str]


@dataclass(frozen=True)
class Equation:
    """A law of the whole base: its code, the law in words, and SQL for (workspace_id, record) that break it."""

    code: str
    sentence: Any
    sql: str

    def ask(self, asked: Asked) -> Broken:
        """Who breaks it."""
        return breaking(asked, self.sql)


def breaking(asked: Asked, sql: str, **values: Any) -> Broken:
    """Count the rows (workspace_id, record) of a statement and name the first."""
    asked.cursor.execute(
        f"""with broken as materialized ({sql})
            select count(*) over (), coalesce(w.slug, '?') || ': ' || b.record
              from broken b left join workspace w on w.id = b.workspace_id
             where %(workspace)s::uuid is null or b.workspace_id = %(workspace)s order by 2 limit {EXAMPLES}""",
        {"workspace": asked.workspace, **values},
    )
    rows = asked.cursor.fetchall()
    return Broken(rows[0][0] if rows else 0, [row[1] for row in rows])

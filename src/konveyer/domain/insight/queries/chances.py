"""The chance of a win by stage, from the roll-ups of the funnel's last year."""

from datetime import date, timedelta
from uuid import UUID

from django.db import connection

from konveyer.domain.insight.rules.chances import Chance, chances

_SQL = """
select conveyor_id::text, key, sum(leads)::int, sum(won)::int from funnel_cell
 where workspace_id = %s and by = 'stage' and basis = 'arrived' and month >= %s and key is not null group by 1, 2"""


def chances_of(workspace_id: UUID, today: date) -> dict[tuple[str, str], Chance]:
    """(conveyor id, key of the stage) → chance, of the leads that came in a year. One query over counted months."""
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [workspace_id, (today - timedelta(days=365)).replace(day=1)])
        return chances(cursor.fetchall())


def stage_chances(workspace_id: UUID, today: date) -> dict[tuple[str, str], float]:
    """The same as fractions alone."""
    return {key: chance.value for key, chance in chances_of(workspace_id, today).items()}

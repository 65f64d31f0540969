"""What records are called: for screens that name many kinds of them at once."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

# Each table's own words for itself; a deal and a touch are called as their lead.
_SOURCES = (
    ("member", "name"),
    ("role", "name"),
    ("team", "name"),
    ("stage", "name"),
    ("tag", "name"),
    ("saved_view", "name"),
    ("custom_field", "name"),
    ("conveyor", "name"),
    ("product", "name"),
    ("company", "name"),
    ("webhook", "name"),
    ("access_token", "name"),
    ("invitation", "name"),
    ("refusal_route", "label"),
    ("import_batch", "file_name"),
    ("workspace", "name"),
)
_PERSON = "concat_ws(' ', nullif({0}.first_name, ''), nullif({0}.last_name, ''))"
_LEAD = f"""coalesce(company.name, nullif({_PERSON.format("contact")}, ''), nullif(lead.title, ''))
      from lead left join company on company.workspace_id = lead.workspace_id and company.id = lead.company_id
                left join contact on contact.workspace_id = lead.workspace_id and contact.id = lead.contact_id"""


def called(workspace_id: UUID, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Names of these records by id; those gone or without a name are absent. One query."""
    wanted = list(set(ids))
    if not wanted:
        return {}
    parts = [
        f"select id, {column} from {table} where {'id' if table == 'workspace' else 'workspace_id'} = %(w)s and id = any(%(ids)s)"
        for table, column in _SOURCES
    ]
    parts += [
        f"select id, {_PERSON.format('contact')} from contact where workspace_id = %(w)s and id = any(%(ids)s)",
        f"select lead.id, {_LEAD} where lead.workspace_id = %(w)s and lead.id = any(%(ids)s)",
        f"select deal.id, {_LEAD} join deal on deal.workspace_id = lead.workspace_id and deal.lead_id = lead.id"
        " where deal.workspace_id = %(w)s and deal.id = any(%(ids)s)",
        f"select touch.id, {_LEAD} join touch on touch.workspace_id = lead.workspace_id and touch.lead_id = lead.id"
        " where touch.workspace_id = %(w)s and touch.id = any(%(ids)s)",
    ]
    with connection.cursor() as cursor:
        cursor.execute(" union all ".join(parts), {"w": workspace_id, "ids": wanted})
        return {row[0]: row[1] for row in cursor.fetchall() if row[1]}

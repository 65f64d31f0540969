"""Records as they are compared, many at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from konveyer.domain.duplicates.rules.keys import profile
from konveyer.domain.duplicates.rules.scoring import Profile

AT_ONCE = 2000
_POINTS = """(select coalesce(jsonb_agg(jsonb_build_array(p.kind, p.value)), '[]') from point_use u
              join contact_point p on p.workspace_id = u.workspace_id and p.id = u.point_id
             where u.workspace_id = r.workspace_id and u.{kind}_id = r.id)"""
_COMPANY = f"""select r.id, r.name_key, r.city, coalesce(r.tax_number, ''), r.domain, {_POINTS.format(kind="company")}, '[]'::jsonb, true
                 from company r where r.workspace_id = %s and r.id = any(%s)"""
_CONTACT = f"""select r.id, r.name_key, r.city, '', '', {_POINTS.format(kind="contact")},
                      (select coalesce(jsonb_agg(e.company_id), '[]') from employment e
                        where e.workspace_id = r.workspace_id and e.contact_id = r.id and e.ended_on is null),
                      r.last_name <> '' or r.first_name <> ''
                 from contact r where r.workspace_id = %s and r.id = any(%s)"""


def profiles(kind: str, workspace_id: UUID, ids: Sequence[UUID]) -> dict[UUID, Profile]:
    """What is compared of these records. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_COMPANY if kind == "company" else _CONTACT, [workspace_id, list(ids)])
        return {row[0]: _profile(kind, row) for row in cursor.fetchall()}


def _profile(kind: str, row: Sequence[Any]) -> Profile:
    points, companies = (json.loads(one) if isinstance(one, str) else one for one in row[5:7])
    return profile(
        kind=kind, name=row[1], city=row[2], tax_number=row[3], domain=row[4], points=[(sort, value) for sort, value in points],
        companies=companies, named=row[7],
    )  # fmt: skip


def pieces(sql: str, named: Any, size: int = AT_ONCE) -> Iterator[list[Any]]:
    """The rows of a query, `size` at a time, without holding them all; the transaction may write meanwhile."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, named)
        while rows := cursor.fetchmany(size):
            yield rows

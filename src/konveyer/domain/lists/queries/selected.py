"""The records that a selection means, written down as the steps of an action."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from konveyer.domain.labels.rules import label_filter
from konveyer.domain.leads.rules import lead_filter
from konveyer.domain.lists.rules.selection import Selection
from konveyer.domain.notes.queries.lead_list import branches_of
from konveyer.domain.notes.queries.people_lists import company_rows, contact_rows
from konveyer.domain.notes.rules import base_filter
from konveyer.domain.workspace.rules.actor import Actor


def chosen_rows(actor: Actor, chosen: Selection) -> list[QuerySet[Any]]:
    """Querysets whose union is meant, within the actor's view. Raises Forbidden, Invalid."""
    if chosen.name == "leads":
        return list(
            branches_of(
                actor,
                lead_filter.parse(chosen.query),
                chosen.query.get("q", ""),
                label_filter.parse(chosen.query),
            )
        )
    rows = company_rows if chosen.name == "companies" else contact_rows
    return [rows(actor, base_filter.parse(chosen.query))]


def gather(actor: Actor, action_id: UUID, chosen: Selection, ids: Sequence[UUID] | None) -> int:
    """Write one waiting step for each record: of the whole selection, or of those ids that the actor may see.

    One statement for each branch of the selection, however many records it means; gives their number.
    """
    name = f"{chosen.subject}_id"
    for rows in chosen_rows(actor, chosen):
        wanted = rows if ids is None else rows.filter(pk__in=list(ids))
        try:
            sql, params = wanted.order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:  # a filter that nothing can fit
            continue
        with connection.cursor() as cursor:
            cursor.execute(
                f"insert into bulk_step (workspace_id, action_id, {name}, state, why, said, before, after)"
                f" select %s, %s, found.id, 'waiting', '', '', '{{}}', '{{}}' from ({sql}) found(id)"
                f" on conflict (workspace_id, action_id, {name}) where {name} is not null do nothing",
                [actor.workspace_id, action_id, *params],
            )
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from bulk_step where workspace_id = %s and action_id = %s",
            [actor.workspace_id, action_id],
        )
        return int(cursor.fetchone()[0])

"""Telling open screens that something has changed."""

import json
from uuid import UUID

from django.db import connection

CHANNEL = "konveyer_live"


def announce(
    workspace_id: UUID | str, topic: str, id: UUID | str, member_id: UUID | str | None = None
) -> None:
    """Tell the open screens of the workspace, or of one member, when the current transaction commits.

    `topic` is a short word such as `lead`; `id` names the record. Nothing else travels: the screen asks for the rest
    under the rights of its reader. The same announcement twice in a transaction is sent once.
    """
    message = json.dumps(
        {
            "workspace": str(workspace_id),
            "member": str(member_id) if member_id else None,
            "topic": topic,
            "id": str(id),
        },
        separators=(",", ":"),
    )
    with connection.cursor() as cursor:
        cursor.execute("select pg_notify(%s, %s)", [CHANNEL, message])

"""Idempotency-Key: the same request asked twice has one effect and one answer."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from konveyer.domain.workspace.models import AnsweredRequest
from konveyer.kit.ids import uuid7
from konveyer.kit.refusal import Invalid

KEPT = timedelta(days=2)


@dataclass(frozen=True)
class Answer:
    """What was answered the first time."""

    status: int
    body: Any


def begin(*, workspace_id: UUID, member_id: UUID, key: str, body_hash: str, at: datetime) -> Answer | None:
    """Take the key in this transaction; None = the request is new and is to be carried out now.

    Whoever comes second with a key waits until the first one's transaction ends: then he gets its answer, or,
    if the first one failed and left nothing, carries the request out himself. Raises Invalid (422) when the
    key stands for another request.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into answered_request (id, workspace_id, member_id, key, body_hash, created_at)"
            " values (%s, %s, %s, %s, %s, %s) on conflict (workspace_id, member_id, key) do nothing",
            [uuid7(), workspace_id, member_id, key, body_hash, at],
        )
        if cursor.rowcount:
            return None
    row = AnsweredRequest.objects.get(workspace_id=workspace_id, member_id=member_id, key=key)
    if row.body_hash != body_hash:
        raise Invalid(
            "idempotency_key_reused",
            _("This Idempotency-Key was used for another request. Take a new key for a new request."),
        )
    return Answer(row.status or 200, row.answer)


def finish(*, workspace_id: UUID, member_id: UUID, key: str, status: int, body: Any) -> None:
    """Keep the answer beside the key, in the same transaction as the effect."""
    AnsweredRequest.objects.filter(workspace_id=workspace_id, member_id=member_id, key=key).update(
        status=status, answer=body
    )


def forget(*, workspace_id: UUID, at: datetime) -> int:
    """Delete the answers older than two days; how many they were."""
    rows = AnsweredRequest.objects.filter(workspace_id=workspace_id, created_at__lt=at - KEPT)
    deleted, _each = rows.delete()
    return deleted

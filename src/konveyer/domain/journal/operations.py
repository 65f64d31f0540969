"""Writing the journal. Every other operation calls `record` in its own transaction."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from konveyer.domain.journal.models import Entry, PersonalValue
from konveyer.domain.workspace.rules.actor import Actor

PERSONAL = {"personal": True}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    return value


def record(
    *,
    actor: Actor,
    at: datetime,
    subject: str,
    subject_id: UUID,
    action: str,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
    personal: Collection[str] = (),
    personal_owner: UUID | None = None,
    batch_id: UUID | None = None,
) -> Entry:
    """Write one entry. Fields named in `personal` are kept apart under `personal_owner` and can be erased."""
    was = {name: _plain(value) for name, value in (before or {}).items()}
    became = {name: _plain(value) for name, value in (after or {}).items()}
    hidden = [name for name in personal if name in was or name in became]
    entry = Entry.objects.create(
        workspace_id=actor.workspace_id,
        at=at,
        actor_id=actor.member_id,
        by=actor.by,
        subject=subject,
        subject_id=subject_id,
        action=action,
        before={name: PERSONAL if name in hidden else value for name, value in was.items()},
        after={name: PERSONAL if name in hidden else value for name, value in became.items()},
        reason=reason,
        batch_id=batch_id,
    )
    PersonalValue.objects.bulk_create(
        PersonalValue(
            workspace_id=actor.workspace_id,
            entry=entry,
            owner_id=personal_owner or subject_id,
            field=name,
            before=was.get(name),
            after=became.get(name),
        )
        for name in hidden
    )
    return entry


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Only the fields that differ, as (before, after)."""
    names = [name for name in after if before.get(name) != after[name]]
    return {name: before.get(name) for name in names}, {name: after[name] for name in names}

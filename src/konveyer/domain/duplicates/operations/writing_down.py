"""What a merge, and taking it back, say in the journal: on the record that stays, and on the one that went."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from konveyer.domain.duplicates.models import Merge
from konveyer.domain.duplicates.rules.merging import PERSONAL
from konveyer.domain.journal.models import Entry, PersonalValue
from konveyer.domain.journal.operations import PERSONAL as HIDDEN
from konveyer.domain.workspace.rules.actor import Actor

TOLD = (
    *PERSONAL,
    "name",
    "legal_name",
    "tax_number",
    "domain",
    "city",
    "industry",
    "timezone",
    "language",
    "external_key",
)


def write_down(kind: str, *, actor: Actor, at: datetime, merges: Sequence[Merge], back: bool = False) -> None:
    """Two entries a merge, whole sets at once."""
    action = "merge_undone" if back else "merged"
    entries: list[Entry] = []
    personal: list[PersonalValue] = []
    for one in merges:
        before, after = {}, {"merged_from": str(one.gone_id)}
        entry = _entry(kind, actor, at, one.kept_id, action)
        for name in (name for name in TOLD if name in one.after):
            was, became = (one.after[name], one.before[name]) if back else (one.before[name], one.after[name])
            if name in PERSONAL:
                personal.append(_value(entry, one, name, was, became))
                was = became = HIDDEN
            before[name], after[name] = was, became
        entry.before, entry.after = before, after
        entries += [
            entry,
            _entry(kind, actor, at, one.gone_id, action, after={"merged_into": str(one.kept_id)}),
        ]
    Entry.objects.bulk_create(entries, batch_size=1000)
    PersonalValue.objects.bulk_create(personal, batch_size=1000)


def _entry(kind: str, actor: Actor, at: datetime, record: Any, action: str, **more: Any) -> Entry:
    return Entry(
        workspace_id=actor.workspace_id, at=at, actor_id=actor.member_id, by=actor.by, subject=kind, subject_id=record,
        action=action, **more,
    )  # fmt: skip


def _value(entry: Entry, one: Merge, name: str, was: Any, became: Any) -> PersonalValue:
    return PersonalValue(
        workspace_id=entry.workspace_id,
        entry=entry,
        owner_id=one.kept_id,
        field=name,
        before=was,
        after=became,
    )

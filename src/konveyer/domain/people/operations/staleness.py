"""Two people on one record: the second is told, nothing is overwritten, both values are shown."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from konveyer.domain.journal.queries import of_record
from konveyer.kit.refusal import Stale


def refuse_stale(
    *,
    workspace_id: UUID,
    subject_id: UUID,
    version: int,
    seen: int,
    now: Mapping[str, Any],
    wanted: Mapping[str, Any],
) -> None:
    """Raise Stale when the record moved on since it was read and says something else than what is wanted.

    Details: `version` to send next time; `fields` {name: {"yours", "now"}}; `who` and `when` of the last change.
    """
    if version == seen:
        return
    fields = {
        name: {"yours": value, "now": now.get(name)}
        for name, value in wanted.items()
        if now.get(name) != value
    }
    if not fields:
        return
    last = of_record(workspace_id, subject_id, limit=1)
    entry = last[0].entry if last else None
    raise Stale(
        "changed_meanwhile",
        _("Somebody changed this while you were editing. Nothing was overwritten: compare and choose."),
        details={
            "version": version,
            "fields": fields,
            "who": entry.actor.name if entry and entry.actor else "",
            "when": entry.at.isoformat() if entry else "",
        },
    )

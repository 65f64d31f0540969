"""Records that are two and stay two: nobody is asked again."""

from collections.abc import Sequence
from datetime import datetime
from itertools import combinations
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from konveyer.domain.duplicates.models import Pair
from konveyer.domain.journal.operations import record
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import NotFound


@transaction.atomic
def dismiss(*, actor: Actor, at: datetime, kind: str, records: Sequence[UUID]) -> int:
    """Every two of these records are different ones. Returns how many pairs that settled. Raises NotFound, Forbidden."""
    actor.require(Right.BASE_IMPORT)
    couples = [tuple(sorted(two)) for two in combinations(dict.fromkeys(records), 2)]
    rows = Pair.objects.select_for_update(of=("self",)).filter(
        workspace_id=actor.workspace_id, kind=kind, state="open",
        one_id__in=[one for one, _other in couples], other_id__in=[other for _one, other in couples],
    )  # fmt: skip
    settled = [row for row in rows if (row.one_id, row.other_id) in couples]
    if not settled:
        raise NotFound("pair_not_found", _("These records are not on the list of duplicates any more."))
    Pair.objects.filter(workspace_id=actor.workspace_id, pk__in=[row.pk for row in settled]).update(
        state="dismissed", settled_by_id=actor.member_id, settled_at=at
    )
    for row in settled:
        record(
            actor=actor, at=at, subject=kind, subject_id=row.one_id, action="not_a_duplicate",
            after={"other_record": str(row.other_id)},
        )  # fmt: skip
    return len(settled)

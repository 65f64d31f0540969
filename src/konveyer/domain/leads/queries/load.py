"""How many open leads stand in somebody's hands, against what his frame allows (R28)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, QuerySet

from konveyer.domain.leads.models import Lead
from konveyer.domain.staff.queries.frames import frame_of, frames_of_many
from konveyer.domain.staff.rules.frames import FrameKind


@dataclass(frozen=True)
class Load:
    """`held` open leads of at most `limit`; None = no limit. A resting lead is not open; a won one is no longer."""

    held: int
    limit: int | None

    @property
    def full(self) -> bool:
        """No room for one more."""
        return self.limit is not None and self.held >= self.limit


def load_of(workspace_id: UUID, member_id: UUID, *, but: UUID | None = None) -> Load:
    """The load of a member, without the lead `but`. One query where he has no limit, else two."""
    limit = _number(frame_of(workspace_id, member_id, FrameKind.OPEN_LEADS))
    if limit is None:
        return Load(0, None)
    rows = _open(workspace_id, [member_id])
    return Load((rows.exclude(pk=but) if but else rows).count(), limit)


def loads(workspace_id: UUID, member_ids: Iterable[UUID]) -> dict[UUID, Load]:
    """The loads of several members. Three queries, however many they are."""
    people = list(member_ids)
    limits = frames_of_many(workspace_id, people, FrameKind.OPEN_LEADS)
    rows = _open(workspace_id, people).values("owner_id").annotate(held=Count("pk")).order_by()
    held = dict(rows.values_list("owner_id", "held"))
    return {one: Load(held.get(one, 0), _number(limits[one])) for one in people}


def _open(workspace_id: UUID, member_ids: list[UUID]) -> QuerySet[Lead]:
    return Lead.objects.filter(
        workspace_id=workspace_id, owner_id__in=member_ids, state="open", closed_at__isnull=True
    )


def _number(value: Decimal | str | None) -> int | None:
    return None if value is None else int(value)

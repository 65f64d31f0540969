"""Absences as screens and the API show them."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from konveyer.domain.absence.models import GOING_ON, Absence, Step
from konveyer.kit.refusal import NotFound
from konveyer.kit.rows import only


@dataclass(frozen=True)
class Moved:
    """How many records changed hands; of those that are settled, how many came back and how many stayed."""

    leads: int = 0
    tasks: int = 0
    handoffs: int = 0
    returned: int = 0
    kept: int = 0


def absences(workspace_id: UUID, *, member_id: UUID | None = None, limit: int = 50) -> list[Absence]:
    """Those that go on or are planned first, then the latest."""
    rows: QuerySet[Absence] = Absence.objects.filter(workspace_id=workspace_id)
    if member_id is not None:
        rows = rows.filter(member_id=member_id)
    rows = rows.select_related("member", "to_member", "created_by", "member__deputy")
    going = list(rows.filter(state__in=GOING_ON).order_by("starts_on", "id")[:limit])
    past = rows.exclude(state__in=GOING_ON).order_by("-starts_on", "-id")
    return [*going, *past[: max(limit - len(going), 0)]]


def one(workspace_id: UUID, absence_id: UUID, *, lock: bool = False) -> Absence:
    """The absence; raises NotFound."""
    rows = Absence.objects.filter(workspace_id=workspace_id, pk=absence_id)
    found = only(rows.select_for_update() if lock else rows.select_related("member", "to_member"))
    if found is None:
        raise NotFound("absence_not_found", _("There is no such absence."))
    return found


def moved(workspace_id: UUID, absence_ids: list[UUID]) -> dict[UUID, Moved]:
    """Counts per absence. One query."""
    rows = (
        Step.objects.filter(workspace_id=workspace_id, absence_id__in=absence_ids).values("absence_id").order_by()
        .annotate(
            leads=Count("lead_id"), tasks=Count("task_id"), handoffs=Count("handoff_id"),
            returned=Count("pk", filter=Q(settled="returned")), kept=Count("pk", filter=Q(settled="kept")),
        )
    )  # fmt: skip
    return {
        row["absence_id"]: Moved(row["leads"], row["tasks"], row["handoffs"], row["returned"], row["kept"]) for row in rows
    }  # fmt: skip


def takers(workspace_id: UUID, absence_id: UUID) -> list[tuple[str | None, int, int, int]]:
    """(name, leads, tasks, handoffs) of each who got something, those with most leads first; None is the queue."""
    rows = (
        Step.objects.filter(workspace_id=workspace_id, absence_id=absence_id)
        .values("to_member__name")
        .order_by()
    )
    found = rows.annotate(leads=Count("lead_id"), tasks=Count("task_id"), handoffs=Count("handoff_id"))
    listed = [(row["to_member__name"], row["leads"], row["tasks"], row["handoffs"]) for row in found]
    return sorted(listed, key=lambda row: (row[0] is None, -row[1], row[0] or ""))


def kept(workspace_id: UUID, absence_id: UUID, limit: int = 100) -> list[Step]:
    """What stayed with others after he came back, with the reason."""
    rows = Step.objects.filter(
        workspace_id=workspace_id, absence_id=absence_id, settled="kept", lead__isnull=False
    )
    return list(
        rows.select_related("lead", "lead__company", "lead__contact", "to_member").order_by("id")[:limit]
    )

"""Actions on many records, as they are looked at."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from konveyer.domain.lists.models import BulkAction, BulkStep
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import NotFound

SHOWN = 50  # records named of each reason
LATEST = 100
KEPT = {"tried": ("wont",), "done": ("wont", "kept"), "undone": ("left",)}
CHANGED = {"tried": "would", "done": "changed", "undone": "restored"}


@dataclass(frozen=True)
class KeptGroup:
    """Records that stay as they are, for one reason."""

    why: str
    said: str
    count: int
    steps: list[BulkStep]


def one(actor: Actor, action_id: UUID) -> BulkAction:
    """An action of the actor's own, or anybody's for who gives work to others. Raises NotFound."""
    found = (
        BulkAction.objects.select_related("member")
        .filter(workspace_id=actor.workspace_id, pk=action_id)
        .first()
    )
    if found is None or not (found.member_id == actor.member_id or actor.may(Right.LEADS_ASSIGN)):
        raise NotFound("bulk_not_found", _("There is no such action."))
    return found


def latest(actor: Actor) -> list[BulkAction]:
    """The last ones. One query."""
    rows = BulkAction.objects.filter(workspace_id=actor.workspace_id).select_related("member")
    if not actor.may(Right.LEADS_ASSIGN):
        rows = rows.filter(member_id=actor.member_id) if actor.member_id else rows.none()
    return list(rows.order_by("-created_at", "-id")[:LATEST])


def kept(actor: Actor, asked: BulkAction) -> list[KeptGroup]:
    """Why records stay as they are: how many for each reason, with the first of them. One query a reason and one more."""
    rows = _kept(actor, asked)
    found = rows.values("why", "said").annotate(count=Count("pk")).order_by("-count", "why")[:20]
    return [
        KeptGroup(
            row["why"], row["said"], row["count"],
            list(_named(rows.filter(why=row["why"], said=row["said"]))[:SHOWN]),
        )
        for row in found
    ]  # fmt: skip


def changed(actor: Actor, asked: BulkAction) -> list[BulkStep]:
    """The first records that change, changed or came back. One query."""
    return list(_named(_steps(actor, asked).filter(state=CHANGED.get(asked.state, "changed")))[:SHOWN])


def every_kept(actor: Actor, asked: BulkAction) -> Iterator[BulkStep]:
    """All records that stayed as they are, a thousand at a time."""
    yield from _named(_kept(actor, asked)).iterator(chunk_size=1000)


def _steps(actor: Actor, asked: BulkAction) -> QuerySet[BulkStep]:
    return BulkStep.objects.filter(workspace_id=actor.workspace_id, action_id=asked.pk)


def _kept(actor: Actor, asked: BulkAction) -> QuerySet[BulkStep]:
    return _steps(actor, asked).filter(state__in=KEPT.get(asked.state, ("wont", "kept")))


def _named(rows: QuerySet[BulkStep]) -> QuerySet[BulkStep]:
    return rows.select_related("company", "contact", "lead", "lead__company", "lead__contact").order_by("id")

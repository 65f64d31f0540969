"""Taking everything out: who may, and the line in the journal."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from konveyer.domain.journal.operations import record
from konveyer.domain.staff.queries.frames import frame_of
from konveyer.domain.staff.rules.frames import FrameKind
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import Right
from konveyer.kit.refusal import Forbidden

NEEDED = (Right.BASE_EXPORT, Right.MONEY_READ, Right.JOURNAL_READ, Right.MEMBERS_MANAGE)


def may_take_all(actor: Actor) -> bool:
    """Whether the actor may take everything out: he exports, sees everything anyway, and no frame limits his exports."""
    if not all(actor.may(right) for right in NEEDED) or actor.seen_members is not None:
        return False
    return actor.member_id is None or frame_of(actor.workspace_id, actor.member_id, FrameKind.EXPORT) is None


def take_all_out(*, actor: Actor, at: datetime, way: str) -> None:
    """Write down that everything leaves. Raises Forbidden for who may not."""
    for right in NEEDED:
        actor.require(right)
    if not may_take_all(actor):
        raise Forbidden(
            "export_framed",
            _(
                "Everything is taken out only by who sees everything and has no limit of exports. Ask the owner."
            ),
        )
    record(
        actor=actor, at=at, subject="workspace", subject_id=actor.workspace_id, action="exported_all",
        after={"kind": way},
    )  # fmt: skip

"""How the keys of a report are called, in what order, and how a filter asks for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from konveyer.domain.conveyor.models import Stage
from konveyer.domain.insight.queries.reading import Found
from konveyer.domain.insight.rules.question import MEMBER_KEYS, By
from konveyer.domain.leads.models import EntryPage, Origin
from konveyer.domain.workspace.models import Member
from konveyer.domain.workspace.queries import member_keys

At = tuple[UUID | None, str | None]


@dataclass(frozen=True)
class Name:
    """`key` in the report, `label` for people, `place` in the order of stages, `asked` by a LeadFilter."""

    key: str | None
    label: str
    place: int = 0
    asked: str = ""
    win_point: bool = False


def names(by: By, found: Iterable[Found], conveyor_id: UUID | None, workspace_id: UUID) -> dict[At, Name]:
    """Names of what was found; for stages also of those that nobody reached yet. At most two queries."""
    if by == By.STAGE:
        conveyors = {*(one.conveyor_id for one in found), conveyor_id}
        return _stages({ident for ident in conveyors if ident}, workspace_id)
    keys = [one.key for one in found if one.key is not None]
    if by == By.MONTH:
        return {(None, key): Name(key, key, asked=key) for key in keys}
    named: dict[At, Name] = {(None, None): Name(None, _("not stated"))}
    if by in MEMBER_KEYS:
        known = member_keys(workspace_id)
        labels = Member.objects.filter(workspace_id=workspace_id, id__in=keys).values_list("id", "name")
        return named | {
            (None, str(ident)): Name(known[ident], name, asked=known[ident]) for ident, name in labels
        }
    table: Any = {By.ORIGIN: Origin, By.PAGE: EntryPage}[by]
    rows = table.objects.filter(workspace_id=workspace_id, id__in=keys).values_list("id", "key", "name")
    return named | {(None, str(ident)): Name(key, name, asked=key) for ident, key, name in rows}


def _stages(conveyors: set[UUID], workspace_id: UUID) -> dict[At, Name]:
    """Stages of these conveyors as the live version has them; those of former versions stand where they stood."""
    rows = (
        Stage.objects.filter(workspace_id=workspace_id, conveyor_version__conveyor_id__in=conveyors)
        .exclude(conveyor_version__state="draft")
        .select_related("conveyor_version__conveyor")
    )
    several = len(conveyors) > 1
    named: dict[At, Name] = {}
    # The live version speaks last and so decides; before it, the newer ones over the older.
    for stage in sorted(
        rows, key=lambda one: (one.conveyor_version.state == "live", one.conveyor_version.number)
    ):
        conveyor = stage.conveyor_version.conveyor
        asked = f"{conveyor.code}/{stage.key}"
        label = f"{conveyor.name}: {stage.name}" if several else stage.name
        place = conveyor.position * 1000 + stage.position
        named[conveyor.pk, stage.key] = Name(
            asked if several else stage.key, label, place, asked, stage.win_point
        )
    return named

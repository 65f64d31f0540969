"""Finding one record of the workspace, or saying that there is none."""

from typing import TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from konveyer.domain.workspace.models import AccessToken, Frame, Invitation, Member, Role, Team
from konveyer.kit.refusal import NotFound
from konveyer.kit.rows import WorkspaceRow

Row = TypeVar("Row", bound=WorkspaceRow)


def find(table: type[Row], workspace_id: UUID, row_id: UUID, *, lock: bool = False) -> Row:
    """The row with this id; with `lock` nobody else changes it until the transaction ends. Raises NotFound."""
    rows = table._default_manager.filter(workspace_id=workspace_id, pk=row_id)
    row: Row | None = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if row is None:
        raise NotFound("not_found", _name(table))
    return row


def _name(table: type[WorkspaceRow]) -> str:
    return {
        Member: _("There is no such member in this workspace."),
        Role: _("There is no such role in this workspace."),
        Team: _("There is no such team in this workspace."),
        Frame: _("There is no such frame in this workspace."),
        Invitation: _("There is no such invitation in this workspace."),
        AccessToken: _("There is no such token in this workspace."),
    }.get(table, _("There is no such record here."))

"""Who acts: the member behind an operation with what he may do and whose records he sees."""

from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from konveyer.domain.workspace.rules.rights import Right, View
from konveyer.kit.refusal import Forbidden


@dataclass(frozen=True)
class Actor:
    """Passed to every operation.

    `by` is how he acts: member, api, import, command, system. `seen_members` are the members whose leads he
    sees; None means everybody's. `roles` are those that he holds. Import, command and system act for the workspace itself and may do all.
    """

    workspace_id: UUID
    member_id: UUID | None = None
    by: str = "member"
    rights: frozenset[str] = field(default_factory=frozenset)
    view: View = View.OWN
    seen_members: frozenset[UUID] | None = field(default_factory=frozenset)
    roles: frozenset[UUID] = field(default_factory=frozenset)

    def may(self, right: Right) -> bool:
        """Whether the actor holds the right."""
        return right in self.rights

    def require(self, right: Right) -> None:
        """Raise Forbidden unless the actor holds the right."""
        if not self.may(right):
            raise Forbidden(
                "right_missing",
                _(
                    "Your role does not allow this. The owner of the workspace can allow it under Settings, Roles."
                ),
                details={"right": str(right)},
            )

    def sees(self, *members: UUID | None) -> bool:
        """Whether a record that belongs to any of these members is in view; a record of nobody is seen by all."""
        if self.seen_members is None:
            return True
        owners = [member for member in members if member is not None]
        return not owners or any(member in self.seen_members for member in owners)


def for_workspace(workspace_id: UUID, by: str = "command", member_id: UUID | None = None) -> Actor:
    """An actor for commands, imports and the system: may do everything in one workspace."""
    return Actor(workspace_id, member_id, by, frozenset(Right), View.ALL, None)

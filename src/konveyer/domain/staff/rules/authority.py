"""Who may give what: nobody grants a right or a view that he does not hold himself."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from konveyer.domain.workspace.rules.actor import Actor
from konveyer.domain.workspace.rules.rights import View, widest
from konveyer.kit.refusal import Forbidden, Refused


def require_grantable(actor: Actor, rights: Collection[str], view: str) -> None:
    """Raise Forbidden when the rights or the view reach beyond the actor's own."""
    beyond = sorted(set(rights) - actor.rights)
    if beyond or widest([View(view), actor.view]) != actor.view:
        raise Forbidden(
            "beyond_own_rights",
            _("Nobody can give rights that he does not hold himself. Ask the owner of the workspace."),
            details={"rights": beyond, "view": view},
        )


def require_above(actor: Actor, rights: Collection[str]) -> None:
    """Raise Forbidden when the other one holds rights that the actor lacks: only his equals change him."""
    beyond = sorted(set(rights) - actor.rights)
    if beyond:
        raise Forbidden(
            "above_you",
            _("This member holds rights that you do not. Only the owner of the workspace can change him."),
            details={"rights": beyond},
        )


class LastOwner(Refused):
    """A workspace always has somebody who can sign in and may do everything."""

    def __init__(self) -> None:
        super().__init__(
            "last_owner",
            _("This is the only owner of the workspace. Make somebody else an owner first."),
        )


class OpenWork(Refused):
    """The leaving member still holds open work; `details` has the counts."""

    def __init__(self, message: str, **counts: int) -> None:
        super().__init__("open_work", message, details=counts)

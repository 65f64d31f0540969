"""What a member wants to see in a list."""

from collections.abc import Sequence

from konveyer.domain.people.models import ListChoice
from konveyer.domain.workspace.rules.actor import Actor
from konveyer.kit.refusal import Invalid


def choose_columns(*, actor: Actor, name: str, columns: Sequence[str], allowed: Sequence[str]) -> None:
    """Remember the columns of a list for this member, in the order of the list. Raises Invalid for unknown ones."""
    unknown = [column for column in columns if column not in allowed]
    if unknown or actor.member_id is None:
        raise Invalid("columns", "", fields=dict.fromkeys(unknown, "unknown"))
    ListChoice.objects.update_or_create(
        workspace_id=actor.workspace_id,
        member_id=actor.member_id,
        name=name,
        defaults={"columns": [column for column in allowed if column in columns]},
    )

"""The small named cast of the tests: a workspace with people in roles, and a twin that must never be seen.

Northern Method: Igor (owner), Anna (head of sales), Alina and Pavel (telemarketers), Marina and Timur
(closers), Vera (bookkeeper), Lev (analyst). The twin, "Southern Method", has the same roles and an owner.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property

from konveyer.domain.staff.operations.found import found_workspace
from konveyer.domain.workspace import queries
from konveyer.domain.workspace.models import Member, MemberRole, Role, Team, User, Workspace
from konveyer.domain.workspace.rules.actor import Actor, for_workspace
from konveyer.kit import tenancy
from konveyer.kit.text import sort_key

NOON = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)  # a Tuesday, noon in Moscow
PASSWORD = "a long enough passphrase"
CAST = {
    "Anna": ["head_of_sales"],
    "Alina": ["telemarketer"],
    "Pavel": ["telemarketer"],
    "Marina": ["closer"],
    "Timur": ["closer"],
    "Vera": ["bookkeeper"],
    "Lev": ["analyst"],
}


@dataclass
class World:
    """The cast, ready to act."""

    workspace: Workspace
    twin: Workspace
    people: dict[str, Member] = field(default_factory=dict)

    @cached_property
    def owner(self) -> Member:
        return self.people["Igor"]

    def actor(self, name: str) -> Actor:
        """The named person as an actor; enters nothing."""
        return queries.actor_of(self.people[name].pk, self.workspace.pk)

    @property
    def system(self) -> Actor:
        return for_workspace(self.workspace.pk, "system")


def build_world() -> World:
    """Found both workspaces and hire the cast."""
    home = found_workspace(
        name="Northern Method", owner_email="igor@north.example", owner_password=PASSWORD, owner_name="Igor",
        language="en", team_size="6+", at=NOON,
    )  # fmt: skip
    twin = found_workspace(
        name="Southern Method", owner_email="igor@south.example", owner_password=PASSWORD, owner_name="Igor",
        language="en", team_size="6+", at=NOON,
    )  # fmt: skip
    world = World(home, twin)
    with tenancy.enter(home.pk):
        roles = {role.code: role for role in Role.objects.filter(workspace=home)}
        world.people["Igor"] = Member.objects.get(workspace=home, name="Igor")
        calls = Team.objects.create(workspace=home, name="Calls")
        for name, codes in CAST.items():
            user = User.objects.create_user(f"{name.lower()}@north.example", PASSWORD, language="en")
            member = Member.objects.create(
                workspace=home,
                user=user,
                name=name,
                name_key=sort_key(name),
                team=calls if name in {"Alina", "Pavel"} else None,
            )
            for code in codes:
                MemberRole.objects.create(workspace=home, member=member, role=roles[code])
            world.people[name] = member
    return world

"""Members and roles: nobody gives what he does not hold, and an owner always remains."""

from uuid import UUID

import pytest

from konveyer.domain.journal.models import Entry
from konveyer.domain.staff.operations import members, roles, teams
from konveyer.domain.staff.rules.authority import LastOwner
from konveyer.domain.workspace.models import AccessToken, Member, MemberRole, Role, Team
from konveyer.domain.workspace.queries import actor_of
from konveyer.domain.workspace.rules.rights import Right, View
from konveyer.kit import tenancy
from konveyer.kit.refusal import Forbidden, Invalid, NotFound
from tests.refusals import refused
from tests.world import NOON, World

pytestmark = pytest.mark.django_db


def role(code: str) -> Role:
    return Role.objects.get(code=code)


def codes(world: World, name: str) -> set[str]:
    return {row.code for row in world.people[name].roles.all()}


@pytest.mark.shows("I2.members")
def test_roles_are_given_and_taken_with_a_journal_line(world: World) -> None:
    alina = world.people["Alina"]
    members.change_roles(
        actor=world.actor("Igor"),
        at=NOON,
        member_id=alina.pk,
        role_ids=[role("closer").pk, role("telemarketer").pk],
    )
    assert codes(world, "Alina") == {"closer", "telemarketer"}
    entry = Entry.objects.get(subject="member", subject_id=alina.pk, action="roles_changed")
    assert entry.actor_id == world.owner.pk
    assert (entry.before, entry.after) == (
        {"roles": ["telemarketer"]},
        {"roles": ["closer", "telemarketer"]},
    )
    members.change_roles(actor=world.actor("Igor"), at=NOON, member_id=alina.pk, role_ids=[role("closer").pk])
    assert codes(world, "Alina") == {"closer"}


@pytest.mark.shows("I2.members")
def test_nobody_gives_rights_that_he_does_not_hold(world: World) -> None:
    anna = world.actor("Anna")  # head of sales: no settings.manage
    for name, wanted in (("Alina", "owner"), ("Anna", "owner")):
        with pytest.raises(Forbidden) as refused:
            members.change_roles(
                actor=anna, at=NOON, member_id=world.people[name].pk, role_ids=[role(wanted).pk]
            )
        assert refused.value.details["rights"] == ["settings.manage", "webhooks.manage"]
    with pytest.raises(Forbidden):
        members.change_roles(actor=anna, at=NOON, member_id=world.owner.pk, role_ids=[role("closer").pk])
    with pytest.raises(Forbidden):
        members.deactivate(actor=anna, at=NOON, member_id=world.owner.pk)
    with pytest.raises(Forbidden):
        members.change_member(actor=anna, at=NOON, member_id=world.owner.pk, name="Nobody")
    with pytest.raises(Forbidden):
        members.change_roles(
            actor=world.actor("Alina"),
            at=NOON,
            member_id=world.people["Pavel"].pk,
            role_ids=[role("closer").pk],
        )


@pytest.mark.shows("I2.members")
def test_a_workspace_keeps_an_owner(world: World) -> None:
    igor = world.actor("Igor")
    with pytest.raises(LastOwner):
        members.change_roles(actor=igor, at=NOON, member_id=world.owner.pk, role_ids=[role("closer").pk])
    with refused("oneself"):
        members.deactivate(actor=igor, at=NOON, member_id=world.owner.pk)
    members.change_roles(actor=igor, at=NOON, member_id=world.people["Anna"].pk, role_ids=[role("owner").pk])
    members.deactivate(actor=world.actor("Anna"), at=NOON, member_id=world.owner.pk)
    with pytest.raises(LastOwner):
        members.change_roles(
            actor=world.actor("Anna"),
            at=NOON,
            member_id=world.people["Anna"].pk,
            role_ids=[role("closer").pk],
        )
    with pytest.raises(Invalid):
        members.change_roles(
            actor=world.actor("Anna"), at=NOON, member_id=world.people["Anna"].pk, role_ids=[]
        )


@pytest.mark.shows("I2.members")
def test_leaving_revokes_tokens_and_clears_places(world: World) -> None:
    pavel = world.people["Pavel"]
    Member.objects.filter(pk=world.people["Alina"].pk).update(deputy=pavel)
    team = Team.objects.get(name="Calls")
    Team.objects.filter(pk=team.pk).update(head=pavel)
    AccessToken.objects.create(
        workspace=world.workspace,
        member=pavel,
        name="phone",
        token_hash="0" * 64,
        hint="…",
        scopes=["api.use"],
    )
    members.deactivate(actor=world.actor("Igor"), at=NOON, member_id=pavel.pk)
    pavel.refresh_from_db()
    assert not pavel.active
    assert AccessToken.objects.get(member=pavel).revoked_at == NOON
    assert Team.objects.get(pk=team.pk).head_id is None
    assert Member.objects.get(name="Alina").deputy_id is None
    members.reactivate(actor=world.actor("Igor"), at=NOON, member_id=pavel.pk)
    pavel.refresh_from_db()
    assert pavel.active
    assert AccessToken.objects.get(member=pavel).revoked_at == NOON, "tokens do not come back"
    actions = (
        Entry.objects.filter(subject="member", subject_id=pavel.pk)
        .order_by("id")
        .values_list("action", flat=True)
    )
    assert list(actions) == ["deactivated", "reactivated"]


@pytest.mark.shows("I2.members")
def test_a_member_is_described(world: World) -> None:
    pavel = world.people["Pavel"]
    members.change_member(
        actor=world.actor("Anna"), at=NOON, member_id=pavel.pk, name=" Павел Ёлкин ",
        deputy_id=world.people["Alina"].pk, timezone="Asia/Omsk",
    )  # fmt: skip
    pavel.refresh_from_db()
    assert (pavel.name, pavel.name_key, pavel.timezone) == (
        "Павел Ёлкин", "павел елкин", "Asia/Omsk",
    )  # fmt: skip
    entry = Entry.objects.get(subject_id=pavel.pk)
    assert entry.before["name"] == "Pavel"
    assert entry.after["timezone"] == "Asia/Omsk"
    for wrong in (
        {"name": " "},
        {"name": "Pavel", "timezone": "Mars/Olympus"},
        {"name": "P", "deputy_id": pavel.pk},
    ):
        with pytest.raises(Invalid):
            members.change_member(actor=world.actor("Anna"), at=NOON, member_id=pavel.pk, **wrong)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        members.change_member(
            actor=world.actor("Anna"), at=NOON, member_id=pavel.pk, name="P", deputy_id=UUID(int=7)
        )


@pytest.mark.shows("I2.members")
def test_nobody_reaches_into_the_other_workspace(world: World) -> None:
    with tenancy.enter(world.twin.pk):
        stranger = Member.objects.get(name="Igor")
        foreign_role = Role.objects.get(code="closer")
    with pytest.raises(NotFound):
        members.deactivate(actor=world.actor("Igor"), at=NOON, member_id=stranger.pk)
    with pytest.raises(NotFound):
        members.change_roles(
            actor=world.actor("Igor"), at=NOON, member_id=world.people["Lev"].pk, role_ids=[foreign_role.pk]
        )


@pytest.mark.shows("I2.members")
def test_roles_are_data(world: World) -> None:
    igor = world.actor("Igor")
    made = roles.add_role(
        actor=igor, at=NOON, name="Старший обзвона", rights=["leads.work", "leads.assign"], view="team"
    )
    assert (made.code, made.position) == ("starshiy_obzvona", 12)
    members.change_roles(actor=igor, at=NOON, member_id=world.people["Alina"].pk, role_ids=[made.pk])
    alina = world.actor("Alina")
    assert alina.rights == {"leads.work", "leads.assign"}
    assert alina.view == View.TEAM
    assert alina.seen_members == {world.people["Alina"].pk, world.people["Pavel"].pk}
    roles.change_role(actor=igor, at=NOON, role_id=made.pk, name="Обзвон", rights=["leads.work"], view="own")
    assert world.actor("Alina").rights == {"leads.work"}
    with refused("role_held"):
        roles.remove_role(actor=igor, at=NOON, role_id=made.pk)
    MemberRole.objects.filter(role=made).delete()
    roles.remove_role(actor=igor, at=NOON, role_id=made.pk)
    assert not Role.objects.filter(pk=made.pk).exists()
    with pytest.raises(Invalid):
        roles.add_role(actor=igor, at=NOON, name="Closer", rights=[])
    with refused("right_unknown"):
        roles.add_role(actor=igor, at=NOON, name="Pilot", rights=["fly.high"])


@pytest.mark.shows("I2.members")
def test_roles_do_not_grow_beyond_their_editor(world: World) -> None:
    anna = world.actor("Anna")
    closer = role("closer")
    with pytest.raises(Forbidden):
        roles.change_role(
            actor=anna,
            at=NOON,
            role_id=closer.pk,
            name="Closer",
            rights=[*closer.rights, "settings.manage"],
            view="own",
        )
    with refused("owner_role"):
        roles.change_role(
            actor=world.actor("Igor"),
            at=NOON,
            role_id=role("owner").pk,
            name="Boss",
            rights=["base.read"],
            view="all",
        )
    roles.change_role(
        actor=world.actor("Igor"),
        at=NOON,
        role_id=role("owner").pk,
        name="Boss",
        rights=list(Right),
        view="all",
    )
    assert role("owner").name == "Boss"


@pytest.mark.shows("I2.members")
def test_a_role_that_a_conveyor_names_stays(world: World) -> None:
    from konveyer.domain.conveyor.models import Conveyor, Stage, Version

    performer = role("performer")
    conveyor = Conveyor.objects.create(workspace=world.workspace, code="own", name="Own")
    version = Version.objects.create(workspace=world.workspace, conveyor=conveyor, number=1)
    Stage.objects.create(
        workspace=world.workspace, conveyor_version=version, key="one", name="One", position=0, role=performer
    )
    with refused("role_used"):
        roles.remove_role(actor=world.actor("Igor"), at=NOON, role_id=performer.pk)
    assert Role.objects.filter(pk=performer.pk).exists()


@pytest.mark.shows("I2.members")
def test_teams_scope_the_view(world: World) -> None:
    anna = world.actor("Anna")
    marina, timur = world.people["Marina"], world.people["Timur"]
    team = teams.save_team(
        actor=anna, at=NOON, name="Closing", member_ids=[marina.pk, timur.pk], head_id=marina.pk
    )
    assert set(Member.objects.filter(team=team).values_list("name", flat=True)) == {"Marina", "Timur"}
    teams.save_team(
        actor=anna, at=NOON, team_id=team.pk, name="Closing", member_ids=[timur.pk], head_id=marina.pk
    )
    Role.objects.filter(code="closer").update(view="team")
    assert actor_of(marina.pk, world.workspace.pk).seen_members == {marina.pk, timur.pk}, "its head sees it"
    assert actor_of(timur.pk, world.workspace.pk).seen_members == {timur.pk}
    with pytest.raises(Invalid):
        teams.save_team(actor=anna, at=NOON, name="Calls", member_ids=[])
    teams.remove_team(actor=anna, at=NOON, team_id=team.pk)
    assert Member.objects.get(name="Timur").team_id is None
    with pytest.raises(Forbidden):
        teams.save_team(actor=world.actor("Marina"), at=NOON, name="Mine", member_ids=[])

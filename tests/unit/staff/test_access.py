"""Tokens, invitations, idempotent requests, workspace settings."""

from datetime import timedelta

import pytest

from konveyer.domain.journal.models import Entry
from konveyer.domain.staff.events import MemberLeaving, ZoneChanged
from konveyer.domain.staff.operations import invitations, members, requests, tokens
from konveyer.domain.staff.operations.workspace import change_workspace
from konveyer.domain.staff.queries import access
from konveyer.domain.staff.rules.authority import OpenWork
from konveyer.domain.workspace.models import AccessToken, Invitation, Member, Role, Workspace
from konveyer.kit import events
from konveyer.kit.refusal import Forbidden, Invalid, NotFound
from tests.world import NOON, World

pytestmark = pytest.mark.django_db


@pytest.mark.shows("I2.api")
def test_a_token_acts_as_its_member_within_its_scopes(world: World) -> None:
    alina = world.actor("Alina")
    issued = tokens.issue_token(actor=alina, at=NOON, name="Sheet", scopes=["base.read"], days=30)
    assert issued.secret.startswith("kvr_")
    assert len(issued.secret) >= 4 + 43, "256 random bits"
    stored = AccessToken.objects.filter(pk=issued.token.pk).values().get()
    assert issued.secret not in str(stored)
    pointer = access.find_token(issued.secret)
    assert pointer is not None
    assert pointer.workspace_id == world.workspace.pk
    found = access.bearer(pointer.row_id, at=NOON)
    assert found is not None
    assert (found.actor.member_id, found.actor.by) == (alina.member_id, "api")
    assert found.actor.rights == {"base.read"}
    assert found.actor.seen_members == alina.seen_members
    assert access.bearer(pointer.row_id, at=NOON + timedelta(days=30)) is None
    assert access.find_token(issued.secret + "x") is None


@pytest.mark.shows("I2.api")
def test_a_token_loses_what_its_member_loses(world: World) -> None:
    issued = tokens.issue_token(
        actor=world.actor("Anna"), at=NOON, name="Sheet", scopes=["base.read", "members.manage"]
    )
    anna = world.people["Anna"]
    members.change_roles(
        actor=world.actor("Igor"), at=NOON, member_id=anna.pk, role_ids=[Role.objects.get(code="closer").pk]
    )
    found = access.bearer(issued.token.pk, at=NOON)
    assert found is not None
    assert found.actor.rights == {"base.read"}
    Role.objects.filter(code="closer").update(rights=["base.read"])
    assert access.bearer(issued.token.pk, at=NOON) is None, "without api.use a token opens nothing"


@pytest.mark.shows("I2.api")
def test_tokens_are_given_and_revoked_by_who_may(world: World) -> None:
    alina = world.actor("Alina")
    with pytest.raises(Forbidden):
        tokens.issue_token(actor=alina, at=NOON, name="Big", scopes=["members.manage"])
    with pytest.raises(Invalid):
        tokens.issue_token(actor=alina, at=NOON, name="None", scopes=[])
    with pytest.raises(Invalid):
        tokens.issue_token(actor=alina, at=NOON, name="Long", scopes=["base.read"], days=4000)
    issued = tokens.issue_token(actor=alina, at=NOON, name="Mine", scopes=["base.read"], days=None)
    by_token = access.bearer(issued.token.pk, at=NOON)
    assert by_token
    with pytest.raises(Forbidden):
        tokens.issue_token(actor=by_token.actor, at=NOON, name="Child", scopes=["base.read"])
    with pytest.raises(NotFound):
        tokens.revoke_token(actor=world.actor("Pavel"), at=NOON, token_id=issued.token.pk)
    tokens.seen(token_id=issued.token.pk, at=NOON)
    tokens.seen(token_id=issued.token.pk, at=NOON + timedelta(minutes=5))
    assert AccessToken.objects.get(pk=issued.token.pk).last_used_at == NOON, "written once in ten minutes"
    tokens.revoke_token(actor=world.actor("Anna"), at=NOON, token_id=issued.token.pk)
    assert access.bearer(issued.token.pk, at=NOON) is None
    assert access.tokens(world.workspace.pk, alina.member_id) == []


@pytest.mark.shows("I2.sign-in")
def test_who_may_invite_whom(world: World) -> None:
    closer, owner = Role.objects.get(code="closer"), Role.objects.get(code="owner")
    anna = world.actor("Anna")
    with pytest.raises(Forbidden):
        invitations.invite(actor=anna, at=NOON, email="new@x.example", name="New", role_ids=[owner.pk])
    with pytest.raises(Forbidden):
        invitations.invite(
            actor=world.actor("Alina"), at=NOON, email="new@x.example", name="New", role_ids=[closer.pk]
        )
    for email in ("not an address", "alina@north.example", "ALINA@NORTH.example"):
        with pytest.raises(Invalid):
            invitations.invite(actor=anna, at=NOON, email=email, name="New", role_ids=[closer.pk])
    first = invitations.invite(actor=anna, at=NOON, email="New@x.example", name="New", role_ids=[closer.pk])
    second = invitations.invite(actor=anna, at=NOON, email="new@x.example", name="New", role_ids=[closer.pk])
    assert Invitation.objects.get(pk=first.invitation.pk).withdrawn_at == NOON, "a newer one replaces it"
    with pytest.raises(NotFound):
        invitations.accept(invitation_id=first.invitation.pk, at=NOON, password="a fine long passphrase")
    late = NOON + invitations.LASTS
    with pytest.raises(NotFound):
        invitations.accept(invitation_id=second.invitation.pk, at=late, password="a fine long passphrase")
    member = invitations.accept(
        invitation_id=second.invitation.pk, at=NOON, password="a fine long passphrase"
    )
    entry = Entry.objects.get(subject="member", subject_id=member.pk)
    assert (entry.action, entry.actor_id) == ("joined", member.pk)


@pytest.mark.shows("F12")
def test_a_key_stands_for_one_request(world: World) -> None:
    who = {"workspace_id": world.workspace.pk, "member_id": world.owner.pk, "key": "k1"}
    assert requests.begin(**who, body_hash="a", at=NOON) is None
    requests.finish(**who, status=201, body={"id": 1})
    again = requests.begin(**who, body_hash="a", at=NOON)
    assert again == requests.Answer(201, {"id": 1})
    with pytest.raises(Invalid) as refused:
        requests.begin(**who, body_hash="b", at=NOON)
    assert refused.value.status == 422
    other = who | {"member_id": world.people["Anna"].pk}
    assert requests.begin(**other, body_hash="b", at=NOON) is None, "keys are each member's own"
    assert requests.forget(workspace_id=world.workspace.pk, at=NOON + timedelta(days=3)) == 2


@pytest.mark.shows("I2.workspaces")
def test_workspace_settings_change_and_the_zone_is_announced(world: World) -> None:
    heard: list[ZoneChanged] = []
    events.subscribe(ZoneChanged, heard.append)
    try:
        change_workspace(
            actor=world.actor("Igor"), at=NOON, name="North", language="ru", timezone="Asia/Omsk",
            team_size="2-5", talk_seconds=30,
        )  # fmt: skip
    finally:
        events._handlers[ZoneChanged].remove(heard.append)
    changed = Workspace.objects.get(pk=world.workspace.pk)
    assert (changed.name, changed.language, changed.timezone, changed.talk_seconds) == (
        "North",
        "ru",
        "Asia/Omsk",
        30,
    )
    assert changed.slug == "northern-method", "addresses and commands stay"
    assert [(event.was, event.became) for event in heard] == [("Europe/Moscow", "Asia/Omsk")]
    with pytest.raises(Forbidden):
        change_workspace(
            actor=world.actor("Anna"),
            at=NOON,
            name="X",
            language="ru",
            timezone="UTC",
            team_size="1",
            talk_seconds=20,
        )
    with pytest.raises(Invalid):
        change_workspace(
            actor=world.actor("Igor"), at=NOON, name="X", language="ru", timezone="Nowhere", team_size="1",
            talk_seconds=20,
        )  # fmt: skip


@pytest.mark.shows("I2.members")
def test_open_work_holds_a_leaving_member_back(world: World) -> None:
    holding = [True]

    def refuse(event: MemberLeaving) -> None:
        if holding:
            raise OpenWork("He still holds work.", leads=3, tasks=5)

    events.subscribe(MemberLeaving, refuse)
    pavel = world.people["Pavel"].pk
    try:
        with pytest.raises(OpenWork) as refused:
            members.deactivate(actor=world.actor("Igor"), at=NOON, member_id=pavel)
        assert refused.value.details == {"leads": 3, "tasks": 5}
        assert Member.objects.get(pk=pavel).active
        holding.clear()
        members.deactivate(actor=world.actor("Igor"), at=NOON, member_id=pavel)
    finally:
        events._handlers[MemberLeaving].remove(refuse)
    assert not Member.objects.get(pk=pavel).active

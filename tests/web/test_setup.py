"""The settings: every screen opens, every form does what it says and says what it refuses."""

import json
import re
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from konveyer.domain.catalog.models import Product
from konveyer.domain.hooks.models import Delivery, Webhook
from konveyer.domain.journal.models import Entry
from konveyer.domain.staff.operations.tokens import issue_token
from konveyer.domain.workspace.models import AccessToken, Frame, Invitation, Member, Role, Team, Workspace
from konveyer.kit import clock
from tests.world import PASSWORD, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def igor(world: World) -> Client:
    return signed_in("igor@north.example")


def signed_in(email: str) -> Client:
    client = Client()
    client.post("/sign-in/login/", {"login": email, "password": PASSWORD})
    return client


def said(response: Any) -> str:
    """The text of a page without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


SCREENS = [
    "workspace/", "members/", "teams/", "roles/", "frames/", "tokens/", "webhooks/", "move/", "invitations/new/",
    "teams/new/", "roles/new/", "webhooks/new/",
]  # fmt: skip


@pytest.mark.shows("I2.members")
@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_opens(igor: Client, screen: str) -> None:
    page = igor.get(f"/setup/{screen}")
    assert page.status_code == 200
    assert 'aria-current="true"' in page.content.decode()


@pytest.mark.shows("I2.members")
def test_the_way_in_leads_where_one_may_go(world: World) -> None:
    assert signed_in("igor@north.example").get("/setup/")["Location"] == "/setup/workspace/"
    assert signed_in("anna@north.example").get("/setup/")["Location"] == "/setup/members/"
    assert signed_in("alina@north.example").get("/setup/")["Location"] == "/profile/"
    refused = signed_in("alina@north.example").get("/setup/members/")
    assert refused.status_code == 403
    assert "Settings, Roles" in said(refused)


@pytest.mark.shows("I2.workspaces")
def test_the_workspace_is_changed(igor: Client, world: World) -> None:
    values = {
        "name": "North",
        "language": "ru",
        "timezone": "Asia/Omsk",
        "team_size": "2-5",
        "talk_seconds": "30",
    }
    assert igor.post("/setup/workspace/", values).status_code == 302
    assert Workspace.objects.get(pk=world.workspace.pk).timezone == "Asia/Omsk"
    wrong = igor.post("/setup/workspace/", values | {"talk_seconds": "0"})
    assert wrong.status_code == 422
    assert 'aria-invalid="true"' in wrong.content.decode()


@pytest.mark.shows("I2.sign-in")
def test_a_member_is_invited_with_a_letter_and_a_link(
    igor: Client, world: World, django_capture_on_commit_callbacks: Any
) -> None:
    closer = Role.objects.get(code="closer")
    values = {"email": "nadia@x.example", "name": "Nadia", "role_ids": [str(closer.pk)]}
    with django_capture_on_commit_callbacks(execute=True):
        made = igor.post("/setup/invitations/new/", values)
    link = re.search(r"http\S+/sign-in/invitation/[\w-]+/", made.content.decode())
    assert link
    assert link[0] in mail.outbox[0].body
    assert mail.outbox[0].to == ["nadia@x.example"]
    assert made["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    listed = igor.get("/setup/members/")
    assert link[0] not in listed.content.decode()
    offer = Invitation.objects.get()
    again = igor.post(f"/setup/invitations/{offer.pk}/renew/")
    assert link[0] not in again.content.decode()
    igor.post(f"/setup/invitations/{offer.pk}/withdraw/")
    assert Invitation.objects.get().withdrawn_at
    missing = igor.post("/setup/invitations/new/", {"email": "x", "name": ""})
    assert missing.status_code == 422


@pytest.mark.shows("I2.members")
def test_a_member_is_described_given_roles_let_go_and_taken_back(igor: Client, world: World) -> None:
    pavel = world.people["Pavel"]
    url = f"/setup/members/{pavel.pk}/"
    assert igor.get(url).status_code == 200
    igor.post(url, {"name": "Павел", "timezone": "", "team_id": "", "deputy_id": ""})
    pavel.refresh_from_db()
    assert (pavel.name, pavel.team_id) == ("Павел", None)
    closer = Role.objects.get(code="closer")
    igor.post(url, {"roles": "1", "role_ids": [str(closer.pk)]})
    assert [role.code for role in pavel.roles.all()] == ["closer"]
    assert igor.post(url, {"roles": "1"}).status_code == 422
    assert igor.post(f"{url}deactivate/", {"successor": ""}).status_code == 302
    assert not Member.objects.get(pk=pavel.pk).active
    assert "Журнал" in said(igor.get(url)) or "Journal" in said(igor.get(url))
    igor.post(f"{url}reactivate/")
    assert Member.objects.get(pk=pavel.pk).active


@pytest.mark.shows("I2.members")
def test_what_is_refused_is_said_in_the_form(world: World) -> None:
    anna = signed_in("anna@north.example")
    owner = Role.objects.get(code="owner")
    refused = anna.post(
        f"/setup/members/{world.people['Alina'].pk}/", {"roles": "1", "role_ids": [str(owner.pk)]}
    )
    assert refused.status_code == 403
    assert "rights that he does not hold himself" in said(refused)
    assert [role.code for role in world.people["Alina"].roles.all()] == ["telemarketer"]


@pytest.mark.shows("I2.members")
def test_teams_roles_and_frames_are_edited(igor: Client, world: World) -> None:
    marina, timur = world.people["Marina"], world.people["Timur"]
    values = {"name": "Closing", "head_id": str(marina.pk), "member_ids": [str(marina.pk), str(timur.pk)]}
    igor.post("/setup/teams/new/", values)
    team = Team.objects.get(name="Closing")
    assert Member.objects.filter(team=team).count() == 2
    assert igor.get(f"/setup/teams/{team.pk}/").status_code == 200
    assert igor.post("/setup/teams/new/", values).status_code == 422
    igor.post(f"/setup/teams/{team.pk}/remove/")
    assert not Team.objects.filter(name="Closing").exists()
    igor.post("/setup/roles/new/", {"name": "Night", "view": "team", "rights": ["base.read", "leads.work"]})
    role = Role.objects.get(name="Night")
    assert (role.rights, role.view) == (["base.read", "leads.work"], "team")
    igor.post(f"/setup/roles/{role.pk}/frames/", {"open_leads": "7", "hours": "1-5 9:00-18:00"})
    assert {frame.kind: str(frame.number or frame.text) for frame in Frame.objects.filter(role=role)} == {
        "open_leads": "7.00", "hours": "1-5 09:00-18:00",
    }  # fmt: skip
    wrong = igor.post(f"/setup/roles/{role.pk}/frames/", {"open_leads": "many", "daily_calls": "5"})
    assert wrong.status_code == 422
    assert "many" in wrong.content.decode(), "what was typed stays"
    assert not Frame.objects.filter(role=role, kind="daily_calls").exists()
    igor.post(f"/setup/members/{marina.pk}/frames/", {"discount_percent": "12,5", "view": "all"})
    assert world.actor("Marina").view == "all"
    assert igor.get("/setup/frames/").status_code == 200
    igor.post(f"/setup/roles/{role.pk}/remove/")
    assert not Role.objects.filter(name="Night").exists()
    assert not Frame.objects.filter(kind="open_leads").exists()


@pytest.mark.shows("I2.api")
def test_tokens_are_made_in_the_profile_and_revoked_in_both_places(igor: Client, world: World) -> None:
    alina = signed_in("alina@north.example")
    made = alina.post(
        "/profile/tokens/new/", {"name": "Sheet", "days": "30", "scopes": ["base.read", "api.use"]}
    )
    secret = re.search(r"kvr_[\w-]{43}", made.content.decode())
    assert secret
    assert secret[0] not in alina.get("/profile/").content.decode()
    assert alina.get("/api/v1/me", headers={"authorization": f"Bearer {secret[0]}"}).status_code == 200
    assert (
        alina.post(
            "/profile/tokens/new/", {"name": "Big", "days": "30", "scopes": ["members.manage"]}
        ).status_code
        == 422
    )
    token = AccessToken.objects.get(name="Sheet")
    assert "Sheet" in said(igor.get("/setup/tokens/"))
    assert igor.post(f"/profile/tokens/{token.pk}/revoke/", {"back": "setup"})["Location"] == "/setup/tokens/"
    assert alina.get("/api/v1/me", headers={"authorization": f"Bearer {secret[0]}"}).status_code == 401
    other = issue_token(actor=world.actor("Igor"), at=clock.now(), name="His", scopes=["api.use"])
    assert alina.post(f"/profile/tokens/{other.token.pk}/revoke/").status_code == 404


@pytest.mark.shows("I2.webhooks")
def test_webhooks_on_the_screen(igor: Client, world: World) -> None:
    values = {"name": "Sheet", "url": "https://x.example/hook", "events": ["lead.won", "deal.won"]}
    made = igor.post("/setup/webhooks/new/", values)
    secret = re.search(r"whsec_[\w-]{43}", made.content.decode())
    assert secret
    hook = Webhook.objects.get()
    url = f"/setup/webhooks/{hook.pk}/"
    assert secret[0] not in igor.get(url).content.decode()
    igor.post(f"{url}test/")
    delivery = Delivery.objects.get()
    Delivery.objects.update(state="given_up", next_at=None, settled_at=clock.now(), attempts=10)
    assert "given up" in said(igor.get(url))
    igor.post(f"{url}log/{delivery.pk}/resend/")
    assert Delivery.objects.get().state == "waiting"
    igor.post(url, values | {"events": ["lead.won"]})
    assert (Webhook.objects.get().events, Webhook.objects.get().active) == (["lead.won"], False)
    assert igor.post("/setup/webhooks/new/", values | {"url": "ftp://x"}).status_code == 422
    again = igor.post(f"{url}secret/")
    assert secret[0] not in again.content.decode()
    igor.post(f"{url}remove/")
    assert not Webhook.objects.exists()


@pytest.mark.shows("I2.settings")
def test_settings_go_out_and_come_in(igor: Client, world: World) -> None:
    file = igor.get("/setup/move/download/")
    assert file["Content-Disposition"] == 'attachment; filename="konveyer-northern-method.json"'
    document = json.loads(file.content)
    upload = SimpleUploadedFile("s.json", file.content)
    same = igor.post("/setup/move/", {"file": upload})
    assert same.context["changes"] == []
    document["roles"].append({"code": "night", "name": "Night", "rights": ["base.read"], "view": "own"})
    text = json.dumps(document)
    seen = igor.post("/setup/move/", {"file": SimpleUploadedFile("s.json", text.encode())})
    assert [(change.kind, change.what) for _words, change in seen.context["changes"]] == [("role", "new")]
    assert not Role.objects.filter(code="night").exists(), "looking changes nothing"
    assert igor.post("/setup/move/apply/", {"text": text}).status_code == 302
    assert Role.objects.filter(code="night").exists()
    for wrong in (b"\xff\xfe", b"[]", b'{"format": "else"}', b"{" * 100_000):
        assert igor.post("/setup/move/", {"file": SimpleUploadedFile("s.json", wrong)}).status_code == 422
    assert igor.post("/setup/move/", {}).status_code == 422


@pytest.mark.shows("I2.deals")
def test_products_stand_on_the_ladder(igor: Client, world: World) -> None:
    values = {
        "name": "Курс", "level": "core", "kind": "course", "price": "59500.00", "currency": "rub", "direct_cost": "",
        "difference": "", "active": "on",
    }  # fmt: skip
    assert igor.post("/products/new/", values).status_code == 302
    row = Product.objects.get(name="Курс")
    assert (row.code, str(row.price), row.currency) == ("kurs", "59500.00", "RUB")
    page = said(igor.get("/products/"))
    assert "gap" in page
    url = f"/products/{row.pk}/"
    igor.post(url, values | {"price": "60000", "version": "1"})
    stale = igor.post(url, values | {"price": "61000", "version": "1"})
    assert stale.status_code == 409
    assert str(Product.objects.get(pk=row.pk).price) == "60000.00"
    assert igor.post("/products/new/", values | {"price": "-1"}).status_code == 422
    alina = signed_in("alina@north.example")
    assert alina.get("/products/").status_code == 200
    assert alina.get(url).status_code == 403
    assert Entry.objects.filter(subject="product").count() == 2


@pytest.mark.shows("I2.journal")
def test_the_journal_reads_as_sentences(igor: Client, world: World) -> None:
    pavel = world.people["Pavel"]
    closer = Role.objects.get(code="closer")
    igor.post(f"/setup/members/{pavel.pk}/", {"roles": "1", "role_ids": [str(closer.pk)]})
    page = igor.get("/journal/")
    text = said(page)
    assert "Igor · member Pavel : roles changed" in text
    assert "telemarketer → closer" in text
    assert str(pavel.pk) not in text
    mine = igor.get("/journal/", {"member": str(world.people["Alina"].pk)})
    assert "Pavel" not in said(mine).split("Show")[1].split("Keys")[0]
    assert igor.get("/journal/", {"member": "x"}).status_code == 200
    assert igor.get("/journal/", {"after": "rubbish"}).status_code == 422
    assert signed_in("alina@north.example").get("/journal/").status_code == 403

"""The ways in: password, second factor, invitation, password link; sessions; switching workspaces."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.account import app_settings as account_settings
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import Client

from konveyer.domain.staff.operations import invitations
from konveyer.domain.workspace.models import Invitation, Member, Role, User
from konveyer.kit import clock, tenancy
from konveyer.web.sign_in.links import invitation_url, password_link
from tests.world import PASSWORD, World

pytestmark = pytest.mark.django_db

LOGIN = "/sign-in/login/"
ALINA = "alina@north.example"
COUNTER = 58_000_000  # the half minute in which all tests stand


def sign_in(email: str, password: str = PASSWORD, client: Client | None = None, **headers: str) -> Client:
    client = client or Client(headers={"accept-language": "en"}, **headers)
    client.post(LOGIN, {"login": email, "password": password})
    return client


def who(client: Client) -> str | None:
    """The e-mail of whoever the browser is signed in as."""
    page = client.get("/profile/")
    if page.status_code == 302:
        return None
    return str(page.wsgi_request.user.email)


@pytest.fixture(autouse=True)
def _steady_half_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """Codes change every 30 seconds; a test must not stumble over the change."""
    monkeypatch.setattr(totp, "yield_hotp_counters_from_time", lambda: iter([COUNTER]))


def code_now(secret: str) -> str:
    return str(totp.format_hotp_value(totp.hotp_value(secret, COUNTER)))


def turn_on_second_factor(client: Client) -> str:
    """Through the screens, as a person does; returns the secret that his phone keeps."""
    client.post("/sign-in/reauthenticate/", {"password": PASSWORD})
    page = client.get("/sign-in/second-factor/totp/activate/")
    assert page.status_code == 200, page.headers
    secret = str(page.context["form"].secret)
    done = client.post("/sign-in/second-factor/totp/activate/", {"code": code_now(secret)})
    assert done.status_code == 302, done.context["form"].errors
    return secret


@pytest.mark.shows("I2.sign-in")
def test_password_opens_and_a_wrong_one_does_not(world: World) -> None:
    assert who(sign_in(ALINA, "a wrong passphrase")) is None
    assert who(sign_in("ALINA@north.example ".strip())) == ALINA


@pytest.mark.shows("I2.sign-in")
def test_nobody_signs_up_by_himself(world: World) -> None:
    client = Client()
    before = User.objects.count()
    client.post("/sign-in/closed/", {"email": "eve@else.example", "password1": PASSWORD})
    assert User.objects.count() == before
    assert client.get("/sign-in/signup/").status_code == 404


@pytest.mark.shows("I2.sign-in")
def test_guessing_is_stopped_by_the_shared_counter(world: World) -> None:
    client = Client()
    for _attempt in range(5):
        client.post(LOGIN, {"login": ALINA, "password": "guess"})
    assert who(sign_in(ALINA, client=client)) is None, "the right password too has to wait"
    assert who(sign_in(ALINA, client=Client(REMOTE_ADDR="10.0.0.9"))) is None, "from another address as well"
    assert who(sign_in("pavel@north.example", client=Client(REMOTE_ADDR="10.0.0.9"))) is not None
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from cache where cache_key like '%%login_failed%%'")
        assert cursor.fetchone()[0] > 0, "counted in the database, for all processes"


@pytest.mark.shows("I2.sign-in")
def test_second_factor_is_asked_and_a_code_works_once(world: World) -> None:
    secret = turn_on_second_factor(sign_in(ALINA))
    client = sign_in(ALINA)
    assert who(client) is None
    wrong = "000000" if code_now(secret) != "000000" else "111111"
    client.post("/sign-in/second-factor/authenticate/", {"code": wrong})
    assert who(client) is None
    code = code_now(secret)
    client.post("/sign-in/second-factor/authenticate/", {"code": code})
    assert who(client) == ALINA
    again = sign_in(ALINA)
    again.post("/sign-in/second-factor/authenticate/", {"code": code})
    assert who(again) is None


@pytest.mark.shows("I2.sign-in")
def test_a_second_factor_is_told_by_mail_when_it_is_committed(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    client = sign_in(ALINA)
    with django_capture_on_commit_callbacks(execute=True):
        turn_on_second_factor(client)
    assert mail.outbox[-1].to == [ALINA]
    assert re.match("(Konveyer|Конвейер): .", mail.outbox[-1].subject)


@pytest.mark.shows("I2.sign-in")
def test_sensitive_screens_ask_for_the_password_again_inside_the_workspace(world: World) -> None:
    client = sign_in(ALINA)
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
        record.pop("reauthenticated", None)
    session.save()
    answer = client.get("/sign-in/second-factor/totp/activate/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/reauthenticate/")


def invite(
    world: World, email: str, *roles: str, by: str = "Igor", workspace: Any = None
) -> tuple[Invitation, str]:
    codes = Role.objects.filter(workspace=workspace or world.workspace, code__in=roles).values_list(
        "pk", flat=True
    )
    made = invitations.invite(
        actor=world.actor(by), at=clock.now(), email=email, name="Nadia", role_ids=list(codes)
    )
    return made.invitation, made.secret


def path(url: str) -> str:
    assert url.startswith(settings.BASE_URL)
    return url.removeprefix(settings.BASE_URL)


@pytest.mark.shows("I2.sign-in")
def test_an_invitation_makes_an_account_once(world: World) -> None:
    invitation, secret = invite(world, "Nadia@north.example", "closer")
    assert secret not in str(Invitation.objects.filter(pk=invitation.pk).values().get())
    link = path(invitation_url(secret))
    client = Client(headers={"accept-language": "ru"})
    assert client.get(link).status_code == 200
    assert not User.objects.filter(email="nadia@north.example").exists(), "looking changes nothing"
    weak = client.post(link, {"name": "Nadia", "password": "short"})
    assert weak.status_code == 422
    assert not User.objects.filter(email="nadia@north.example").exists()
    done = client.post(link, {"name": "Nadia Orlova", "password": PASSWORD})
    assert (done.status_code, done["Location"]) == (302, "/")
    assert who(client) == "nadia@north.example"
    member = Member.objects.get(user__email="nadia@north.example")
    assert [role.code for role in member.roles.all()] == ["closer"]
    assert member.user.language == "ru"
    assert Client().get(link).status_code == 404
    assert Client().post(link, {"name": "Eve", "password": PASSWORD}).status_code == 404
    secret_totp = turn_on_second_factor(client)
    assert secret_totp, "the address counts as verified"


@pytest.mark.shows("I2.sign-in")
def test_an_invitation_ends_by_time_and_by_withdrawal(world: World) -> None:
    invitation, secret = invite(world, "late@north.example", "closer")
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=clock.now() - timedelta(seconds=1))
    assert Client().get(path(invitation_url(secret))).status_code == 404
    renewed = invitations.renew(actor=world.actor("Igor"), at=clock.now(), invitation_id=invitation.pk)
    assert Client().get(path(invitation_url(secret))).status_code == 404
    assert Client().get(path(invitation_url(renewed.secret))).status_code == 200
    invitations.withdraw(actor=world.actor("Igor"), at=clock.now(), invitation_id=invitation.pk)
    assert Client().get(path(invitation_url(renewed.secret))).status_code == 404
    assert Client().get("/sign-in/invitation/guessed/").status_code == 404


@pytest.mark.shows("I2.sign-in")
def test_an_existing_account_joins_another_workspace_and_switches(world: World) -> None:
    with tenancy.enter(world.twin.pk):
        igor = Member.objects.get(name="Igor", workspace=world.twin)
        role = Role.objects.get(workspace=world.twin, code="closer")
        from konveyer.domain.workspace.queries import actor_of

        made = invitations.invite(
            actor=actor_of(igor.pk, world.twin.pk),
            at=clock.now(),
            email=ALINA,
            name="Alina",
            role_ids=[role.pk],
        )
    link = path(invitation_url(made.secret))
    stranger = Client()
    refused = stranger.post(link, {"name": "Alina", "password": "another passphrase"})
    assert refused.status_code == 409, "who knows the link does not get the account"
    pavel = sign_in("pavel@north.example")
    assert pavel.post(link).status_code == 409
    client = sign_in(ALINA)
    assert client.get("/profile/").wsgi_request.workspace == world.workspace
    assert client.post(link).status_code == 302
    assert client.get("/profile/").wsgi_request.workspace == world.twin
    client.post("/profile/workspace/", {"workspace": str(world.workspace.pk)})
    assert client.get("/profile/").wsgi_request.workspace == world.workspace
    assert pavel.post("/profile/workspace/", {"workspace": str(world.twin.pk)}).status_code == 404


@pytest.mark.shows("I2.sign-in")
def test_the_session_list_ends_the_others(world: World) -> None:
    here, there = sign_in(ALINA), sign_in(ALINA)
    assert here.get("/sign-in/sessions/").context["session_count"] == 2
    here.post("/sign-in/sessions/")
    assert who(there) is None
    assert who(here) == ALINA


def _mailed_link() -> str:
    found = re.search(r"\S*/sign-in/password/reset/\S+", mail.outbox[-1].body)
    assert found
    return found[0]


@pytest.mark.shows("I2.sign-in")
def test_a_password_link_comes_by_mail_works_once_and_ends_sessions(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    elsewhere = sign_in(ALINA)
    client = Client(headers={"host": "localhost"})
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/sign-in/password/reset/", {"email": ALINA})
    link = _mailed_link()
    assert link.startswith(settings.BASE_URL + "/"), "the configured address, not the Host header"
    form_page = client.get(path(link), follow=True)
    form_path = form_page.redirect_chain[-1][0]
    new = "another long passphrase"
    client.post(form_path, {"password1": new, "password2": new})
    assert who(elsewhere) is None
    assert who(sign_in(ALINA)) is None
    assert who(sign_in(ALINA, new)) == ALINA
    again = Client().get(path(link), follow=True)
    assert again.context["token_fail"]


@pytest.mark.shows("I2.sign-in")
def test_strangers_get_no_mail(world: World, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = Client().post("/sign-in/password/reset/", {"email": "nobody@else.example"})
    assert answer.status_code == 302, "the page says the same as for a known address"
    assert mail.outbox == []


@pytest.mark.shows("I2.sign-in")
def test_a_password_link_asks_for_the_second_factor(world: World) -> None:
    secret = turn_on_second_factor(sign_in(ALINA))
    client = Client()
    page = client.get(path(password_link(User.objects.get(email=ALINA))), follow=True)
    form_path = page.redirect_chain[-1][0]
    new = "another long passphrase"
    client.post(form_path, {"password1": new, "password2": new})
    client.post(form_path, {"password1": new, "password2": new, "code": "123"})
    assert User.objects.get(email=ALINA).check_password(PASSWORD)
    client.post(form_path, {"password1": new, "password2": new, "code": code_now(secret)})
    assert User.objects.get(email=ALINA).check_password(new)


@pytest.mark.shows("I2.sign-in")
def test_a_password_link_lasts_an_hour(world: World) -> None:
    user = User.objects.get(email=ALINA)
    generator = account_settings.PASSWORD_RESET_TOKEN_GENERATOR()
    now = generator._num_seconds(generator._now())
    for age, valid in ((3590, True), (3610, False)):
        token = generator._make_token_with_timestamp(user, now - age, generator.secret)
        assert generator.check_token(user, token) is valid


@pytest.mark.shows("I2.sign-in")
def test_profile_saves_looks_name_and_language(world: World) -> None:
    client = sign_in(ALINA)
    answer = client.post("/profile/", {"looks": "1", "language": "ru", "theme": "dark"})
    assert answer.cookies["konveyer_theme"].value == "dark"
    user = User.objects.get(email=ALINA)
    assert (user.language, user.theme, user.single_keys) == ("ru", "dark", False)
    client.post("/profile/", {"me": "1", "name": "Алина Сафина", "timezone": "Asia/Omsk"})
    member = Member.objects.get(user=user)
    assert (member.name, member.name_key, member.timezone) == ("Алина Сафина", "алина сафина", "Asia/Omsk")
    assert client.get("/profile/")["Content-Language"] == "ru"
    assert client.post("/profile/language/", {"language": "xx"}).status_code == 422
    assert client.post("/profile/", {"me": "1", "name": "", "timezone": ""}).status_code == 422
    hostile = client.post("/profile/language/", {"language": "en", "next": "//evil.example/"})
    assert hostile["Location"] == "/"


@pytest.mark.shows("I2.sign-in")
def test_a_member_who_left_meets_a_closed_door(world: World) -> None:
    client = sign_in(ALINA)
    Member.objects.filter(pk=world.people["Alina"].pk).update(active=False)
    assert client.get("/profile/").status_code == 403

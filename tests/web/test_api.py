"""The API: who gets in, problems, one effect per key, cursors, description."""

from typing import Any

import pytest
from django.test import Client

from konveyer.domain.staff.operations import tokens
from konveyer.domain.workspace.models import Role
from konveyer.kit import clock
from tests.web.api import Program
from tests.world import PASSWORD, World

pytestmark = pytest.mark.django_db


@pytest.mark.shows("I2.api")
def test_a_token_opens_and_says_who_it_is(world: World) -> None:
    alina = Program(world.people["Alina"], "api.use", "base.read")
    found = alina.get("me")
    assert found.status_code == 200
    body = found.json()
    assert body["member"] == {"id": str(world.people["Alina"].pk), "name": "Alina"}
    assert (body["rights"], body["view"]) == (["api.use", "base.read"], "own")
    assert body["seen_members"] == [str(world.people["Alina"].pk)]


@pytest.mark.shows("I2.api")
@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer kvr_guess", "Basic YTpi", "Token x", "Bearer kvr_\x00"]
)
def test_without_a_valid_token_nothing_opens(world: World, header: str) -> None:
    client = Client(headers={"authorization": header} if header else {})
    answer = client.get("/api/v1/me")
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer.json()["code"] == "sign_in"


@pytest.mark.shows("I2.api")
def test_a_bad_token_is_not_mended_by_a_session(world: World) -> None:
    client = Client()
    client.post("/sign-in/login/", {"login": "alina@north.example", "password": PASSWORD})
    assert client.get("/api/v1/me").status_code == 200
    assert client.get("/api/v1/me", headers={"authorization": "Bearer kvr_guess"}).status_code == 401


@pytest.mark.shows("I2.api")
def test_a_revoked_token_is_out_at_once(world: World) -> None:
    alina = Program(world.people["Alina"])
    tokens.revoke_token(actor=world.actor("Alina"), at=clock.now(), token_id=alina.token.pk)
    assert alina.get("me").status_code == 401


@pytest.mark.shows("I2.api")
def test_a_session_needs_the_csrf_token_to_write(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    page = client.get("/sign-in/login/")
    token = page.cookies["csrftoken"].value
    client.post(
        "/sign-in/login/",
        {"login": "igor@north.example", "password": PASSWORD, "csrfmiddlewaretoken": token},
    )
    token = client.cookies["csrftoken"].value
    body = {"name": "Night shift", "rights": [], "view": "own"}
    refused = client.post("/api/v1/roles", body, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "csrf")
    done = client.post("/api/v1/roles", body, content_type="application/json", headers={"x-csrftoken": token})
    assert done.status_code == 201, done.content


@pytest.mark.shows("I2.api")
def test_problems_speak_the_readers_language(world: World) -> None:
    body = {"name": "X", "rights": ["fly"], "view": "own"}
    english = Program(world.owner, language="en").post("roles", body)
    russian = Program(world.owner, language="ru").post("roles", body)
    assert english.status_code == russian.status_code == 422
    assert english.json()["code"] == russian.json()["code"] == "right_unknown"
    assert english.json()["detail"] == "There is no such right: fly."
    assert russian.json()["detail"] == "Нет такого права: fly."


@pytest.mark.shows("I2.api")
@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("get", "nothing/here", None, 404, "not_found"),
        ("get", "/api/v2/me", None, 404, "not_found"),
        ("patch", "me", None, 405, "method"),
        ("post", "roles", "{not json", 400, "bad_request"),
        ("post", "roles", "[1, 2]", 422, "invalid"),
        ("post", "roles", "{}", 422, "invalid"),
        ("post", "roles", '{"name": "x", "rights": [], "colour": 1}', 422, "invalid"),
        ("post", "roles", '{"name": "a\\u0000b", "rights": []}', 422, "control_characters"),
        ("post", "roles", '{"name": "\\ud800", "rights": []}', 422, "control_characters"),
        ("post", "roles", '{"name": NaN, "rights": []}', 400, "bad_request"),
        ("post", "roles", "[" * 50 + "]" * 50, 422, "too_deep"),
        (
            "put",
            "roles/00000000-0000-0000-0000-000000000000",
            '{"name": "x", "rights": []}',
            404,
            "not_found",
        ),
        ("put", "roles/not-a-key", '{"name": "x", "rights": []}', 404, "not_found"),
    ],
)
def test_every_refusal_is_a_problem(
    world: World, method: str, path: str, body: Any, status: int, code: str
) -> None:
    answer = Program(world.owner).call(method, path, body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == status


@pytest.mark.shows("I2.api")
def test_oversized_bodies_are_refused(world: World, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    owner = Program(world.owner)
    big = {"name": "x" * 2000, "rights": []}
    for key in (None, "k"):
        answer = owner.post("roles", big, key)
        assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


@pytest.mark.shows("F12")
def test_a_key_gives_one_effect_and_one_answer(world: World) -> None:
    owner = Program(world.owner)
    body = {"name": "Night shift", "rights": ["base.read"], "view": "own"}
    first = owner.post("roles", body, "key-1")
    again = owner.post("roles", body, "key-1")
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert again["Idempotent-Replay"] == "true"
    assert Role.objects.filter(name="Night shift").count() == 1
    other = owner.post("roles", body | {"name": "Day shift"}, "key-1")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    elsewhere = owner.post("teams", {"name": "Night shift"}, "key-1")
    assert elsewhere.status_code == 422
    assert owner.post("roles", body, "bad key").status_code == 400
    assert Program(world.people["Anna"]).post("teams", {"name": "Hers"}, "key-1").status_code == 201


@pytest.mark.shows("F12")
def test_a_refused_request_leaves_its_key_free(world: World) -> None:
    owner = Program(world.owner)
    assert owner.post("roles", {"name": "X", "rights": ["fly"]}, "key-2").status_code == 422
    done = owner.post("roles", {"name": "X", "rights": []}, "key-2")
    assert done.status_code == 201


@pytest.mark.shows("I2.api")
def test_members_are_managed_over_the_api(world: World) -> None:
    anna = Program(world.people["Anna"])
    closer = Role.objects.get(code="closer")
    made = anna.post(
        "invitations", {"email": "nadia@x.example", "name": "Nadia", "role_ids": [str(closer.pk)]}
    )
    assert made.status_code == 201
    assert len(made.json()["secret"]) == 43
    assert [row["email"] for row in anna.get("invitations").json()] == ["nadia@x.example"]
    assert "secret" not in anna.get("invitations").json()[0]
    assert anna.delete(f"invitations/{made.json()['id']}").status_code == 204
    assert anna.get("invitations").json() == []
    pavel = world.people["Pavel"]
    changed = anna.put(f"members/{pavel.pk}", {"name": "Павел", "timezone": "Asia/Omsk"})
    assert (changed.json()["name"], changed.json()["timezone"], changed.json()["team"]) == (
        "Павел",
        "Asia/Omsk",
        None,
    )
    gone = anna.post(f"members/{pavel.pk}/deactivate", {})
    assert (gone.status_code, gone.json()["active"]) == (200, False)
    assert Program(world.people["Alina"]).get(f"members/{pavel.pk}").json()["email"] is None
    refused = anna.put(f"members/{world.owner.pk}", {"name": "Me"})
    assert (refused.status_code, refused.json()["code"]) == (403, "above_you")


@pytest.mark.shows("I2.api")
def test_the_description_is_openapi_and_names_everything(world: World) -> None:
    schema = Client().get("/api/v1/openapi.json").json()
    assert schema["openapi"].startswith("3.1")
    operations = [
        (path, method, operation)
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]
    ids = [operation["operationId"] for _path, _method, operation in operations]
    assert len(ids) == len(set(ids))
    for path, method, operation in operations:
        assert operation["summary"], (path, method)
        assert operation["description"], (path, method)
        assert "application/problem+json" in operation["responses"]["default"]["content"]
        named = [parameter["name"] for parameter in operation["parameters"]]
        assert ("Idempotency-Key" in named) is (method == "post"), (path, method)


@pytest.mark.shows("I2.api")
def test_the_description_is_a_page_without_foreign_parts(world: World) -> None:
    page = Client(headers={"accept-language": "en"}).get("/api/v1/docs/")
    text = page.content.decode()
    assert page.status_code == 200
    assert "/api/v1/leads/{lead_id}/move" in text
    assert "gate_closed" in text
    assert "//cdn" not in text
    assert "<script" not in text.replace('<script src="/static/dist/app.js" defer>', "")

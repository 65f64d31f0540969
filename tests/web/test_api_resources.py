"""The resources of the API do what the screens do: the same gates, views, versions and journal."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from konveyer.domain.hooks.models import Delivery
from konveyer.domain.journal.models import Entry
from konveyer.domain.leads.models import Lead
from tests.web.api import Program
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def alina(world: World) -> Program:
    return Program(world.people["Alina"])


@pytest.fixture
def anna(world: World) -> Program:
    return Program(world.people["Anna"])


def way(program: Program, code: str = "new_clients") -> dict[str, Any]:
    found: dict[str, Any] = next(row for row in program.get("conveyors").json() if row["code"] == code)
    return found


def opened(program: Program, **more: Any) -> dict[str, Any]:
    made = program.post("leads", {"conveyor_id": way(program)["id"], "title": "Камский крепёж"} | more)
    assert made.status_code == 201, made.content
    found: dict[str, Any] = made.json()
    return found


def answers(lead: dict[str, Any]) -> dict[str, str]:
    """Facts that satisfy the present gate."""
    found = {}
    for condition in lead["gate"]:
        if condition["missing"]:
            usual = {
                "yes": "yes",
                "number": "1000",
                "date": "2026-11-01",
                "choice": (condition["choices"] or ["x"])[0],
            }
            found[condition["fact"]] = usual.get(condition["ask"], "known")
    return found


@pytest.mark.shows("I2.api", "I2.gates", "S24")
def test_a_lead_goes_through_the_gates_and_the_api_obeys_them(world: World, anna: Program) -> None:
    lead = opened(anna, owner_id=str(world.people["Alina"].pk))
    stages = way(anna)["stages"]
    assert lead["stage"]["key"] == stages[0]["key"]
    assert lead["owner"]["name"] == "Alina"
    alina = Program(world.people["Alina"])
    closed = alina.post(
        f"leads/{lead['id']}/move", {"to_stage_id": stages[1]["id"], "version": lead["version"]}
    )
    missing = [condition["fact"] for condition in lead["gate"] if condition["missing"]]
    if missing:
        assert (closed.status_code, closed.json()["code"]) == (409, "gate_closed")
        assert [one["fact"] for one in closed.json()["details"]["missing"]] == missing
        moved = alina.post(
            f"leads/{lead['id']}/move",
            {"to_stage_id": stages[1]["id"], "version": lead["version"], "facts": answers(lead)},
        )
    else:
        moved = closed
    assert moved.status_code == 200, moved.content
    assert moved.json()["stage"]["key"] == stages[1]["key"]
    stale = alina.post(
        f"leads/{lead['id']}/move", {"to_stage_id": stages[0]["id"], "version": lead["version"]}
    )
    assert (stale.status_code, stale.json()["code"]) == (409, "lead_changed")
    lines = alina.get(f"leads/{lead['id']}/journal").json()
    assert {line["action"] for line in lines} >= {"created", "moved"}
    assert {line["by"] for line in lines} == {"api"}


@pytest.mark.shows("I2.bad-input")
def test_a_fact_has_a_name_that_can_be_said(anna: Program) -> None:
    lead = opened(anna)
    for name in ("budget", "need.size", "бюджет на 2027", "a" * 60):
        answer = anna.put(f"leads/{lead['id']}/facts/{name}", {"value": "12"})
        assert (
            answer.status_code,
            [one["value"] for one in answer.json()["facts"] if one["kind"] == name],
        ) == (200, ["12"])
    for name in ("%20", "a%0Ab", "a%7Fb", "%E2%80%AEa", "a" * 61):
        answer = anna.put(f"leads/{lead['id']}/facts/{name}", {"value": "12"})
        assert (answer.status_code, answer.json()["code"]) == (422, "fact_kind"), name


@pytest.mark.shows("I2.api")
def test_views_hold_over_the_api(world: World, anna: Program, alina: Program) -> None:
    lead = opened(anna, owner_id=str(world.people["Pavel"].pk))
    for path in ("", "/touches", "/tasks", "/handoffs", "/journal"):
        assert alina.get(f"leads/{lead['id']}{path}").status_code == 404, path
    for action, body in (
        ("move", {"to_stage_id": None}), ("take", {}), ("wake", {}), ("hold", {"wake_on": "2199-01-01"}),
        ("assign", {"member_id": None}), ("temperature", {"temperature": "hot"}), ("reopen", {"reason": "x"}),
        ("tasks", {"kind": "call", "title": "x", "due_at": "2027-01-01T10:00:00Z"}),
    ):  # fmt: skip
        assert alina.post(f"leads/{lead['id']}/{action}", body).status_code == 404, action
    assert alina.patch(f"leads/{lead['id']}", {"version": 1, "title": "x"}).status_code == 404
    assert alina.put(f"leads/{lead['id']}/facts/need", {"value": "x"}).status_code == 404
    assert (
        alina.post("touches", {"channel": "call", "outcome": "talked", "lead_id": lead["id"]}).status_code
        == 404
    )
    assert alina.post("notes", {"on": "lead", "record_id": lead["id"], "body": "x"}).status_code == 404


@pytest.mark.shows("I2.api")
def test_a_lead_is_changed_given_put_to_rest_refused_and_opened_again(world: World, anna: Program) -> None:
    lead = opened(anna)
    url = f"leads/{lead['id']}"
    assert lead["queue"] is not None
    changed = anna.patch(
        url, {"version": lead["version"], "title": "Кама", "expected_amount": "59500.00", "level": "vip"}
    )
    assert (changed.json()["title"], changed.json()["expected_amount"], changed.json()["level"]) == (
        "Кама",
        "59500.00",
        "vip",
    )
    assert anna.patch(url, {"version": lead["version"], "title": "Other"}).status_code == 409
    assert (
        anna.patch(url, {"version": changed.json()["version"], "expected_amount": None}).json()[
            "expected_amount"
        ]
        is None
    )
    given = anna.post(f"{url}/assign", {"member_id": str(world.people["Alina"].pk), "reason": "ее зона"})
    assert (given.json()["owner"]["name"], given.json()["queue"]) == ("Alina", None)
    assert given.json()["next_task"]["member"]["name"] == "Alina"
    rested = anna.post(f"{url}/hold", {"wake_on": "2199-01-01", "note": "later"})
    assert (rested.json()["state"], rested.json()["wake_on"]) == ("on_hold", "2199-01-01")
    assert anna.post(f"{url}/hold", {"wake_on": "2001-01-01"}).status_code == 409
    assert anna.post(f"{url}/wake", {}).json()["state"] == "open"
    assert anna.post(f"{url}/temperature", {"temperature": "hot"}).json()["temperature"] == "hot"
    route = next(row for row in way(anna)["refusals"] if row["destination"] in {"lost", "disqualified"})
    lost = anna.post(f"{url}/refuse", {"refusal_id": route["id"], "note": "дорого"})
    assert (lost.json()["state"], lost.json()["refusal"]) == ("lost", route["code"])
    assert anna.post(f"{url}/reopen", {"reason": "позвонили сами"}).json()["state"] == "open"


@pytest.mark.shows("I2.api", "I2.handoff")
def test_a_handoff_is_accepted_and_given_back(world: World, anna: Program, alina: Program) -> None:
    marina = Program(world.people["Marina"])
    stages = way(anna)["stages"]
    meeting = next(stage for stage in stages if stage["role"]["name"] == "Closer")

    def handed() -> tuple[str, str]:
        lead = opened(anna, owner_id=str(world.people["Alina"].pk), title="Кама")
        moved = anna.post(
            f"leads/{lead['id']}/move",
            {
                "to_stage_id": meeting["id"], "override_reason": "проверка", "introduction": "Знакомьтесь",
                "to_member_id": str(world.people["Marina"].pk),
            },
        )  # fmt: skip
        assert moved.status_code == 200, moved.content
        return lead["id"], moved.json()["handoff_id"]

    lead_id, handoff_id = handed()
    listed = marina.get(f"leads/{lead_id}/handoffs").json()[0]
    assert (listed["state"], listed["giver"]["name"], listed["to"]["name"]) == ("sent", "Alina", "Marina")
    assert Program(world.people["Timur"]).post(f"handoffs/{handoff_id}/accept", {}).status_code == 404
    taken = marina.post(f"handoffs/{handoff_id}/accept", {})
    assert taken.json()["closer"]["name"] == "Marina"
    assert marina.post(f"handoffs/{handoff_id}/accept", {}).status_code == 409
    lead_id, handoff_id = handed()
    back = marina.post(f"handoffs/{handoff_id}/return", {"reason": "facts_missing", "note": "нет бюджета"})
    assert (back.json()["state"], back.json()["return_reason"]) == ("returned", "facts_missing")
    assert marina.post(f"handoffs/{handoff_id}/return", {"reason": "no reason"}).status_code == 422
    assert alina.get(f"leads/{lead_id}").json()["owner"]["name"] == "Alina"


@pytest.mark.shows("I2.api", "R6")
def test_touches_and_tasks(world: World, anna: Program, alina: Program) -> None:
    lead = opened(anna, owner_id=str(world.people["Alina"].pk))
    made = alina.post(
        "touches", {"channel": "call", "outcome": "interest", "lead_id": lead["id"], "seconds": 90}
    )
    assert (made.status_code, made.json()["counted"]) == (201, True)
    alina.post("touches", {"channel": "call", "outcome": "no_answer", "lead_id": lead["id"]})
    numbers = [touch["number"] for touch in alina.get(f"leads/{lead['id']}/touches").json()]
    assert numbers == [None, 1]
    wrong = alina.post("touches", {"channel": "letter", "outcome": "busy", "lead_id": lead["id"]})
    assert wrong.status_code == 422
    planned = alina.post(
        f"leads/{lead['id']}/tasks",
        {"kind": "call", "title": "Перезвонить", "due_at": "2199-01-01T10:00:00+03:00"},
    )
    assert planned.status_code == 201
    task = planned.json()
    assert [row["id"] for row in alina.get(f"leads/{lead['id']}/tasks").json()] == [task["id"]]
    moved = alina.post(f"tasks/{task['id']}/reschedule", {"due_at": "2199-02-01T10:00:00Z", "promised": True})
    assert (moved.json()["due_at"], moved.json()["promised"]) == ("2199-02-01T10:00:00Z", True)
    done = alina.post(f"tasks/{task['id']}/done", {"outcome": "talked"})
    assert done.status_code == 200
    assert done.json()["next_task"]["id"] != task["id"], "an open lead always has a next step"
    assert alina.post(f"tasks/{task['id']}/done", {}).status_code == 422


@pytest.mark.shows("I2.api", "I2.deals", "S31")
def test_deals_and_money(world: World, anna: Program, alina: Program) -> None:
    product = anna.post("products", {"name": "Курс", "price": "59500.00", "currency": "RUB"}).json()
    lead = opened(anna, product_id=product["id"])
    deal = anna.post("deals", {"lead_id": lead["id"]}).json()
    assert (deal["amount"], deal["product"]["name"], deal["status"]) == ("59500.00", "Курс", "open")
    assert anna.post("deals", {"lead_id": lead["id"]}).status_code == 409
    url = f"deals/{deal['id']}"
    paid = anna.post(f"{url}/payments", {"amount": "10000.00", "received_on": "2026-11-01"})
    assert paid.status_code == 201, paid.content
    assert anna.post(f"{url}/payments", {"amount": "-1", "received_on": "2026-11-01"}).status_code == 422
    assert anna.post(f"{url}/payments", {"amount": "1.001", "received_on": "2026-11-01"}).status_code == 422
    assert (
        anna.post(
            f"{url}/refunds", {"amount": "2500.00", "received_on": "2026-11-02", "note": "часть"}
        ).status_code
        == 201
    )
    too_much = anna.post(f"{url}/refunds", {"amount": "7500.01", "received_on": "2026-11-02", "note": "ещё"})
    assert too_much.json()["code"] == "refund_too_large"
    assert anna.get(url).json()["received"] == "7500.00"
    assert [row["kind"] for row in anna.get(f"{url}/payments").json()] == ["refund", "received"]
    vera = Program(world.people["Vera"])
    assert vera.post(f"{url}/payments", {"amount": "1.00", "received_on": "2026-11-03"}).status_code == 201
    assert alina.get(url).json()["received"] is None, "a telemarketer sees deals, not money"
    assert alina.post(f"{url}/payments", {"amount": "1.00", "received_on": "2026-11-03"}).status_code == 403
    changed = anna.patch(url, {"version": anna.get(url).json()["version"], "amount": "60000.00"})
    assert changed.json()["amount"] == "60000.00"
    assert anna.patch(url, {"version": 1, "amount": "1.00"}).status_code == 409
    page = anna.get("deals", status="open", limit=1)
    assert [row["id"] for row in page.json()["items"]] == [deal["id"]]


@pytest.mark.shows("I2.api")
def test_lists_are_paged_by_sealed_cursors(world: World, anna: Program) -> None:
    ids = [
        anna.post("deals", {"lead_id": opened(anna, title=f"L{number}")["id"]}).json()["id"]
        for number in range(5)
    ]
    found, after = [], None
    while True:
        page = anna.get("deals", limit=2, **({"after": after} if after else {})).json()
        found += [row["id"] for row in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert sorted(found) == sorted(ids)
    assert len(found) == 5
    cursor = anna.get("deals", limit=2).json()["next"]
    for wrong in (cursor[:-1], cursor + "x", "x", cursor.replace(":", "")):
        answer = anna.get("deals", after=wrong)
        assert (answer.status_code, answer.json()["code"]) == (422, "cursor")
    assert anna.get("journal", after=cursor).status_code == 422, "a cursor fits its own list only"
    for limit in (0, 201, "x"):
        assert anna.get("deals", limit=limit).status_code == 422


@pytest.mark.shows("I2.api")
def test_notes_and_files(world: World, anna: Program, alina: Program) -> None:
    lead = opened(anna)
    note = anna.post("notes", {"on": "lead", "record_id": lead["id"], "body": "Важно"}).json()
    assert anna.get("notes", on="lead", record_id=lead["id"]).json()[0]["body"] == "Важно"
    changed = anna.put(f"notes/{note['id']}", {"body": "Важнее", "version": note["version"]})
    assert changed.json()["body"] == "Важнее"
    assert anna.put(f"notes/{note['id']}", {"body": "Нет", "version": note["version"]}).status_code == 409
    assert alina.put(f"notes/{note['id']}", {"body": "Чужое", "version": 2}).status_code == 403
    file = SimpleUploadedFile("смета.pdf", b"%PDF-1.4 not much of it", content_type="text/html")
    url = f"/api/v1/files?on=lead&record_id={lead['id']}"
    kept = anna.client.post(url, {"file": file}, headers={"idempotency-key": "f1"})
    assert (kept.status_code, kept.json()["content_type"]) == (201, "application/pdf")
    again = anna.client.post(
        url,
        {"file": SimpleUploadedFile("смета.pdf", b"%PDF-1.4 not much of it")},
        headers={"idempotency-key": "f1"},
    )
    assert again.json() == kept.json(), "the same form under another boundary is the same request"
    other = anna.client.post(
        url,
        {"file": SimpleUploadedFile("смета.pdf", b"%PDF-1.4 something else")},
        headers={"idempotency-key": "f1"},
    )
    assert other.status_code == 422
    content = anna.get(f"files/{kept.json()['id']}/content")
    assert content["Content-Disposition"].startswith("attachment")
    assert b"".join(content.streaming_content) == b"%PDF-1.4 not much of it"
    assert anna.delete(f"files/{kept.json()['id']}").status_code == 204
    assert anna.get("files", on="lead", record_id=lead["id"]).json() == []
    assert anna.delete(f"notes/{note['id']}").status_code == 204


@pytest.mark.shows("I2.api", "I2.funnel")
def test_figures_follow_rights_and_views(world: World, anna: Program, alina: Program) -> None:
    opened(anna, origin="fair", owner_id=str(world.people["Pavel"].pk))
    opened(anna, origin="fair", owner_id=str(world.people["Alina"].pk), title="Мой")
    rows = {row["key"]: row["leads"] for row in anna.get("funnel", by="origin").json()}
    assert rows == {"fair": 2}
    assert [row["leads"] for row in alina.get("funnel", by="origin").json()] == [1]
    assert anna.get("funnel", by="colour").status_code == 422
    assert anna.get("funnel", by="origin", **{"from": "2026-12-01", "to": "2026-01-01"}).status_code == 422
    assert Program(world.people["Vera"]).get("funnel", by="origin").status_code == 403


@pytest.mark.shows("I2.webhooks")
def test_webhooks_over_the_api(world: World, anna: Program) -> None:
    igor = Program(world.owner)
    made = igor.post("webhooks", {"name": "Sheet", "url": "https://x.example/", "events": ["lead.opened"]})
    assert made.json()["secret"].startswith("whsec_")
    hook = made.json()["id"]
    assert "secret" not in igor.get("webhooks").json()[0]
    lead = opened(anna)
    rows = igor.get(f"webhooks/{hook}/deliveries").json()["items"]
    assert rows[0]["payload"]["data"] == {"lead_id": lead["id"], "by": str(world.people["Anna"].pk)}
    assert "Кам" not in json.dumps(rows, ensure_ascii=False), "no personal values travel"
    Delivery.objects.update(state="given_up", next_at=None, settled_at=rows[0]["created_at"])
    assert igor.post(f"deliveries/{rows[0]['id']}/resend").json()["state"] == "waiting"
    assert igor.post(f"webhooks/{hook}/secret").json()["secret"] != made.json()["secret"]
    assert igor.post(f"webhooks/{hook}/test").status_code == 204
    put = igor.put(
        f"webhooks/{hook}",
        {"name": "S", "url": "https://y.example/", "events": ["deal.won"], "active": False},
    )
    assert put.json() == {
        "id": hook,
        "name": "S",
        "url": "https://y.example/",
        "events": ["deal.won"],
        "active": False,
    }
    assert igor.delete(f"webhooks/{hook}").status_code == 204
    assert anna.get("webhooks").status_code == 403


@pytest.mark.shows("I2.settings")
def test_settings_over_the_api(world: World) -> None:
    igor = Program(world.owner)
    document = igor.get("settings").json()
    document["teams"].append("Ночная")
    seen = [row for row in igor.post("settings/preview", document).json() if row["what"] != "same"]
    assert [(row["kind"], row["name"], row["what"]) for row in seen] == [("team", "Ночная", "new")]
    assert "Ночная" not in [team["name"] for team in igor.get("teams").json()]
    assert igor.post("settings", document).status_code == 200
    assert "Ночная" in [team["name"] for team in igor.get("teams").json()]
    assert igor.post("settings", {"format": "else"}).status_code == 422
    assert Program(world.people["Anna"]).get("settings").status_code == 403


@pytest.mark.shows("I2.journal")
def test_the_journal_over_the_api(world: World, anna: Program, alina: Program) -> None:
    lead = opened(anna)
    found, after = [], None
    while True:
        page = anna.get("journal", limit=7, **({"after": after} if after else {})).json()
        found += page["items"]
        after = page["next"]
        if after is None:
            break
    assert len(found) == Entry.objects.count()
    assert [row["at"] for row in found] == sorted((row["at"] for row in found), reverse=True)
    assert [row["action"] for row in found if row["record_id"] == lead["id"]] == ["created"]
    hers = anna.get("journal", member_id=str(world.people["Alina"].pk)).json()["items"]
    assert [(row["record"], row["action"]) for row in hers] == [("access_token", "created")]
    assert alina.get("journal").status_code == 403
    assert Lead.objects.filter(pk=lead["id"]).exists()


@pytest.mark.shows("I2.api", "I2.base")
def test_companies_and_people(world: World, alina: Program, anna: Program) -> None:
    made = alina.post(
        "companies",
        {
            "name": "ООО «Камский крепёж»",
            "city": "Пермь",
            "points": [{"kind": "phone", "text": "8 (342) 200-41-17 доб. 5"}],
        },
    )
    assert made.status_code == 201, made.content
    company = made.json()
    assert [(point["value"], point["extension"]) for point in company["points"]] == [("+73422004117", "5")]
    person = alina.post(
        "contacts",
        {
            "last_name": "Ёлкин", "first_name": "Пётр", "company_id": company["id"], "title": "директор",
            "buying_role": "director", "points": [{"kind": "email", "text": "PETR@kama.example"}],
        },
    ).json()  # fmt: skip
    assert person["works"][0]["company"]["name"] == company["name"]
    assert person["points"][0]["value"] == "petr@kama.example"
    assert [row["id"] for row in alina.get("contacts", q="елкин").json()["items"]] == [person["id"]]
    assert [row["id"] for row in alina.get("contacts", role="director").json()["items"]] == [person["id"]]
    assert [row["id"] for row in alina.get("companies", leads="none").json()["items"]] == [company["id"]]
    body = {"name": company["name"], "city": "Кунгур", "version": company["version"]}
    assert alina.put(f"companies/{company['id']}", body).json()["city"] == "Кунгур"
    stale = alina.put(f"companies/{company['id']}", body | {"city": "Оса"})
    assert stale.status_code == 409
    changed = alina.put(
        f"contacts/{person['id']}",
        {"last_name": "Ёлкин", "first_name": "Пётр", "city": "Оса", "version": person["version"]},
    )
    assert changed.json()["city"] == "Оса"
    more = alina.post(
        f"contacts/{person['id']}/points", {"points": [{"kind": "telegram", "text": "@petr_yolkin"}]}
    )
    assert more.status_code == 201, more.content
    use = next(point for point in more.json()["points"] if point["kind"] == "telegram")
    assert alina.delete(f"points/{use['id']}").status_code == 204
    work = alina.get(f"companies/{company['id']}").json()["works"][0]
    ended = alina.post(f"works/{work['id']}/end", {"ended_on": "2026-11-01"})
    assert ended.json()["ended_on"] == "2026-11-01"
    again = alina.post(
        "works", {"contact_id": person["id"], "company_id": company["id"], "title": "советник"}
    )
    assert again.status_code == 201
    found = alina.get("search", q="камский").json()
    assert [row["id"] for row in found["companies"]] == [company["id"]]
    assert alina.post("companies", {"name": " "}).status_code == 422
    assert Program(world.people["Vera"]).post("companies", {"name": "X"}).status_code == 403
    hidden = Program(world.people["Alina"], "api.use")
    assert hidden.get("companies").status_code == 403, "outside the token's scopes"
    assert hidden.get("search", q="камский").json() == {"leads": [], "companies": [], "contacts": []}


@pytest.mark.shows("I2.api")
def test_the_list_of_leads_follows_filters_sorts_and_views(
    world: World, anna: Program, alina: Program
) -> None:
    for number, name in enumerate(("Alina", "Pavel", "Alina")):
        opened(anna, owner_id=str(world.people[name].pk), title=f"L{number}", origin="fair")
    assert {row["title"] for row in alina.get("leads").json()["items"]} == {"L0", "L2"}
    assert len(anna.get("leads", origin="fair", sort="name").json()["items"]) == 3
    pages = [anna.get("leads", sort="name", limit=2).json()]
    pages.append(anna.get("leads", sort="name", limit=2, after=pages[0]["next"]).json())
    assert [row["title"] for page in pages for row in page["items"]] == ["L0", "L1", "L2"]
    assert anna.get("leads", sort="-name", after=pages[0]["next"]).status_code == 422
    assert anna.get("leads", owner=str(world.people["Pavel"].pk)).json()["items"][0]["title"] == "L1"
    for wrong in (
        {"state": "eaten"},
        {"sort": "price"},
        {"waits": "long"},
        {"from": "yesterday"},
        {"limit": 1000},
    ):
        assert anna.get("leads", **wrong).status_code == 422
    assert Program(world.people["Vera"]).get("leads").status_code == 403
    assert anna.get("imports").json() == []
    assert alina.get("imports").status_code == 403


HOSTILE = [
    "'; drop table lead; --", "' or 1=1 --", '"', "\\", "%", "_", "{}", "{{7*7}}", "${jndi:ldap://x}", "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0", "..\\..\\etc", "\u202e", "ё" * 150, "\ufffe", "🐘", "0x", "1e999", "-1", "null", "true", "[]",
]  # fmt: skip


@pytest.mark.shows("F26", "I2.bad-input")
def test_hostile_strings_in_every_filter_and_sort(world: World, anna: Program) -> None:
    schema = anna.client.get("/api/v1/openapi.json").json()
    asked = 0
    for path, methods in schema["paths"].items():
        if "get" not in methods or "{" in path:
            continue
        for name in [one["name"] for one in methods["get"]["parameters"] if one["in"] == "query"]:
            for text in HOSTILE:
                answer = anna.call("get", path, **{name: text})
                assert answer.status_code in {200, 403, 422}, (path, name, text, answer.content[:300])
                asked += 1
    assert asked > 40 * len(HOSTILE)
